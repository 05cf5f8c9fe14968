/**
 * A mix as installations have it: 50 DAGs of different shapes, with pools, priorities, trigger
 * rules, mapped tasks, retries and sensors, some forty runs each, all at once on the CeleryExecutor
 * of 3.3.2. Its cost per hand-over of a try (seven events, as in W) is compared with the bare loop.
 */
import { createEngine } from '../../src/airflow/engine.ts';
import type { BehaviourRule, Scenario } from '../../src/airflow/scenario.ts';
import type { DagSpec, TaskSpec } from '../../src/airflow/spec.ts';
import { taskInstance, TI, TI_EVENT } from '../../src/machines/index.ts';
import { dagSpec, scenarioOf, taskSpec } from '../airflow/engine/specs.ts';
import { cpuOf } from './cpu.ts';
import { draw, type Outcome } from './workload.ts';

const DAGS = 50;
const RUNS = 40;
const EVENTS_PER_TRY = 7;
const POOLS = ['default_pool', 'default_pool', 'database', 'api'];
const RULES = [
  'all_success',
  'all_success',
  'all_success',
  'all_done',
  'none_failed',
  'one_success',
];
const SENSOR = {
  poke_interval_s: 30,
  timeout_s: 3600,
  soft_fail: false,
  exponential_backoff: false,
  max_wait_s: null,
  silent_fail: false,
  never_fail: false,
} as const;

export function runMixed(runs = RUNS): Outcome {
  const scenario = mixedScenario(runs);
  const { cpuUs, value: engine } = cpuOf(() => {
    const made = createEngine(scenario);
    if (!made.ok) throw new Error(made.error.map((problem) => problem.code).join(', '));
    const end = made.value.simulation.run({ stop: () => made.value.done() });
    if (end.reason !== 'stopped') throw new Error(`the mix did not end: ${end.reason}`);
    return made.value;
  });
  const { log } = engine.simulation;
  const queued = new Set(
    taskInstance.transitions
      .filter(({ event, to }) => event === TI_EVENT.queue && to === TI.queued)
      .map(({ id }) => id),
  );
  let tries = 0;
  for (let seq = 0; seq < log.length; seq++) if (queued.has(log.record(seq).what)) tries += 1;
  return {
    events: tries * EVENTS_PER_TRY,
    checksum: Number.parseInt(log.digest().slice(0, 8), 16),
    cpuUs,
  };
}

export function mixedScenario(runs: number): Scenario {
  const dags = Array.from({ length: DAGS }, (_, d) => dagOf(d));
  return scenarioOf(dags, {
    airflow: '3.3.2',
    executor: 'celery',
    until_s: 10_000_000,
    config: { 'core.parallelism': 64 },
    pools: {
      database: { slots: 32, include_deferred: false },
      api: { slots: 24, include_deferred: true },
    },
    fleet: {
      workers: [{ name: 'worker', count: 4, concurrency: 16, queues: null }],
      broker: 'redis',
      nodes: [],
      schedulers: 1,
      triggerers: 1,
    },
    behaviour: { by_kind: {}, rules: [{ failure_chance: 0.03 }, ...dags.flatMap(sensorRules)] },
    actions: dags.flatMap((dag, d) =>
      Array.from({ length: runs }, (_, i) => ({
        at_s: (draw(d, i, 43) % 600) + i * 60,
        action: 'trigger' as const,
        dag_id: dag.dag_id,
        run_id: `manual__${i}`,
      })),
    ),
  });
}

/** Chains, layers, fans, and graphs without order, 5 to 40 tasks. */
function dagOf(d: number): DagSpec {
  const count = 5 + (draw(d, 0, 40) % 36);
  const tasks = Array.from({ length: count }, (_, i) => taskOf(d, i, upstreamOf(d, i, count)));
  return dagSpec(`mix_${d}`, tasks, { max_active_tasks: 16, max_active_runs: 8 });
}

function upstreamOf(d: number, i: number, count: number): string[] {
  if (i === 0) return [];
  const id = (n: number): string => `t${Math.max(0, Math.min(i - 1, n))}`;
  const width = 2 + (draw(d, 1, 40) % 5);
  switch (d % 4) {
    case 0:
      return [id(i - 1)];
    case 1:
      return i === count - 1 ? Array.from({ length: count - 2 }, (_, n) => id(n + 1)) : [id(0)];
    case 2: {
      const first = (Math.floor((i - 1) / width) - 1) * width + 1;
      const before = Array.from({ length: width }, (_, n) => id(Math.max(0, first + n)));
      return i <= width ? [id(0)] : [...new Set(before)];
    }
    default: {
      const some = Array.from({ length: 1 + (draw(i, d, 41) % 3) }, (_, n) => draw(i, n, d) % i);
      return [...new Set(some)].map(id);
    }
  }
}

function taskOf(d: number, i: number, upstream: string[]): TaskSpec {
  const of = (purpose: number, among: number): number => draw(d * 64 + i, 0, purpose) % among;
  const mapped = i > 0 && of(50, 12) === 0 ? 2 + of(51, 6) : 0;
  const sensor = mapped === 0 && of(52, 15) === 0;
  return taskSpec(`t${i}`, upstream, {
    trigger_rule: RULES[of(53, RULES.length)]!,
    priority_weight: 1 + of(54, 5),
    weight_rule: d % 3 === 0 ? 'absolute' : 'downstream',
    pool: POOLS[of(55, POOLS.length)]!,
    retries: of(56, 3),
    retry_delay_s: 10 + of(57, 60),
    depends_on_past: of(58, 40) === 0,
    max_active_tis_per_dag: of(59, 30) === 0 ? 4 : null,
    behaviour: sensor
      ? { kind: 'sensor', duration_s: null, duration_source: null }
      : { kind: 'bash', duration_s: 1 + of(60, 30), duration_source: 'bash_sleep' },
    ...(sensor ? { sensor: { ...SENSOR, mode: of(61, 2) === 0 ? 'poke' : 'reschedule' } } : {}),
    ...(mapped > 0 ? { is_mapped: true, expand: literal(mapped) } : {}),
  });
}

function literal(length: number): NonNullable<TaskSpec['expand']> {
  return {
    style: 'expand',
    items: { value: { kind: 'literal', length } },
    literal_total: length,
  };
}

/** A sensor's condition comes true one to four minutes after its first poke. */
function sensorRules(dag: DagSpec): BehaviourRule[] {
  return dag.tasks.flatMap((task, i) =>
    task.sensor === null
      ? []
      : [
          {
            dag_id: dag.dag_id,
            task_id: task.task_id,
            condition_after_s: 60 + (draw(i, 0, 62) % 180),
          },
        ],
  );
}
