/** What a limit says when it holds: Airflow's option, and the numbers that were compared. */
import { describe, expect, test } from 'vitest';
import { createEngine, type Engine } from '../../../src/airflow/engine.ts';
import { seconds } from '../../../src/base/time.ts';
import { REASONS } from '../../../src/airflow/dependencies/gate.ts';
import { CORE_RECORD } from '../../../src/airflow/records.ts';
import type { Scenario } from '../../../src/airflow/scenario.ts';
import type { TaskSpec } from '../../../src/airflow/spec.ts';
import { TI } from '../../../src/machines/index.ts';
import { dagSpec, scenarioOf, taskSpec } from './specs.ts';

const VERSIONS = ['3.3.2', '2.11.2'] as const;
const LONG: Partial<TaskSpec> = {
  behaviour: { kind: 'bash', duration_s: 60, duration_source: 'bash_sleep' },
};
const SMALL = { small: { slots: 3, include_deferred: false } };

function engineOf(tasks: TaskSpec[], more: Partial<Scenario> = {}, at = 30): Engine {
  const made = createEngine(scenarioOf([dagSpec('d', tasks)], more));
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  made.value.simulation.run({ until: seconds(at) });
  return made.value;
}

/** Tasks of 60 s, the first ones with the greater weights. */
function longTasks(count: number, more: Partial<TaskSpec> = {}): TaskSpec[] {
  return Array.from({ length: count }, (_, i) =>
    taskSpec(`t${i}`, [], { ...LONG, priority_weight: 10 - i, weight_rule: 'absolute', ...more }),
  );
}

/** The gate of a code: its result, option and numbers. */
function gateOf(engine: Engine, ti: number, code: string): unknown {
  const gate = engine.gates(ti).find(({ reason }) => reason.code === code);
  if (gate === undefined) return null;
  const { option, actual, limit } = gate.reason;
  return [gate.result, option, actual, limit];
}

/** What the last critical section that looked at it wrote down. */
function heldBy(engine: Engine, ti: number): string | undefined {
  return REASONS[engine.ctx.world.taskInstances.held_by[ti]!];
}

function states(engine: Engine): number[] {
  const { state, rows } = { ...engine.ctx.world.taskInstances };
  return Array.from(state.slice(0, rows));
}

