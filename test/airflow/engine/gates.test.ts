import { describe, expect, it } from 'vitest';
import { createEngine, type Engine } from '../../../src/airflow/engine.ts';
import { seconds } from '../../../src/base/time.ts';
import type { Scenario } from '../../../src/airflow/scenario.ts';
import { dagSpec, scenarioOf, taskSpec } from './specs.ts';

function engineAt(scenario: Scenario, at: number): Engine {
  const made = createEngine(scenario);
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  made.value.simulation.run({ until: seconds(at) });
  return made.value;
}

function holding(engine: Engine, ti: number): string[] {
  return engine
    .gates(ti)
    .filter((gate) => gate.result === 'holds')
    .map((gate) => gate.reason.code);
}

const LONG = {
  behaviour: { kind: 'bash', duration_s: 60, duration_source: 'bash_sleep' },
} as const;

describe('gates: why a task instance waits', () => {
  it('upstream runs: the trigger rule holds, limits come later', () => {
    const tasks = [taskSpec('a', [], LONG), taskSpec('b', ['a'])];
    const engine = engineAt(scenarioOf([dagSpec('d', tasks)]), 20);
    expect(holding(engine, 1)).toEqual(['upstream_wait']);
    const gate = engine.gates(1).find((each) => each.reason.code === 'upstream_wait');
    expect(gate?.reason.params).toEqual({ rule: 'all_success', waiting: 'a' });
    expect(engine.gates(1).find((each) => each.reason.code === 'pool_wait')?.result).toBe('later');
  });

  it('a full pool: holds with slots in use and slots in all', () => {
    const pool = { ...LONG, pool: 'small' };
    const tasks = ['a', 'b', 'c'].map((id) => taskSpec(id, [], pool));
    const scenario = scenarioOf([dagSpec('d', tasks)], {
      pools: { small: { slots: 2, include_deferred: false } },
    });
    const engine = engineAt(scenario, 20);
    expect(holding(engine, 2)).toContain('pool_wait');
    const gate = engine.gates(2).find((each) => each.reason.code === 'pool_wait');
    expect(gate?.reason).toMatchObject({
      actual: 2,
      limit: 2,
      params: { pool: 'small', needs: 1 },
    });
  });

  it('max_active_tasks reached: that gate holds', () => {
    const tasks = ['a', 'b'].map((id) => taskSpec(id, [], LONG));
    const engine = engineAt(scenarioOf([dagSpec('d', tasks, { max_active_tasks: 1 })]), 20);
    expect(holding(engine, 1)).toContain('dagrun_tasks_wait');
  });

  it('a missing pool: pool_missing holds for ever', () => {
    const engine = engineAt(scenarioOf([dagSpec('d', [taskSpec('a', [], { pool: 'none' })])]), 60);
    expect(holding(engine, 0)[0]).toBe('pool_missing');
  });

  it('a retry delay: holds until its time', () => {
    const task = taskSpec('a', [], { retries: 1, retry_delay_s: 100 });
    const scenario = scenarioOf([dagSpec('d', [task])], {
      behaviour: { by_kind: {}, rules: [{ outcomes: ['failed'] }] },
    });
    const engine = engineAt(scenario, 30);
    expect(holding(engine, 0)).toEqual(['retry_wait']);
  });

  it('a running task instance: nothing holds it', () => {
    const engine = engineAt(scenarioOf([dagSpec('d', [taskSpec('a', [], LONG)])]), 30);
    expect(engine.gates(0)).toEqual([]);
  });
});
