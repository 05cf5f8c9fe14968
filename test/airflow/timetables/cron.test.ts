import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseCron } from '../../../src/airflow/timetables/cronExpression.ts';
import { cronAfter, cronBefore } from '../../../src/airflow/timetables/cronSearch.ts';
import { attempt } from '../../../src/airflow/timetables/failure.ts';
import { formatIso, parseIso } from '../../../src/airflow/timetables/index.ts';

const at = (text: string): number => parseIso(text) ?? NaN;

function after(cron: string, from: string, count = 1): string[] {
  const found: string[] = [];
  let local = at(from);
  for (let i = 0; i < count; i += 1) {
    local = cronAfter(parseCron(cron), local);
    found.push(formatIso(local).slice(0, 16));
  }
  return found;
}

function failure(cron: string): string | null {
  const answer = attempt(() => parseCron(cron));
  return 'failure' in answer ? answer.failure : null;
}

describe('cron', () => {
  test.each([
    ['0 6 * * *', '2025-01-10T12:00', ['2025-01-11T06:00', '2025-01-12T06:00']],
    ['*/15 22-2 * * *', '2025-01-10T22:40', ['2025-01-10T22:45', '2025-01-10T23:00']],
    ['0 0 29 2 *', '2025-01-01', ['2028-02-29T00:00', '2032-02-29T00:00']],
    ['0 0 L * *', '2025-01-31', ['2025-02-28T00:00', '2025-03-31T00:00']],
    ['0 0 15W * *', '2025-02-01', ['2025-02-14T00:00', '2025-03-14T00:00']],
    ['0 0 * * fri#3', '2025-01-01', ['2025-01-17T00:00', '2025-02-21T00:00']],
    ['0 0 * * L5', '2025-01-01', ['2025-01-31T00:00', '2025-02-28T00:00']],
    ['0 0 13 * 5', '2025-01-10', ['2025-01-13T00:00', '2025-01-17T00:00']],
    ['59/15 * * * *', '2025-01-10T00:00', ['2025-01-10T00:59', '2025-01-10T01:59']],
    ['@quarterly', '2025-01-10', ['2025-04-01T00:00', '2025-07-01T00:00']],
    ['@MIDNIGHT', '2025-01-10', ['2025-01-11T00:00', '2025-01-12T00:00']],
    ['30 8 * * 1 0 2026', '2025-01-10', ['2026-01-05T08:30', '2026-01-12T08:30']],
  ])('%s after %s -> the named moments', (cron, from, expected) => {
    expect(after(cron, from, 2)).toEqual(expected);
  });

  test.each([
    ['* * * *', 'CroniterBadCronError'],
    ['60 * * * *', 'CroniterBadCronError'],
    ['* * * * sunday', 'CroniterNotAlphaError'],
    ['0 0 * * 1,5#3', 'CroniterUnsupportedSyntaxError'],
    ['0 0 1,15W * *', 'CroniterBadCronError'],
    ['? * * * *', 'CroniterBadCronError'],
    ['', 'CroniterBadCronError'],
  ])('"%s" -> %s', (cron, exception) => {
    expect(failure(cron)).toBe(exception);
  });

  test('a date that never comes -> valid, and an error when it is asked for', () => {
    const never = parseCron('0 0 30 2 *');
    expect(attempt(() => cronAfter(never, 0))).toEqual({ failure: 'CroniterBadDateError' });
  });

  test('any expression -> after and before find each other, and nothing lies between', () => {
    const field = (low: number, high: number): fc.Arbitrary<string> =>
      fc.oneof(
        fc.constant('*'),
        fc.integer({ min: low, max: high }).map(String),
        fc.integer({ min: 1, max: 9 }).map((step) => `*/${step}`),
      );
    const cron = fc
      .tuple(field(0, 59), field(0, 23), field(1, 28), field(1, 12), field(0, 6))
      .map((parts) => parts.join(' '));
    const moment = fc.integer({ min: 0, max: 2_000_000_000 }).map((s) => s * 1_000_000);
    fc.assert(
      fc.property(cron, moment, (text, from) => {
        const compiled = parseCron(text);
        const next = cronAfter(compiled, from);
        expect(next).toBeGreaterThan(from);
        expect(cronBefore(compiled, next + 1)).toBe(next);
        expect(cronBefore(compiled, next)).toBeLessThanOrEqual(from);
      }),
    );
  });
});
