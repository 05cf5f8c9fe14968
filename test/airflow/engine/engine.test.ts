import { describe, expect, it } from 'vitest';
import { createEngine, type Engine } from '../../../src/airflow/engine.ts';
import { DAG_RUN, dagRun, TI, taskInstance } from '../../../src/machines/index.ts';
import { hours } from '../../../src/base/time.ts';
import type { Scenario } from '../../../src/airflow/scenario.ts';
import { dagSpec, scenarioOf, taskSpec } from './specs.ts';

function run(scenario: Scenario): Engine {
  const made = createEngine(scenario);
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  const engine = made.value;
  engine.simulation.run({ until: hours(1), stop: () => engine.done() });
  return engine;
}

function states(engine: Engine): string[] {
  const { taskInstances: tis } = engine.ctx.world;
  return Array.from({ length: tis.rows }, (_, ti) => taskInstance.states[tis.state[ti]!]!);
}

const CHAIN = [
  taskSpec('a'),
  taskSpec('b', ['a']),
  taskSpec('c', ['a']),
  taskSpec('d', ['b', 'c']),
];
const LANES = [
  ['2.11.2', 'sequential'],
  ['2.11.2', 'local'],
  ['3.3.2', 'local'],
  ['3.3.2', 'celery'],
  ['2.11.2', 'celery'],
  ['3.3.2', 'kubernetes'],
] as const;

describe('engine', () => {
  for (const [airflow, executor] of LANES) {
    it(`a diamond under ${executor} of ${airflow}: run to the end -> all success`, () => {
      const engine = run(scenarioOf([dagSpec('diamond', CHAIN)], { airflow, executor }));
      expect(states(engine)).toEqual(['success', 'success', 'success', 'success']);
      expect(dagRun.states[engine.ctx.world.dagRuns.state[0]!]).toBe('success');
      expect(engine.done()).toBe(true);
    });
  }

  it('the same scenario twice: equal hashes', () => {
    const scenario = scenarioOf([dagSpec('diamond', CHAIN)], { executor: 'celery' });
    expect(run(scenario).simulation.hash()).toBe(run(scenario).simulation.hash());
  });

  it('saved half way and loaded: same hash at the end', () => {
    const scenario = scenarioOf([dagSpec('diamond', CHAIN)], { executor: 'celery' });
    const whole = run(scenario);
    const made = createEngine(scenario);
    if (!made.ok) throw new Error('scenario refused');
    const { simulation } = made.value;
    simulation.run({ events: 60 });
    const saved = simulation.save();
    const log = simulation.log.fork();
    simulation.run({ events: 40 });
    simulation.load(saved, log);
    simulation.run({ until: hours(1), stop: () => made.value.done() });
    expect(simulation.hash()).toBe(whole.simulation.hash());
  });

  it('a failing task with a retry: two tries, then its downstream fails with it', () => {
    const tasks = [taskSpec('a', [], { retries: 1, retry_delay_s: 10 }), taskSpec('b', ['a'])];
    const engine = run(
      scenarioOf([dagSpec('fails', tasks)], {
        behaviour: { by_kind: {}, rules: [{ task_id: 'a', outcomes: ['failed'] }] },
      }),
    );
    expect(states(engine)).toEqual(['failed', 'upstream_failed']);
    expect(engine.ctx.world.taskInstances.try_number[0]).toBe(2);
    expect(engine.ctx.world.dagRuns.state[0]).toBe(DAG_RUN.failed);
    expect(engine.ctx.world.taskInstances.state[1]).toBe(TI.upstream_failed);
  });
});

describe('mini-scheduler of 2.11.2', () => {
  const chain = [taskSpec('a'), taskSpec('b', ['a']), taskSpec('c', ['b'])];
  const lane = { airflow: '2.11.2', executor: 'local' } as const;
  const end = (engine: Engine): number => engine.ctx.world.dagRuns.end_date[0]!;

  it('a chain: what follows is scheduled at once, the run ends earlier than without', () => {
    const off = { 'scheduler.schedule_after_task_execution': false };
    const fast = run(scenarioOf([dagSpec('chain', chain)], lane));
    const slow = run(scenarioOf([dagSpec('chain', chain)], { ...lane, config: off }));
    expect(states(fast)).toEqual(['success', 'success', 'success']);
    expect(end(fast)).toBeLessThanOrEqual(end(slow));
  });
});
