/** F25: a scheduler or a worker is cut off from one part while everybody else goes on. */
import { describe, expect, test } from 'vitest';
import type { ExecutorName, Fault, FleetSpec, Scenario } from '../../../src/airflow/scenario.ts';
import type { AirflowVersion, TaskSpec } from '../../../src/airflow/spec.ts';
import { dagSpec, scenarioOf, taskSpec } from '../engine/specs.ts';
import { job, Rig } from './rig.ts';

const BOTH: AirflowVersion[] = ['3.3.2', '2.11.2'];
const retrying = { retries: 1, retry_delay_s: 30 };

const cut = (at_s: number, args: Record<string, string | number>, part = 'scheduler-1'): Fault => ({
  at_s,
  what: 'partition',
  part,
  args,
});

function lane(
  airflow: AirflowVersion,
  tasks: TaskSpec[],
  faults: Fault[],
  executor: ExecutorName = 'celery',
  fleet: Partial<FleetSpec> = {},
): Scenario {
  const base = scenarioOf([dagSpec('d', tasks)], { executor, airflow, faults, until_s: 3000 });
  return { ...base, fleet: { ...base.fleet, ...fleet } };
}

describe.each(BOTH)('F25 %s', (airflow) => {
  const chain = [job('a', 60), { ...job('b', 10, retrying), upstream_task_ids: ['a'] }];

  test.each(['celery', 'kubernetes'] as const)(
    'scheduler cut off from what %s sends work to -> what runs goes on, what is sent costs a try',
    (executor) => {
      const faults = [cut(20, { mode: 'refused', for_s: 50 })];
      const rig = new Rig(lane(airflow, chain, faults, executor));
      expect(rig.states('a')).not.toContain('failed');
      expect(rig.states('a').at(-1)).toBe('success');
      expect(rig.states('b')).toContain('up_for_retry');
      expect(rig.states('b').at(-1)).toBe('success');
      expect(rig.runState()).toBe('success');
    },
  );

  test('silent for a short while -> Celery sends again within its attempts', () => {
    const rig = new Rig(lane(airflow, chain, [cut(55, { mode: 'silent', for_s: 7 })]));
    expect(rig.states('b')).not.toContain('up_for_retry');
    expect(rig.runState()).toBe('success');
  });

  test('the pods of a scheduler that is cut off -> their ends are seen afterwards', () => {
    const faults = [cut(20, { mode: 'silent', for_s: 200 })];
    const rig = new Rig(lane(airflow, [job('a', 60)], faults, 'kubernetes'));
    expect(rig.when('a', 'success')).toBeLessThan(100);
    expect(rig.engine.done()).toBe(true);
    expect(rig.engine.ctx.executor.slotsOccupied()).toBe(0);
  });

  test('cut off from the result backend -> it exits at its reads until that is over', () => {
    const rig = new Rig(lane(airflow, chain, [cut(20, { from: 'result-backend', for_s: 60 })]));
    expect(rig.times('schedulerDies').length).toBeGreaterThan(1);
    expect(rig.states('a').at(-1)).toBe('success');
    expect(rig.runState()).toBe('success');
  });

  test('cut off from the database -> it exits, another one takes its task instances over', () => {
    const faults = [cut(20, { from: 'database' })];
    const rig = new Rig(lane(airflow, chain, faults, 'celery', { schedulers: 2 }));
    expect(rig.records('schedulerDies').map(({ entity }) => entity)).toEqual([0]);
    expect(rig.states('b').at(-1)).toBe('success');
    expect(rig.runState()).toBe('success');
  });

  test('alone and cut off from the database -> nothing is scheduled until it is there again', () => {
    const rig = new Rig(lane(airflow, chain, [cut(20, { from: 'database', for_s: 200 })]));
    expect(rig.times('schedulerDies').length).toBe(1);
    expect(rig.times('schedulerStarts').length).toBe(1);
    expect(rig.when('b', 'queued')).toBeGreaterThan(220);
    expect(rig.runState()).toBe('success');
  });

  test.each(['redis', 'rabbitmq'] as const)(
    'worker cut off from %s -> it finishes what it runs',
    (broker) => {
      const { fleet } = scenarioOf([]);
      const workers = fleet.workers.map((each) => ({ ...each, count: 2, concurrency: 1 }));
      const faults = [cut(20, { from: 'broker', for_s: 600 }, 'worker-1')];
      const tasks = [job('a', 60), job('b', 60), job('c', 10), job('e', 10)];
      const rig = new Rig(lane(airflow, tasks, faults, 'celery', { broker, workers }));
      for (const id of ['a', 'b', 'c', 'e']) {
        expect(rig.states(id).filter((state) => state === 'running').length).toBe(1);
        expect(rig.states(id).at(-1)).toBe('success');
      }
      expect(rig.when('e', 'success')).toBeGreaterThan(70);
    },
  );

  test('a lane without such a part -> nothing happens', () => {
    const rig = new Rig(lane(airflow, [taskSpec('a')], [cut(0, {})], 'local'));
    expect(rig.records('fault').map(({ reason }) => reason)).toEqual([0, 1]);
  });
});
