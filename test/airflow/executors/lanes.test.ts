/** The whole engine with each executor: the same scenario, only the executor changes. */
import { describe, expect, test } from 'vitest';
import { seconds } from '../../../src/base/time.ts';
import { createEngine, type Engine } from '../../../src/airflow/engine.ts';
import { PLANT_RECORD } from '../../../src/airflow/executors/records.ts';
import { plantNotices, plantProblems } from '../../../src/airflow/executors/plantCheck.ts';
import type { ExecutorName, Scenario } from '../../../src/airflow/scenario.ts';
import type { AirflowVersion, TaskSpec } from '../../../src/airflow/spec.ts';
import { taskInstance } from '../../../src/machines/index.ts';
import { scenarioOf, task } from './plantBench.ts';

const LANES = [
  ['sequential', '2.11.2'],
  ['local', '2.11.2'],
  ['local', '3.3.2'],
  ['celery', '2.11.2'],
  ['celery', '3.3.2'],
  ['kubernetes', '2.11.2'],
  ['kubernetes', '3.3.2'],
] as const;

function chain(...ids: string[]): (spec: TaskSpec) => TaskSpec {
  return (spec) => {
    const at = ids.indexOf(spec.task_id);
    if (at < 0) return spec;
    const next = ids[at + 1];
    const before = ids[at - 1];
    return {
      ...spec,
      upstream_task_ids: before === undefined ? spec.upstream_task_ids : [before],
      downstream_task_ids: next === undefined ? spec.downstream_task_ids : [next],
    };
  };
}

/** begin -> eight parts -> end, with random durations and failures, two tries each. */
function fan(): TaskSpec[] {
  const parts = Array.from({ length: 8 }, (_, i) => `part_${i}`);
  const begin = task('begin', 1, { downstream_task_ids: parts });
  const end = task('end', 1, { upstream_task_ids: parts, trigger_rule: 'all_done' });
  const middle = parts.map((id) =>
    task(id, 0, {
      upstream_task_ids: ['begin'],
      downstream_task_ids: ['end'],
      retries: 1,
      retry_delay_s: 5,
    }),
  );
  return [begin, ...middle, end];
}

function scenario(executor: ExecutorName, airflow: AirflowVersion, tasks = fan()): Scenario {
  const base = scenarioOf({
    executor,
    airflow,
    tasks,
    behaviour: {
      by_kind: {},
      rules: tasks
        .filter(({ task_id }) => task_id.startsWith('part_'))
        .map(({ task_id }) => ({
          task_id,
          duration: { kind: 'lognormal', median_s: 6, sigma: 0.5 },
          failure_chance: 0.3,
        })),
    },
    fleet: { workers: [{ name: 'w', count: 2, concurrency: 2, queues: null }] },
  });
  return { ...base, actions: [{ at_s: 3, action: 'trigger', dag_id: 'bench' }], seed: 5 };
}

function run(input: Scenario): Engine {
  const made = createEngine(input);
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  made.value.simulation.run({ until: seconds(input.until_s), stop: () => made.value.done() });
  return made.value;
}

function ends({ ctx }: Engine): string[] {
  const { taskInstances: tis } = ctx.world;
  return Array.from({ length: tis.rows }, (_, ti) => {
    const id = ctx.plan.taskIds[tis.task[ti]!]!;
    return `${id} try ${tis.try_number[ti]}: ${taskInstance.states[tis.state[ti]!]}`;
  }).sort();
}

