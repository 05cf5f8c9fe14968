/** F1 scheduler killed, F2 killed at the hand-over, F3 two schedulers, F4 silence, F33 clean stop. */
import { describe, expect, test } from 'vitest';
import type { ExecutorName, Fault, Scenario } from '../../../src/airflow/scenario.ts';
import type { AirflowVersion } from '../../../src/airflow/spec.ts';
import { dagSpec, scenarioOf, taskSpec } from '../engine/specs.ts';
import { job, Rig } from './rig.ts';

const BOTH: AirflowVersion[] = ['3.3.2', '2.11.2'];

/** A reset in the middle. */
const TWO_TRIES = [1, 2].flatMap((n) => [
  `scheduled:${n}`,
  `queued:${n}`,
  `running:${n}`,
  n === 1 ? 'none:1' : 'success:2',
]);

function lane(
  executor: ExecutorName,
  airflow: AirflowVersion,
  faults: Fault[],
  more: Partial<Scenario> = {},
): Scenario {
  const dag = dagSpec('d', [job('a', 600)]);
  return scenarioOf([dag], { executor, airflow, faults, until_s: 3000, ...more });
}

function twoSchedulers(schedulers = 2): Scenario['fleet'] {
  return { ...scenarioOf([]).fleet, schedulers };
}

const kill = { at_s: 60, what: 'kill', part: 'scheduler-1' };
const back = (at_s: number): Fault => ({ at_s, what: 'restore', part: 'scheduler-1' });

describe.each(BOTH)('F1 %s: the only scheduler is killed', (airflow) => {
  test.each(['celery', 'kubernetes'] as const)(
    '%s, back after 60 s -> adopted at its start, same try, the run succeeds',
    (executor) => {
      const rig = new Rig(lane(executor, airflow, [kill, back(120)]));
      expect(rig.steps('a')).toEqual(['scheduled:1', 'queued:1', 'running:1', 'success:1']);
      expect(rig.times('adopted')).toEqual([120]);
      expect(rig.runState()).toBe('success');
    },
  );

  test.each(['celery', 'kubernetes'] as const)(
    '%s, back within 30 s of its last heartbeat -> adopted only 300 s after that start',
    (executor) => {
      const rig = new Rig(lane(executor, airflow, [kill, back(70)]));
      const [at = NaN] = rig.times('adopted');
      expect(at).toBeGreaterThanOrEqual(370);
      expect(at).toBeLessThan(372);
      expect(rig.steps('a')).toEqual(['scheduled:1', 'queued:1', 'running:1', 'success:1']);
    },
  );

  test('local, back after 60 s -> reset at its start, one more try without any retries', () => {
    const rig = new Rig(lane('local', airflow, [kill, back(120)]));
    expect(rig.when('a', 'none')).toBe(120);
    expect(rig.steps('a')).toEqual(TWO_TRIES);
    expect(rig.runState()).toBe('success');
  });

  test('local, back within 30 s -> the reset comes 300 s later', () => {
    const rig = new Rig(lane('local', airflow, [kill, back(70)]));
    expect(rig.when('a', 'none')).toBeGreaterThanOrEqual(370);
    expect(rig.when('a', 'none')).toBeLessThan(372);
  });

  test('local, never back -> what runs outside of a container stores its end, nothing follows', () => {
    const dag = dagSpec('d', [job('a', 100), taskSpec('b', ['a'])]);
    const rig = new Rig({ ...lane('local', airflow, [kill]), dags: [dag] }, 400);
    expect(rig.states('a')).toEqual(['scheduled', 'queued', 'running', 'success']);
    // 2.x: the mini-scheduler of the task's own process still schedules what follows.
    expect(rig.states('b')).toEqual(airflow === '3.3.2' ? [] : ['scheduled']);
    expect(rig.runState()).toBe('running');
  });

  test('local in a container -> its tasks die with it and stay running until the reset', () => {
    const faults = [{ ...kill, args: { children: 'die' } }, back(800)];
    const rig = new Rig(lane('local', airflow, faults));
    expect(rig.when('a', 'none')).toBe(800);
    expect(rig.steps('a').at(-1)).toBe('success:2');
  });
});

