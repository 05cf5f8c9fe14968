import { describe, expect, test } from 'vitest';
import { profileOf } from '../../../src/airflow/profile/index.ts';
import {
  formatIso,
  type LastRun,
  manualInterval,
  nextRun,
  parseIso,
  restrictionOf,
  type Restriction,
  runsBetween,
  type Timetable,
  timetableOf,
} from '../../../src/airflow/timetables/index.ts';

const NEW = profileOf('3.3.2');
const OLD = profileOf('2.11.2');
const us = (text: string): number => parseIso(text) ?? NaN;
const NOW = us('2025-01-10T12:00:00Z');
const START = us('2025-01-01');
const daily = { kind: 'text', text: '@daily' } as const;

/** Logical dates (day of the month) of the runs that are due now, and when the next one fires. */
function due(profile: typeof NEW, timetable: Timetable, catchup: boolean): [string[], string] {
  const restriction: Restriction = { earliest: START, latest: null, catchup };
  const dates: string[] = [];
  let last: LastRun | null = null;
  for (;;) {
    const { run } = nextRun(profile, timetable, last, restriction, NOW);
    if (!run) throw new Error('no run');
    if (run.runAfter > NOW) return [dates, formatIso(run.runAfter)];
    dates.push(formatIso(run.interval?.start ?? 0).slice(8, 16));
    last = run;
  }
}

describe('next run', () => {
  test('worked example of the specification: trigger timetable with catchup -> ten runs', () => {
    const [dates, next] = due(NEW, timetableOf(NEW, daily, 'UTC', false), true);
    expect([dates.length, dates[0], dates.at(-1)]).toEqual([10, '01T00:00', '10T00:00']);
    expect(next).toBe('2025-01-11T00:00:00Z');
  });

  test('worked example: trigger timetable without catchup -> the newest tick', () => {
    expect(due(NEW, timetableOf(NEW, daily, 'UTC', false), false)).toEqual([
      ['10T00:00'],
      '2025-01-11T00:00:00Z',
    ]);
  });

  test('worked example: data intervals with and without catchup', () => {
    const timetable = timetableOf(OLD, daily, 'UTC', true);
    const [dates] = due(OLD, timetable, true);
    expect([dates.length, dates[0], dates.at(-1)]).toEqual([9, '01T00:00', '09T00:00']);
    expect(due(OLD, timetable, false)[0]).toEqual(['09T00:00']);
  });

  test('worked example: a day as delta without catchup -> now, then a day later', () => {
    const written = { kind: 'delta', delta: { us: 86_400_000_000 } } as const;
    expect(due(NEW, timetableOf(NEW, written, 'UTC', false), false)).toEqual([
      ['10T12:00'],
      '2025-01-11T12:00:00Z',
    ]);
  });

  test('daylight saving of the specification -> local time stays, intervals change', () => {
    const timetable = {
      kind: 'cron_interval',
      cron: '0 2 * * *',
      timezone: 'Europe/Zurich',
    } as const;
    const boundaries = (day: string): string[] =>
      runsBetween(NEW, timetable, us(day), us(day) + 50 * 3_600_000_000, NOW, 3).map((run) =>
        formatIso(run.interval?.start ?? 0),
      );
    expect(boundaries('2023-03-25')).toEqual([
      '2023-03-25T01:00:00Z',
      '2023-03-26T01:00:00Z',
      '2023-03-27T00:00:00Z',
    ]);
    expect(boundaries('2023-10-28')).toEqual([
      '2023-10-28T00:00:00Z',
      '2023-10-29T01:00:00Z',
      '2023-10-30T01:00:00Z',
    ]);
  });

  test('a timetable that cannot answer -> no run and the name of the exception', () => {
    const never = timetableOf(NEW, { kind: 'text', text: '0 0 30 2 *' }, 'UTC', false);
    const restriction = { earliest: START, latest: null, catchup: true };
    const failed = { run: null, failure: 'CroniterBadDateError' };
    expect(nextRun(NEW, never, null, restriction, NOW)).toEqual(failed);
    const nowhere = timetableOf(NEW, daily, 'Europe/Nowhere', false);
    expect(nextRun(NEW, nowhere, null, restriction, NOW).run).toBeNull();
  });

  test('a manual run -> the last full interval, or the moment itself', () => {
    const interval = manualInterval(timetableOf(NEW, daily, 'UTC', true), NOW).interval;
    expect(interval).toEqual({ start: us('2025-01-09'), end: us('2025-01-10') });
    const exact = manualInterval(timetableOf(NEW, daily, 'UTC', false), NOW).interval;
    expect(exact).toEqual({ start: NOW, end: NOW });
  });
});

describe('time restriction', () => {
  const none = { start: null, end: null };

  test('tasks with own dates -> earliest start, latest end only if every task has one', () => {
    const dag = { start: 10, end: null };
    const first = { start: 5, end: 50 };
    const second = { start: 20, end: 80 };
    expect(restrictionOf(dag, [first, second], true)).toEqual({
      earliest: 10,
      latest: 80,
      catchup: true,
    });
    expect(restrictionOf(dag, [first, none], true).latest).toBeNull();
    expect(restrictionOf(none, [first, second], true).earliest).toBe(5);
    expect(restrictionOf({ start: null, end: 60 }, [second], false).latest).toBe(60);
    expect(restrictionOf(none, [none], false)).toEqual({
      earliest: null,
      latest: null,
      catchup: false,
    });
  });
});
