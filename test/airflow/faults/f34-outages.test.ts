/** F13 slow database, F14 database away, F24 a worker cut off, F32 lost end, F34 API server away. */
import { describe, expect, test } from 'vitest';
import type { ExecutorName, Fault, Scenario } from '../../../src/airflow/scenario.ts';
import type { AirflowVersion, TaskSpec } from '../../../src/airflow/spec.ts';
import { dagSpec, scenarioOf } from '../engine/specs.ts';
import { job, Rig } from './rig.ts';

const BOTH: AirflowVersion[] = ['3.3.2', '2.11.2'];

function lane(
  executor: ExecutorName,
  airflow: AirflowVersion,
  tasks: TaskSpec[],
  faults: Fault[],
): Scenario {
  return scenarioOf([dagSpec('d', tasks)], { executor, airflow, faults, until_s: 3000 });
}

const api = (at_s: number, for_s: number, what = 'kill'): Fault => ({
  at_s,
  what,
  part: 'api-server',
  args: { for_s },
});

const retrying = { retries: 1, retry_delay_s: 60 };
const LOST = ['scheduled:1', 'queued:1', 'running:1', 'up_for_retry:1'];

describe('F34 3.3.2: the API server is away', () => {
  test.each(['local', 'celery'] as const)(
    '%s, refused -> running tasks are killed after 22 to 60 s and 5 s, mismatch, a retry is used',
    (executor) => {
      const tasks = [job('a', 400, retrying)];
      const rig = new Rig(lane(executor, '3.3.2', tasks, [api(50, 90)]));
      expect(rig.steps('a').slice(0, 4)).toEqual(LOST);
      const at = rig.when('a', 'up_for_retry');
      expect(at).toBeGreaterThan(50 + 22 + 5);
      expect(at).toBeLessThan(50 + 60 + 5 + 7);
      expect(rig.times('stateMismatch').length).toBe(1);
      expect(rig.steps('a').at(-1)).toBe('success:2');
    },
  );

  test('silent -> after 97 to 135 s', () => {
    const tasks = [job('a', 400, retrying)];
    const rig = new Rig(lane('celery', '3.3.2', tasks, [api(50, 200, 'silent')]));
    const at = rig.when('a', 'up_for_retry');
    expect(at).toBeGreaterThan(50 + 97 + 5);
    expect(at).toBeLessThan(50 + 135 + 5 + 7);
  });

  test('away for 15 s -> nothing happens to what runs', () => {
    const rig = new Rig(lane('celery', '3.3.2', [job('a', 100)], [api(50, 15)]));
    expect(rig.steps('a')).toEqual(['scheduled:1', 'queued:1', 'running:1', 'success:1']);
  });

  test('a start -> 4 to 15 s of attempts, then failed without having run; every try is used', () => {
    const tasks = [job('a', 10, { retries: 1, retry_delay_s: 5 })];
    const rig = new Rig(lane('celery', '3.3.2', tasks, [api(0, 300)]));
    expect(rig.steps('a')).toEqual([
      'scheduled:1',
      'queued:1',
      'up_for_retry:1',
      'scheduled:2',
      'queued:2',
      'failed:2',
    ]);
    const took = rig.when('a', 'up_for_retry') - rig.when('a', 'queued');
    expect(took).toBeGreaterThan(4);
    expect(took).toBeLessThan(20);
    expect(rig.runState()).toBe('failed');
  });

  test('a start, away for 2 s -> it gets through later', () => {
    const rig = new Rig(lane('celery', '3.3.2', [job('a', 10)], [api(0, 2)]));
    expect(rig.steps('a')).toEqual(['scheduled:1', 'queued:1', 'running:1', 'success:1']);
  });
});

test('F34 2.11.2: the web server is away -> tasks do not notice', () => {
  const kill = { at_s: 10, what: 'kill', part: 'web-server' };
  const rig = new Rig(lane('celery', '2.11.2', [job('a', 50)], [kill]));
  expect(rig.steps('a').at(-1)).toBe('success:1');
});

describe('F32 3.3.2: the end report is lost', () => {
  test.each(['local', 'celery'] as const)(
    '%s, away when the task ends and 40 s more -> the finished work runs again',
    (executor) => {
      const rig = new Rig(lane(executor, '3.3.2', [job('a', 60, retrying)], [api(60, 40)]));
      expect(rig.steps('a').slice(0, 4)).toEqual(LOST);
      expect(rig.times('stateMismatch').length).toBe(1);
      expect(rig.steps('a').at(-1)).toBe('success:2');
    },
  );

  test('away for 3 s -> the success is stored later', () => {
    const rig = new Rig(lane('celery', '3.3.2', [job('a', 60)], [api(61, 3)]));
    expect(rig.steps('a')).toEqual(['scheduled:1', 'queued:1', 'running:1', 'success:1']);
  });
});

describe('F24: a worker is cut off', () => {
  const cut = (mode: string): Fault[] =>
    [1, 2].map((n) => ({
      at_s: 50,
      what: 'partition',
      part: `worker-${n}`,
      args: { mode, for_s: 700 },
    }));

  test('3.3.2 -> killed by its own supervisor; the executor event makes the mismatch at once', () => {
    const rig = new Rig(lane('celery', '3.3.2', [job('a', 400, retrying)], cut('silent')));
    expect(rig.steps('a').slice(0, 4)).toEqual(LOST);
    const at = rig.when('a', 'up_for_retry');
    expect(at).toBeGreaterThan(50 + 97 + 5);
    expect(at).toBeLessThan(50 + 135 + 5 + 7);
  });

  test('2.11.2 -> given up after 300 s without a heartbeat, found by the check for zombies', () => {
    const rig = new Rig(lane('celery', '2.11.2', [job('a', 900, retrying)], cut('refused')));
    expect(rig.steps('a').slice(0, 4)).toEqual(LOST);
    const at = rig.when('a', 'up_for_retry');
    expect(at).toBeGreaterThan(45 + 300);
    expect(at).toBeLessThan(50 + 312);
    expect(rig.times('heartbeatTimeout').length).toBe(1);
  });
});