test('F1 3.3.2 local: the old process -> stopped by its next beat and 5 s, the tries overlap', () => {
  const rig = new Rig(lane('local', '3.3.2', [kill, back(120)]));
  const second = rig.when('a', 'running', 2);
  expect(second).toBeLessThan(125);
  expect(rig.engine.plant.busyLines).toBe(0);
});

describe('F2: killed after the commit, before the hand-over', () => {
  const atHandOff = { at_s: 0, what: 'kill', part: 'scheduler-1', args: { moment: 'hand_off' } };
  const faults = [atHandOff, back(100)];

  test('3.3.2 celery -> adopted without a message, then stuck in queued: sent again, same try', () => {
    const rig = new Rig(lane('celery', '3.3.2', faults));
    const queued = rig.when('a', 'queued');
    expect(rig.times('adopted')).toEqual([100]);
    const stuck = rig.when('a', 'scheduled', 2);
    expect(stuck - queued).toBeGreaterThan(600);
    expect(stuck - queued).toBeLessThan(721);
    expect(rig.steps('a').slice(-3)).toEqual(['queued:1', 'running:1', 'success:1']);
  });

  test.each([
    ['2.11.2', 'celery'],
    ['3.3.2', 'kubernetes'],
    ['2.11.2', 'kubernetes'],
    ['3.3.2', 'local'],
    ['2.11.2', 'local'],
  ] as const)('%s %s -> reset, one more try', (airflow, executor) => {
    const rig = new Rig(lane(executor, airflow, faults));
    expect(rig.when('a', 'none')).toBe(100);
    expect(rig.steps('a').slice(0, 4)).toEqual([
      'scheduled:1',
      'queued:1',
      'none:1',
      'scheduled:2',
    ]);
    expect(rig.runState()).toBe('success');
  });
});

describe.each(BOTH)('F3 %s: several schedulers', (airflow) => {
  const dags = [1, 2, 3, 4].map((n) =>
    dagSpec(
      `d${n}`,
      Array.from({ length: 40 }, (_, i) => job(`t${i}`, 5)),
      { max_active_tasks: 40 },
    ),
  );

  test.each(['celery', 'local', 'kubernetes'] as const)(
    '%s, three of them -> each task instance runs once, no extra state, they share the work',
    (executor) => {
      const base = scenarioOf(dags, { executor, airflow, fleet: twoSchedulers(3) });
      const rig = new Rig({ ...base, config: { 'core.parallelism': 20 } });
      const { taskInstances: tis } = rig.engine.ctx.world;
      const jobs = new Set<number>();
      for (let ti = 0; ti < tis.rows; ti++) {
        expect(tis.try_number[ti]).toBe(1);
        jobs.add(tis.queued_by_job_id[ti]!);
      }
      expect(rig.steps('t3')).toEqual(['scheduled:1', 'queued:1', 'running:1', 'success:1']);
      expect(jobs.size).toBeGreaterThan(1);
      expect(rig.engine.plant.executors.map((each) => each.slotsOccupied())).toEqual([0, 0, 0]);
      expect(rig.engine.done()).toBe(true);
    },
  );

  test('a critical section that is held -> the other one goes on without it', () => {
    const latencies = { 'scheduler.queue_ti': 0.5 };
    const base = scenarioOf(dags, { executor: 'celery', airflow, latencies });
    const rig = new Rig({ ...base, fleet: twoSchedulers() });
    expect(rig.times('criticalSectionBusy').length).toBeGreaterThan(0);
    expect(rig.engine.done()).toBe(true);
  });
});

