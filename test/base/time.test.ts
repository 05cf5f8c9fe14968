import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  days,
  hours,
  minus,
  minutes,
  ms,
  plus,
  seconds,
  toSeconds,
  us,
} from '../../src/base/time.ts';

test('units: converted -> whole microseconds', () => {
  const all = [us(7), ms(1.5), seconds(0.1), minutes(1), hours(1), days(1)];
  expect(all).toEqual([7, 1_500, 100_000, 60_000_000, 3_600_000_000, 86_400_000_000]);
});

test('us: fraction, NaN or beyond 2^53 -> throws', () => {
  for (const wrong of [0.5, Number.NaN, 2 ** 53])
    expect(() => us(wrong)).toThrow('whole microseconds (microseconds=');
});

test('plus, minus: any two times -> exact inverses', () => {
  const time = fc.integer({ min: -4e15, max: 4e15 }).map(us);
  fc.assert(fc.property(time, time, (a, b) => minus(plus(a, b), b) === a));
});

test('toSeconds: times of a century -> come back exactly', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 3_155_760_000_000_000 }).map(us), (time) => {
      expect(seconds(toSeconds(time))).toBe(time);
    }),
  );
});
