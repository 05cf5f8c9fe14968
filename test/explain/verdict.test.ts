import { expect, test } from 'vitest';
import type { LaneInfo } from '../../src/explain/frame.ts';
import { verdictOf } from '../../src/explain/verdict.ts';
import type { VerdictLane } from '../../src/explain/verdict.ts';
import { info } from './handmade.ts';

const t = 60_000_000;

function lane(
  executor: LaneInfo['executor'],
  finished: number,
  more: Partial<LaneInfo> = {},
  startup: number | null = 1_000_000,
): VerdictLane {
  const slots = more.slots ?? 8;
  return {
    info: {
      ...info,
      id: executor,
      executor,
      slots,
      makespan: 120_000_000,
      end: 120_000_000,
      ...more,
    },
    snapshot: {
      t,
      counts: [],
      finished,
      total: 100,
      slotsWorking: 4,
      slotsStarting: 0,
      slots,
      waitP95: null,
      groups: [],
      broken: [],
      unexpanded: [],
      loop: { last: 0, busyUntil: 0, blockedSince: null },
      dagRuns: [],
    },
    startup,
  };
}

test('verdict: one lane ahead of others -> it leads, with what decides', () => {
  const lanes = [lane('local', 20), lane('celery', 60, { slots: 24 })];
  expect(verdictOf(lanes, false, t)).toEqual({
    code: 'leads',
    params: { lane: 'celery', finished: 60, total: 100 },
    because: { code: 'more_slots', params: { lane: 'celery', slots: 24, other_slots: 8 } },
  });
});

test('verdict: the leader has fewer slots than Kubernetes -> the pods are the reason', () => {
  const pods = lane('kubernetes', 40, { slots: 32 }, 13_000_000);
  const { because } = verdictOf([lane('celery', 60, { slots: 24 }), pods], false, t);
  expect(because).toMatchObject({ code: 'startup', params: { startup_us: 13_000_000 } });
});

test('verdict: a larger lane behind for no known reason -> nothing is claimed', () => {
  const { because } = verdictOf([lane('celery', 60), lane('local', 40, { slots: 16 })], false, t);
  expect(because).toBeNull();
});

test('verdict: start, level, tied -> said so', () => {
  expect(verdictOf([lane('local', 0)], false, 0).code).toBe('start');
  expect(verdictOf([lane('local', 5), lane('celery', 5)], false, t).code).toBe('level');
  const three = [lane('local', 5), lane('celery', 5), lane('kubernetes', 1)];
  expect(verdictOf(three, false, t).code).toBe('tied');
  expect(verdictOf([], true, t).code).toBe('computing');
});

test('verdict: lanes end -> the first one done, then fastest and slowest', () => {
  const fast = lane('celery', 100, { makespan: 50_000_000 });
  const slow = lane('local', 50, { makespan: 90_000_000 });
  expect(verdictOf([slow, fast], false, t)).toMatchObject({
    code: 'first_done',
    params: { lane: 'celery', time_us: 50_000_000 },
  });
  expect(verdictOf([slow, fast], false, 95_000_000)).toMatchObject({
    code: 'all_done',
    params: { lane: 'celery', other: 'local', other_us: 90_000_000 },
  });
  expect(verdictOf([fast], false, t).code).toBe('single_done');
});

test('verdict: a lane that never ends -> stands still, once its time is over', () => {
  const still = lane('celery', 40, { makespan: null, end: 50_000_000 });
  expect(verdictOf([still, lane('local', 60)], false, t)).toMatchObject({
    code: 'stuck',
    params: { lane: 'celery', waiting: 56 },
  });
  expect(verdictOf([still, lane('local', 60)], false, 40_000_000).code).not.toBe('stuck');
});