describe.each(BOTH)('F4 %s: a scheduler is silent, another one takes over, it wakes', (airflow) => {
  const stall = { at_s: 250, what: 'stall', part: 'scheduler-1', args: { for_s: 400 } };
  const owner = { at_s: 0, what: 'stall', part: 'scheduler-2', args: { for_s: 5 } };
  const fleet = twoSchedulers();

  test.each(['celery', 'kubernetes'] as const)(
    '%s -> adopted once, same try; two running jobs again; no slot stays taken',
    (executor) => {
      const rig = new Rig(lane(executor, airflow, [owner, stall], { fleet }));
      expect(rig.steps('a')).toEqual(['scheduled:1', 'queued:1', 'running:1', 'success:1']);
      const adopted = rig.times('adopted');
      expect(adopted.length).toBe(1);
      expect(adopted[0]).toBeGreaterThan(280);
      expect(adopted[0]).toBeLessThan(610);
      const { jobs } = rig.engine.ctx.world;
      expect([jobs.state[0], jobs.state[1]]).toEqual([0, 0]);
      expect(rig.engine.plant.executors.map((each) => each.slotsOccupied())).toEqual([0, 0]);
    },
  );

  test('local -> reset, a second try beside the first, no double failure', () => {
    const rig = new Rig(lane('local', airflow, [owner, stall], { fleet }));
    expect(rig.steps('a')).toEqual(TWO_TRIES);
    expect(rig.runState()).toBe('success');
  });
});

describe.each(BOTH)('F33 %s: clean stop', (airflow) => {
  const stop = { at_s: 60, what: 'stop', part: 'scheduler-1' };

  test.each(['celery', 'kubernetes'] as const)(
    '%s, back after 10 s -> adopted at once: the job has ended, nobody waits for 30 s',
    (executor) => {
      const rig = new Rig(lane(executor, airflow, [stop, back(70)]));
      expect(rig.times('schedulerDies')).toEqual([60]);
      expect(rig.times('adopted')).toEqual([70]);
      expect(rig.steps('a').at(-1)).toBe('success:1');
    },
  );

  test('local, to be back before its tasks have ended -> starts when they have', () => {
    const stop = { at_s: 60, what: 'stop', part: 'scheduler-1', args: { for_s: 20 } };
    const rig = new Rig(lane('local', airflow, [stop]));
    const [dies = NaN] = rig.times('schedulerDies');
    const [starts = NaN] = rig.times('schedulerStarts');
    expect(dies).toBeGreaterThan(600);
    expect(starts).toBeGreaterThanOrEqual(dies);
    expect(starts - dies).toBeLessThanOrEqual(5);
    expect(rig.runState()).toBe('success');
  });

  test('local -> waits for what runs and what is in its pipe, in order, then its job ends', () => {
    const dag = dagSpec('d', [job('a', 100), job('b', 100), taskSpec('c', ['a'])]);
    const base = lane('local', airflow, [stop], { config: { 'core.parallelism': 1 } });
    const rig = new Rig({ ...base, dags: [dag] }, 900);
    const { jobs } = rig.engine.ctx.world;
    expect(rig.states('a').at(-1)).toBe('success');
    // 2.x: what the executor has no slot for waits as scheduled, not in its pipe.
    expect(rig.states('b').at(-1)).toBe(airflow === '3.3.2' ? 'success' : 'scheduled');
    expect(jobs.state[0]).toBe(1);
    const end = rig.when(airflow === '3.3.2' ? 'b' : 'a', 'success');
    expect(jobs.end_date[0]! / 1e6 - end).toBeLessThan(7);
    expect(rig.states('c')).not.toContain('queued');
  });
});

test('F33 2.11.2 sequential: the rest of the batch is run before the exit', () => {
  const dag = dagSpec('d', [job('a', 100), job('b', 100), job('c', 100)]);
  const stop = { at_s: 60, what: 'stop', part: 'scheduler-1' };
  const rig = new Rig({ ...lane('sequential', '2.11.2', [stop]), dags: [dag] }, 900);
  expect(['a', 'b', 'c'].map((id) => rig.states(id).at(-1))).toEqual(Array(3).fill('success'));
  expect(rig.engine.ctx.world.jobs.state[0]).toBe(1);
});