describe('one scenario in every lane', () => {
  test('executor and version change -> the same ends, the same tries', () => {
    const all = LANES.map(([executor, airflow]) => ends(run(scenario(executor, airflow))));
    for (const lane of all) expect(lane).toEqual(all[0]);
    expect(all[0]!.join()).toContain('failed');
    expect(all[0]!.join()).toContain('try 2: success');
  });

  test.each(LANES)(
    '%s %s: every slot that is taken is given back, one at a time',
    (executor, v) => {
      const { simulation, plant } = run(scenario(executor, v));
      const holder = new Map<number, number>();
      const lineOf = new Map<number, number>();
      for (let seq = 0; seq < simulation.log.length; seq++) {
        const { what, entity, details } = simulation.log.record(seq);
        if (what === PLANT_RECORD.slotTaken) {
          const line = details[0]![1];
          expect(holder.get(line)).toBeUndefined();
          holder.set(line, entity);
          lineOf.set(entity, line);
          expect(line).toBeLessThan(plant.lines);
        } else if (what === PLANT_RECORD.slotFreed) holder.delete(lineOf.get(entity)!);
      }
      expect(holder.size).toBe(0);
      expect(plant.idle).toBe(true);
    },
  );

  test.each(LANES)('%s %s: the same scenario twice -> the same hash', (executor, version) => {
    const hashes = [1, 2].map(() => run(scenario(executor, version)).simulation.hash());
    expect(hashes[0]).toBe(hashes[1]);
  });

  test.each(LANES)(
    '%s %s: saved and loaded in the middle -> the same hash',
    (executor, version) => {
      const straight = run(scenario(executor, version));
      const made = createEngine(scenario(executor, version));
      if (!made.ok) throw new Error('no engine');
      const { simulation } = made.value;
      simulation.run({ events: 60 });
      const saved = structuredClone(simulation.save());
      const log = simulation.log.fork();
      simulation.run({ events: 30 });
      simulation.load(saved, log);
      simulation.run({ until: seconds(10_000), stop: () => made.value.done() });
      expect(simulation.events).toBe(straight.simulation.events);
      expect(simulation.hash()).toBe(straight.simulation.hash());
    },
  );
});

describe('executors that a version does not have', () => {
  test('SequentialExecutor in 3.3.2 -> a problem that says what it became', () => {
    expect(plantProblems(scenario('sequential', '3.3.2'))).toEqual([
      {
        code: 'executor_gone',
        params: { executor: 'SequentialExecutor', airflow: '3.3.2', became: 'LocalExecutor' },
      },
    ]);
  });

  test('task that names another executor -> runs in the lane, and a notice says so', () => {
    const tasks = [task('a', 1, { executor: 'KubernetesExecutor' }), task('b', 1)];
    const input = scenario('celery', '3.3.2', tasks);
    expect(plantNotices(input)).toMatchObject([
      { code: 'task_executor_unknown', params: { task_id: 'a', lane: 'CeleryExecutor' } },
    ]);
    expect(ends(run(input))).toEqual(['a try 1: success', 'b try 1: success']);
  });
});

describe('waiting and deciding with the whole engine', () => {
  test.each(LANES)(
    '%s %s: deferrable, reschedule sensor, branch -> all end',
    (executor, version) => {
      const sensor = {
        mode: 'reschedule',
        poke_interval_s: 20,
        timeout_s: 600,
        soft_fail: false,
        exponential_backoff: false,
        max_wait_s: null,
        silent_fail: false,
        never_fail: false,
      } as const;
      const tasks = [
        task('wait', 0, {
          sensor,
          behaviour: { kind: 'sensor', duration_s: 30, duration_source: null },
        }),
        task('defer', 12, { deferrable: true }),
        task('pick', 1, {
          downstream_task_ids: ['left', 'right'],
          can_skip_downstream: true,
          behaviour: { kind: 'branch', duration_s: 1, duration_source: null, branch: ['left'] },
        }),
        task('left', 1, { upstream_task_ids: ['pick'] }),
        task('right', 1, { upstream_task_ids: ['pick'] }),
        task('one', 1),
        task('two', 1),
      ].map(chain('one', 'two'));
      const end = ends(run(scenario(executor, version, tasks)));
      expect(end).toEqual([
        'defer try 1: success',
        'left try 1: success',
        'one try 1: success',
        'pick try 1: success',
        'right try 0: skipped',
        'two try 1: success',
        'wait try 1: success',
      ]);
    },
  );
});