describe.each(VERSIONS)('limits of %s', (airflow) => {
  test('too few slots left in a pool -> pool_wait with slots used and in all', () => {
    const tasks = longTasks(2, { pool: 'small', pool_slots: 2 });
    const engine = engineOf(tasks, { airflow, pools: SMALL });
    expect(gateOf(engine, 1, 'pool_wait')).toEqual(['holds', 'pool', 2, 3]);
    expect(gateOf(engine, 1, 'pool_too_small')).toEqual(['passed', 'pool_slots', 2, 3]);
    expect(heldBy(engine, 1)).toBe('pool_wait');
  });

  test('exactly as many slots left as it needs -> it passes', () => {
    const tasks = [
      ...longTasks(1, { pool: 'small' }),
      taskSpec('b', [], { ...LONG, pool: 'small' }),
    ];
    tasks[1] = { ...tasks[1]!, pool_slots: 2 };
    const engine = engineOf(tasks, { airflow, pools: SMALL });
    expect(states(engine)).toEqual([TI.running, TI.running]);
  });

  test('more slots than its pool has -> pool_too_small for ever', () => {
    const engine = engineOf(longTasks(1, { pool: 'small', pool_slots: 4 }), {
      airflow,
      pools: SMALL,
    });
    expect(gateOf(engine, 0, 'pool_too_small')).toEqual(['holds', 'pool_slots', 4, 3]);
    expect(heldBy(engine, 0)).toBe('pool_too_small');
  });

  test('a pool that is used up in the same loop -> pool_wait, even for what is too large', () => {
    const tasks = longTasks(2, { pool: 'small', pool_slots: 3 });
    tasks[1] = { ...tasks[1]!, pool_slots: 4 };
    const engine = engineOf(tasks, { airflow, pools: SMALL }, 20);
    expect(states(engine)).toEqual([TI.running, TI.scheduled]);
    expect(heldBy(engine, 1)).toBe('pool_wait');
    expect(gateOf(engine, 1, 'pool_too_small')).toEqual(['holds', 'pool_slots', 4, 3]);
  });

  test('held for a long time -> one record, and another one when the reason changes', () => {
    const actions: Scenario['actions'] = [
      { at_s: 0, action: 'trigger', dag_id: 'd' },
      { at_s: 40, action: 'pool', pool: 'small', slots: 3 },
    ];
    const tasks = longTasks(2, { pool: 'small' });
    tasks[1] = { ...tasks[1]!, pool_slots: 4 };
    const pools = { small: { slots: 1, include_deferred: false } };
    const engine = engineOf(tasks, { airflow, pools, actions }, 60);
    const { log } = engine.simulation;
    const reasons: (string | undefined)[] = [];
    for (let seq = 0; seq < log.length; seq++) {
      const { what, entity, reason } = log.record(seq);
      if (what === CORE_RECORD.held && entity === 1) reasons.push(REASONS[reason]);
    }
    expect(reasons).toEqual(['pool_wait', 'pool_too_small']);
  });

  test('a limit of 0 task instances -> none ever, 0 of 0', () => {
    for (const option of ['max_active_tis_per_dag', 'max_active_tis_per_dagrun']) {
      const engine = engineOf(longTasks(1, { [option]: 0 }), { airflow });
      expect(gateOf(engine, 0, 'task_limit_wait')).toEqual(['holds', option, 0, 0]);
      expect(heldBy(engine, 0)).toBe('task_limit_wait');
    }
  });

  test('a pool without slots -> pool_wait 0 of 0; -1 slots -> no limit', () => {
    const pools = { small: { slots: 0, include_deferred: false } };
    const none = engineOf(longTasks(1, { pool: 'small' }), { airflow, pools });
    expect(gateOf(none, 0, 'pool_wait')).toEqual(['holds', 'pool', 0, 0]);
    const endless = { small: { slots: -1, include_deferred: false } };
    const all = engineOf(longTasks(3, { pool: 'small', pool_slots: 50 }), {
      airflow,
      pools: endless,
    });
    expect(states(all)).toEqual([TI.running, TI.running, TI.running]);
  });

  test('a pool that does not exist -> pool_missing', () => {
    const engine = engineOf(longTasks(1, { pool: 'none' }), { airflow });
    expect(gateOf(engine, 0, 'pool_missing')).toEqual(['holds', 'pool', null, null]);
    expect(heldBy(engine, 0)).toBe('pool_missing');
  });

  test('max_active_tis_per_dag -> the same task of all runs is counted', () => {
    const actions = [0, 1].map((at_s) => ({ at_s, action: 'trigger' as const, dag_id: 'd' }));
    const tasks = longTasks(1, { max_active_tis_per_dag: 1 });
    const engine = engineOf(tasks, { airflow, actions });
    const numbers = ['max_active_tis_per_dag', 1, 1];
    expect(gateOf(engine, 1, 'task_limit_wait')).toEqual(['holds', ...numbers]);
    expect(heldBy(engine, 1)).toBe('task_limit_wait');
  });

  test('max_active_tis_per_dagrun -> only those of its run are counted', () => {
    const actions = [0, 1].map((at_s) => ({ at_s, action: 'trigger' as const, dag_id: 'd' }));
    const tasks = longTasks(1, { max_active_tis_per_dagrun: 1 });
    const engine = engineOf(tasks, { airflow, actions });
    expect(states(engine)).toEqual([TI.running, TI.running]);
  });

  test('core.parallelism -> parallelism_wait with the slots of the scheduler', () => {
    const config = { 'core.parallelism': 2 };
    const engine = engineOf(longTasks(3), { airflow, config, executor: 'celery' }, 50);
    expect(gateOf(engine, 2, 'parallelism_wait')).toEqual(['holds', 'core.parallelism', 2, 2]);
    expect(states(engine)).toEqual([TI.running, TI.running, TI.scheduled]);
    const chain = [taskSpec('a', [], LONG), taskSpec('b', ['a'], LONG)];
    const room = engineOf(chain, { airflow, config, executor: 'celery' }, 50);
    expect(gateOf(room, 1, 'parallelism_wait')).toEqual(['later', 'core.parallelism', 1, 2]);
  });
});

test('max_active_tasks -> of the run in 3.3.2, of the DAG in 2.11.2', () => {
  const actions = [0, 1].map((at_s) => ({ at_s, action: 'trigger' as const, dag_id: 'd' }));
  const gates = VERSIONS.map((airflow) => {
    const dag = dagSpec('d', longTasks(2), { max_active_tasks: 1 });
    const made = createEngine(scenarioOf([dag], { airflow, actions }));
    if (!made.ok) throw new Error(JSON.stringify(made.error));
    made.value.simulation.run({ until: seconds(30) });
    const codes = ['dagrun_tasks_wait', 'dag_tasks_wait'];
    return codes.flatMap((code) => [1, 2].map((ti) => gateOf(made.value, ti, code)));
  });
  const holds = ['holds', 'max_active_tasks', 1, 1];
  expect(gates).toEqual([
    [holds, null, null, null],
    [null, null, holds, holds],
  ]);
});
