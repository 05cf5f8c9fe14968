/** F23 clocks that differ, F26 DAG files that cannot be read, F31 old tokens, F36 DAG processor. */
import { describe, expect, test } from 'vitest';
import type { ExecutorName, Fault, Scenario } from '../../../src/airflow/scenario.ts';
import type { AirflowVersion, TaskSpec } from '../../../src/airflow/spec.ts';
import { dagSpec, scenarioOf, taskSpec } from '../engine/specs.ts';
import { job, Rig } from './rig.ts';

const BOTH: AirflowVersion[] = ['3.3.2', '2.11.2'];
const retrying = { retries: 1, retry_delay_s: 30 };

function lane(
  airflow: AirflowVersion,
  tasks: TaskSpec[],
  faults: Fault[],
  executor: ExecutorName = 'celery',
): Scenario {
  return scenarioOf([dagSpec('d', tasks)], { executor, airflow, faults, until_s: 3000 });
}

describe.each(BOTH)('F26 %s', (airflow) => {
  const chain = [job('a', 250), taskSpec('b', ['a'])];
  const file = (what: string, for_s = 400): Fault => ({
    at_s: 40,
    what,
    part: 'file:d',
    args: { for_s },
  });

  test.each(['break', 'slow', 'hang'])(
    '%s file -> what runs finishes, nothing follows until a good reading',
    (what) => {
      const rig = new Rig(lane(airflow, chain, [file(what)]));
      expect(rig.when('a', 'success')).toBeLessThan(260);
      expect(rig.when('b', 'queued')).toBeGreaterThan(440);
      expect(rig.when('b', 'queued')).toBeLessThan(475);
      expect(rig.runState()).toBe('success');
      expect(rig.times('importError').length).toBe(what === 'hang' ? 0 : 1);
    },
  );

  test('when its DAGs are stale -> 3.x at the next reading, 2.x with the scan', () => {
    const rig = new Rig(lane(airflow, chain, [file('break')]));
    expect(rig.times('importError')).toEqual([60]);
    expect(rig.times('dagStale')).toEqual([airflow === '3.3.2' ? 60 : 120]);
    const half = new Rig(lane(airflow, chain, [file('break')]), 300);
    const codes = half.engine
      .gates(half.rowsOf('b')[0]!)
      .filter(({ result }) => result === 'holds');
    expect(codes.map(({ reason }) => reason.code)).toContain('dag_missing');
  });

  test('well again before it is read -> nothing happens', () => {
    const rig = new Rig(lane(airflow, chain, [file('break', 10)]));
    expect(rig.times('dagStale')).toEqual([]);
    expect(rig.runState()).toBe('success');
  });
});

describe('F31: a workload waits longer than its token', () => {
  const tasks = [job('a', 700, { priority_weight: 9 }), job('b', 10, retrying)];
  const config = { 'core.parallelism': 1 };

  test('3.3.2 local, 700 s in the pipe -> refused at its start, a retry is used', () => {
    const rig = new Rig({ ...lane('3.3.2', tasks, [], 'local'), config });
    expect(rig.steps('b').slice(0, 3)).toEqual(['scheduled:1', 'queued:1', 'up_for_retry:1']);
    expect(rig.when('b', 'up_for_retry')).toBeGreaterThan(700);
    expect(rig.steps('b').at(-1)).toBe('success:2');
  });

  test('2.11.2 -> there are no tokens', () => {
    const rig = new Rig({ ...lane('2.11.2', tasks, [], 'local'), config });
    expect(rig.steps('b').at(-1)).toBe('success:1');
  });
});

describe('F23: clocks that differ', () => {
  const skew = (by_s: number, part = 'scheduler-1', at_s = 0): Fault => ({
    at_s,
    what: 'skew',
    part,
    args: { by_s },
  });

  test('3.3.2, scheduler 20 s ahead -> tokens are not valid yet: starts are refused', () => {
    const rig = new Rig(lane('3.3.2', [job('a', 10)], [skew(20)]));
    expect(rig.steps('a')).toEqual(['scheduled:1', 'queued:1', 'failed:1']);
  });

  test.each(BOTH)('%s, 5 s ahead -> nothing', (airflow) => {
    const rig = new Rig(lane(airflow, [job('a', 10)], [skew(5)]));
    expect(rig.steps('a').at(-1)).toBe('success:1');
  });

  test.each(BOTH)('%s, 310 s ahead while a task runs -> a false heartbeat timeout', (airflow) => {
    const rig = new Rig(lane(airflow, [job('a', 300, retrying)], [skew(310, 'scheduler-1', 60)]));
    const [at = NaN] = rig.times('heartbeatTimeout');
    expect(at).toBeGreaterThanOrEqual(60);
    expect(at).toBeLessThan(75);
    expect(rig.steps('a')).toContain('up_for_retry:1');
  });

  // The token of a workload: valid for task_queued_timeout (600 s), give or take 10 s.
  test.each([
    [620, 'failed'],
    [600, 'success'],
    [-20, 'failed'],
    [-5, 'success'],
  ])('3.3.2, API server %d s ahead of the scheduler -> the start ends %s', (by_s, end) => {
    const rig = new Rig(lane('3.3.2', [job('a', 10)], [skew(by_s, 'api-server')]));
    expect(rig.steps('a').at(-1)).toBe(`${end}:1`);
  });

  test('3.3.2, scheduler and API server 30 s ahead -> only the difference counts', () => {
    const faults = [skew(30), skew(30, 'api-server')];
    const rig = new Rig(lane('3.3.2', [job('a', 10)], faults));
    expect(rig.steps('a').at(-1)).toBe('success:1');
  });

  test('3.3.2, API server 310 s behind while a task runs -> its heartbeats look old', () => {
    const rig = new Rig(lane('3.3.2', [job('a', 300, retrying)], [skew(-310, 'api-server', 60)]));
    const [at = NaN] = rig.times('heartbeatTimeout');
    expect(at).toBeGreaterThanOrEqual(60);
    expect(at).toBeLessThan(90);
  });

  test.each(BOTH)('%s, one of two 40 s behind -> the other takes it for dead', (airflow) => {
    const base = lane(airflow, [job('a', 900)], [skew(-40)]);
    const rig = new Rig({ ...base, fleet: { ...base.fleet, schedulers: 2 } });
    const { jobs } = rig.engine.ctx.world;
    expect(jobs.rows).toBe(2);
    expect(rig.steps('a').at(-1)).toBe('success:1');
  });
});

describe('F36: no DAG processor', () => {
  const kill = { at_s: 20, what: 'kill', part: 'dag-processor', args: { for_s: 600 } };
  const oom = { at_s: 40, what: 'kill', part: 'task:d/*/a' };

  test('3.3.2 -> states are not affected', () => {
    const rig = new Rig(lane('3.3.2', [job('a', 100, retrying)], [kill, oom]));
    expect(rig.when('a', 'up_for_retry')).toBeLessThan(50);
    expect(rig.runState()).toBe('success');
  });

  test('2.11.2 -> a zombie stays running, found again every 10 s, until it is back', () => {
    const rig = new Rig(lane('2.11.2', [job('a', 100, retrying)], [kill, oom]));
    expect(rig.times('heartbeatTimeout').length).toBeGreaterThan(50);
    expect(rig.when('a', 'up_for_retry')).toBeGreaterThan(620);
    expect(rig.when('a', 'up_for_retry')).toBeLessThan(632);
    expect(rig.runState()).toBe('success');
  });
});
