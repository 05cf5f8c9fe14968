/** What a task dependency says when it holds: Airflow's option, numbers, and until when. */
import { describe, expect, test } from 'vitest';
import { createEngine, type Engine } from '../../../src/airflow/engine.ts';
import { REASONS } from '../../../src/airflow/dependencies/gate.ts';
import type { GateResult } from '../../../src/airflow/gateResult.ts';
import type { Scenario } from '../../../src/airflow/scenario.ts';
import type { TaskSpec } from '../../../src/airflow/spec.ts';
import { seconds } from '../../../src/base/time.ts';
import { dagSpec, scenarioOf, taskSpec } from './specs.ts';

const VERSIONS = ['3.3.2', '2.11.2'] as const;
const LONG: Partial<TaskSpec> = {
  behaviour: { kind: 'bash', duration_s: 300, duration_source: 'bash_sleep' },
};
const FAILS: Partial<Scenario> = {
  behaviour: { by_kind: {}, rules: [{ task_id: 'bad', outcomes: ['failed'] }] },
};

function engineOf(tasks: TaskSpec[], more: Partial<Scenario>, at: number, runs = 1): Engine {
  const actions = Array.from({ length: runs }, (_, i) => ({
    at_s: i * 20,
    action: 'trigger' as const,
    dag_id: 'd',
    logical_date: `2025-01-0${i + 1}T00:00:00Z`,
  }));
  const made = createEngine(scenarioOf([dagSpec('d', tasks)], { actions, ...more }));
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  made.value.simulation.run({ until: seconds(at) });
  return made.value;
}

function holding(engine: Engine, ti: number): GateResult['reason'][] {
  return engine.gates(ti).flatMap(({ result, reason }) => (result === 'holds' ? [reason] : []));
}

function shown(engine: Engine, ti: number): unknown {
  return holding(engine, ti).map(({ code, option, actual, limit }) => [
    code,
    option,
    actual,
    limit,
  ]);
}

describe.each(VERSIONS)('dependencies of %s', (airflow) => {
  test('a retry delay -> the try, the number of tries and the time', () => {
    const task = taskSpec('bad', [], { retries: 2, retry_delay_s: 100 });
    const engine = engineOf([task], { ...FAILS, airflow }, 30);
    expect(shown(engine, 0)).toEqual([['retry_wait', 'retry_delay', 1, 2]]);
    const [reason] = holding(engine, 0);
    const end = engine.ctx.world.taskInstances.end_date[0]!;
    expect(reason?.params).toEqual({ try: 1, until_us: end + seconds(100) });
  });

  test('a sensor in reschedule mode -> until its next poke', () => {
    const sensor = {
      mode: 'reschedule' as const,
      poke_interval_s: 100,
      timeout_s: 1000,
      soft_fail: false,
      exponential_backoff: false,
      max_wait_s: null,
      silent_fail: false,
      never_fail: false,
    };
    const behaviour = { by_kind: {}, rules: [{ task_id: 's', condition_after_s: 900 }] };
    const engine = engineOf([taskSpec('s', [], { sensor })], { airflow, behaviour }, 60);
    expect(shown(engine, 0)).toEqual([['poke_wait', 'poke_interval', null, null]]);
    const until = holding(engine, 0)[0]?.params['until_us'];
    expect(until).toBeGreaterThan(seconds(100));
    expect(until).toBeLessThan(seconds(130));
  });

  test('depends_on_past -> the task instances of the run before that are no success', () => {
    const tasks = [taskSpec('a', [], { ...LONG, depends_on_past: true })];
    const engine = engineOf(tasks, { airflow }, 60, 2);
    expect(shown(engine, 1)).toEqual([['past_wait', 'depends_on_past', 1, 0]]);
    expect(REASONS[engine.ctx.world.taskInstances.held_by[1]!]).toBe('past_wait');
  });

  test('wait_for_downstream -> those directly below it in the run before', () => {
    const tasks = [
      taskSpec('a', [], { depends_on_past: true, wait_for_downstream: true }),
      taskSpec('b', ['a'], LONG),
      taskSpec('c', ['a'], LONG),
    ];
    const engine = engineOf(tasks, { airflow }, 60, 2);
    expect(shown(engine, 3)).toEqual([['past_wait', 'wait_for_downstream', 2, 0]]);
  });

  test('an upstream that runs -> the trigger rule, its counts and who is waited for', () => {
    const tasks = [taskSpec('a'), taskSpec('b', [], LONG), taskSpec('c', ['a', 'b'])];
    const engine = engineOf(tasks, { airflow }, 60);
    expect(shown(engine, 2)).toEqual([['upstream_wait', 'trigger_rule', 1, 2]]);
    expect(holding(engine, 2)[0]?.params).toEqual({ rule: 'all_success', waiting: 'b' });
  });

  test('a setup above its upstream that runs -> setup_wait with the setups that are done', () => {
    const tasks = [
      taskSpec('s', [], { ...LONG, is_setup: true }),
      taskSpec('a', ['s'], { trigger_rule: 'always' }),
      taskSpec('b', ['a'], { trigger_rule: 'all_done' }),
      taskSpec('t', ['b', 's'], { is_teardown: true }),
    ];
    const engine = engineOf(tasks, { airflow }, 60);
    expect(shown(engine, 2)).toEqual([['setup_wait', 'trigger_rule', 0, 1]]);
    expect(holding(engine, 2)[0]?.params).toEqual({ rule: 'all_done', waiting: 's' });
  });
});
