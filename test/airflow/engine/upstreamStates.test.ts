/** What the ends of upstreams mean for a task, by its trigger rule: mapped ones count one by one. */
import { describe, expect, test } from 'vitest';
import { createEngine, type Engine } from '../../../src/airflow/engine.ts';
import type { Scenario, UserAction } from '../../../src/airflow/scenario.ts';
import type { TaskSpec } from '../../../src/airflow/spec.ts';
import { eachTiOfRun } from '../../../src/airflow/world/lookup.ts';
import { seconds } from '../../../src/base/time.ts';
import { listLiteral, mapOver } from '../../../src/conformance/chaos/expansions.ts';
import { taskInstance } from '../../../src/machines/index.ts';
import { dagSpec, scenarioOf, taskSpec } from './specs.ts';

const VERSIONS = ['3.3.2', '2.11.2'] as const;
type End = 'success' | 'failed' | 'skipped';

function engineOf(tasks: TaskSpec[], more: Partial<Scenario>, until: number): Engine {
  const made = createEngine(scenarioOf([dagSpec('d', tasks)], more));
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  made.value.simulation.run({ until: seconds(until) });
  return made.value;
}

/** `task` or `task[index]` -> state, of the first run. */
function statesOf(engine: Engine): Record<string, string> {
  const { ctx } = engine;
  const { taskInstances: tis } = ctx.world;
  const found: Record<string, string> = {};
  eachTiOfRun(ctx, 0, (ti) => {
    const index = tis.map_index[ti]! < 0 ? '' : `[${tis.map_index[ti]}]`;
    found[ctx.plan.taskIds[tis.task[ti]!]! + index] = taskInstance.states[tis.state[ti]!]!;
  });
  return found;
}

function mapped(id: string, upstream: string[], count: number, more: Partial<TaskSpec> = {}) {
  const task = taskSpec(id, upstream, more);
  mapOver(task, listLiteral(count));
  return task;
}

/** Failures come first: Airflow writes the state of the first end that decides. */
function endsAs(end: End) {
  return { outcomes: [end], duration: end === 'failed' ? 1 : 30 };
}

/** By rule: the state of a task below three that end as given. */
const EXPECTED: readonly [ends: End[], states: Record<string, string>][] = [
  [
    ['success', 'failed', 'skipped'],
    {
      all_success: 'upstream_failed',
      all_failed: 'skipped',
      all_done: 'success',
      one_success: 'success',
      one_failed: 'success',
      one_done: 'success',
      none_failed: 'upstream_failed',
      none_failed_min_one_success: 'upstream_failed',
      none_skipped: 'skipped',
      all_skipped: 'skipped',
    },
  ],
  [
    ['success', 'skipped', 'skipped'],
    {
      all_success: 'skipped',
      all_failed: 'skipped',
      one_success: 'success',
      one_failed: 'skipped',
      none_failed: 'success',
      none_failed_min_one_success: 'success',
      all_skipped: 'skipped',
    },
  ],
  [
    ['skipped', 'skipped', 'skipped'],
    {
      all_success: 'skipped',
      one_success: 'skipped',
      one_done: 'skipped',
      none_failed: 'success',
      none_failed_min_one_success: 'skipped',
      all_skipped: 'success',
      all_done: 'success',
    },
  ],
  [
    ['failed', 'failed', 'failed'],
    {
      all_failed: 'success',
      one_failed: 'success',
      one_success: 'upstream_failed',
      one_done: 'success',
    },
  ],
];