describe.each(BOTH)('F14 %s: the database is away', (airflow) => {
  const away = (for_s: number): Fault => ({
    at_s: 50,
    what: 'kill',
    part: 'database',
    args: { for_s },
  });

  test('for a second -> the scheduler gets through or is started again, nothing is lost', () => {
    const rig = new Rig(lane('celery', airflow, [job('a', 100)], [away(0.001)]));
    expect(rig.times('schedulerDies')).toEqual([]);
    expect(rig.steps('a').at(-1)).toBe('success:1');
  });

  test('for 15 s -> the scheduler exits after its three attempts and is started again', () => {
    const rig = new Rig(lane('celery', airflow, [job('a', 500)], [away(15)]));
    const [died = NaN] = rig.times('schedulerDies');
    expect(died).toBeGreaterThan(50);
    expect(died).toBeLessThan(52);
    expect(rig.times('schedulerStarts')).toEqual([70]);
    // Its old row is younger than 30 s: adopted by the next check, 300 s after the start.
    const [adopted = NaN] = rig.times('adopted');
    expect(adopted).toBeGreaterThanOrEqual(370);
    expect(rig.steps('a').at(-1)).toBe('success:1');
  });

  test('for 200 s -> 3.x: its supervisor kills the task; 2.x: it goes on', () => {
    const rig = new Rig(lane('celery', airflow, [job('a', 400, retrying)], [away(200)]));
    const killed = ['scheduled:1', 'queued:1', 'running:1', 'up_for_retry:1'];
    const fine = ['scheduled:1', 'queued:1', 'running:1', 'success:1'];
    expect(rig.steps('a').slice(0, 4)).toEqual(airflow === '3.3.2' ? killed : fine);
    expect(rig.runState()).toBe('success');
  });

  test('when a task ends -> its success is not stored: it runs again', () => {
    const rig = new Rig(lane('celery', airflow, [job('a', 60, retrying)], [away(100)]));
    expect(rig.steps('a').slice(0, 4)).toEqual(LOST);
    expect(rig.steps('a').at(-1)).toBe('success:2');
  });

  test('local -> the scheduler waits for its running tasks before it exits', () => {
    const rig = new Rig(lane('local', airflow, [job('a', 100, retrying)], [away(20)]));
    const [died = NaN] = rig.times('schedulerDies');
    expect(died).toBeGreaterThan(90);
    expect(rig.steps('a').at(-1)).toBe('success:1');
    expect(rig.runState()).toBe('success');
  });

  test('a deferred task -> its triggerer exits and starts again with the database', () => {
    const tasks = [job('a', 100, { deferrable: true })];
    const rig = new Rig(lane('celery', airflow, tasks, [away(60)]));
    expect(rig.steps('a').slice(-5)).toEqual([
      'deferred:1',
      'scheduled:1',
      'queued:1',
      'running:1',
      'success:1',
    ]);
    expect(rig.when('a', 'scheduled', 2)).toBeGreaterThan(200);
  });
});

describe.each(BOTH)('F13 %s: a slow database', (airflow) => {
  const slow = (args: Record<string, number>): Fault => ({
    at_s: 50,
    what: 'slow',
    part: 'database',
    args,
  });

  test('loops are slower, all else is as before', () => {
    const rig = new Rig(lane('celery', airflow, [job('a', 100)], [slow({ factor: 50 })]));
    expect(rig.steps('a').at(-1)).toBe('success:1');
    const loops = rig.times('loopBegins');
    const count = (from: number): number =>
      loops.filter((at) => at >= from && at < from + 40).length;
    expect(count(60)).toBeLessThan(count(5));
  });

  test('two schedulers, heartbeats later than 30 s -> a false death, then both run again', () => {
    const base = lane('celery', airflow, [job('a', 1200)], [slow({ factor: 5000, for_s: 700 })]);
    const rig = new Rig({ ...base, fleet: { ...base.fleet, schedulers: 2 } });
    expect(rig.times('adopted').length).toBeGreaterThan(0);
    expect(rig.steps('a')).toEqual(['scheduled:1', 'queued:1', 'running:1', 'success:1']);
    const { jobs } = rig.engine.ctx.world;
    expect([jobs.state[0], jobs.state[1]]).toEqual([0, 0]);
  });

  test('calls of 6 s -> 3.x: they count as failed, running tasks are killed; 2.x: later only', () => {
    const tasks = [job('a', 400, retrying)];
    const rig = new Rig(
      lane('celery', airflow, tasks, [slow({ call_s: 6, factor: 1, for_s: 160 })]),
    );
    const killed = airflow === '3.3.2';
    expect(rig.states('a').includes('up_for_retry')).toBe(killed);
    expect(rig.runState()).toBe('success');
  });
});

test('F14 3.3.2 local: the database stays away -> what stays running waits for a scheduler', () => {
  const away: Fault = { at_s: 4, what: 'kill', part: 'database' };
  const rig = new Rig(lane('local', '3.3.2', [job('a', 8)], [away]));
  const { engine } = rig;
  expect(rig.steps('a').at(-1)).toBe('running:1');
  const codes = engine.gates(rig.rowsOf('a')[0]!).map(({ reason }) => reason.code);
  expect(codes).toEqual(['scheduler_down']);
});