describe.each(VERSIONS)('three upstreams of %s', (airflow) => {
  describe.each(EXPECTED)('that end %j', (ends, states) => {
    const below = (up: string[]): TaskSpec[] =>
      Object.keys(states).map((rule) => taskSpec(rule, up, { trigger_rule: rule }));

    test('three tasks -> by rule', () => {
      const ids = ['u0', 'u1', 'u2'];
      const rules = ids.map((task_id, i) => ({ task_id, ...endsAs(ends[i]!) }));
      const tasks = [...ids.map((id) => taskSpec(id)), ...below(ids)];
      const engine = engineOf(tasks, { airflow, behaviour: { by_kind: {}, rules } }, 120);
      expect(statesOf(engine)).toMatchObject(states);
    });

    test('one mapped task -> the same', () => {
      const rules = ends.map((end, map_index) => ({ task_id: 'u', map_index, ...endsAs(end) }));
      const tasks = [mapped('u', [], 3), ...below(['u'])];
      const engine = engineOf(tasks, { airflow, behaviour: { by_kind: {}, rules } }, 120);
      expect(statesOf(engine)).toMatchObject(states);
    });
  });

  test('mapped setups: one fails -> the work waits for both, then ends upstream_failed', () => {
    const tasks = [
      mapped('s', [], 2, { is_setup: true }),
      taskSpec('a', ['s'], { trigger_rule: 'all_done' }),
      taskSpec('b', ['a']),
      taskSpec('t', ['b', 's'], { is_teardown: true, trigger_rule: 'all_done_setup_success' }),
    ];
    const rules = [{ task_id: 's', map_index: 1, outcomes: ['failed' as const] }];
    const states = statesOf(engineOf(tasks, { airflow, behaviour: { by_kind: {}, rules } }, 120));
    expect(states).toMatchObject({ 's[0]': 'success', 's[1]': 'failed', t: 'success' });
  });

  test('a source of a mapping fails or is skipped -> so is the mapped task', () => {
    const ends = (['failed', 'skipped'] as const).map((end) => {
      const source = taskSpec('list');
      const task = taskSpec('m', ['list'], { trigger_rule: 'all_done' });
      mapOver(task, { kind: 'xcom', length: null, ref: { xcom: { task_id: 'list' } } });
      const behaviour = { by_kind: {}, rules: [{ task_id: 'list', outcomes: [end] }] };
      return statesOf(engineOf([source, task], { airflow, behaviour }, 60))['m'];
    });
    expect(ends).toEqual(['upstream_failed', 'skipped']);
  });
});

describe.each(VERSIONS)('a decision not to follow, of %s', (airflow) => {
  const clear = (...task_ids: string[]): UserAction[] => [
    { at_s: 0, action: 'trigger', dag_id: 'd', run_id: 'r' },
    { at_s: 60, action: 'clear', dag_id: 'd', run_id: 'r', task_ids },
  ];
  const branch = {
    task_type: 'BranchPythonOperator',
    can_skip_downstream: true,
    behaviour: {
      kind: 'branch' as const,
      duration_s: 20,
      duration_source: 'python_sleep' as const,
      branch: ['left'],
    },
  };
  const tasks = [taskSpec('b', [], branch), taskSpec('left', ['b']), taskSpec('right', ['b'])];
  const tries = (engine: Engine): number[] =>
    Array.from(engine.ctx.world.taskInstances.try_number.slice(0, 3));

  test('what was skipped is cleared alone -> skipped again; what was followed runs again', () => {
    const engine = engineOf(tasks, { airflow, actions: clear('left', 'right') }, 120);
    expect(statesOf(engine)).toEqual({ b: 'success', left: 'success', right: 'skipped' });
    expect(tries(engine)).toEqual([1, 2, tries(engine)[2]]);
    expect(engine.ctx.world.taskInstances.start_date[2]).toBe(
      engine.ctx.world.taskInstances.end_date[2],
    );
  });

  test('the branch is cleared too -> what was skipped waits for the new decision', () => {
    const engine = engineOf(tasks, { airflow, actions: clear('b', 'right') }, 70);
    const { right } = statesOf(engine);
    expect(right).not.toBe('skipped');
    const holds = engine.gates(2).filter(({ result }) => result === 'holds');
    expect(holds.map(({ reason }) => reason.code)).toEqual(['upstream_wait']);
  });

  test('a short circuit without its rules: what it skipped is skipped again when cleared', () => {
    const short = {
      task_type: 'ShortCircuitOperator',
      can_skip_downstream: true,
      behaviour: {
        kind: 'short_circuit' as const,
        duration_s: 1,
        duration_source: 'python_sleep' as const,
        condition: false,
      },
    };
    const chain = [taskSpec('s', [], short), taskSpec('x', ['s'], { trigger_rule: 'all_done' })];
    const engine = engineOf(chain, { airflow, actions: clear('x') }, 120);
    expect(statesOf(engine)).toEqual({ s: 'success', x: 'skipped' });
  });
});
