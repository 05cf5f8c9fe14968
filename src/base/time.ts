/**
 * Virtual time: whole microseconds since the origin of the scenario, as Airflow's own resolution.
 * A double holds whole numbers exactly up to 2^53 - 1, which is 285 years of microseconds.
 */
import { assert } from './assert.ts';

declare const simTimeBrand: unique symbol;
/** A point in virtual time, or a span of it: integer microseconds. */
export type SimTime = number & { readonly [simTimeBrand]: true };

const US_PER_MS = 1_000;
export const US_PER_SECOND = 1_000_000;

/** Brands a whole number of microseconds; throws on fractions and unsafe sizes. */
export function us(microseconds: number): SimTime {
  assert(Number.isSafeInteger(microseconds), 'time must be whole microseconds', { microseconds });
  return microseconds as SimTime;
}

/** Milliseconds to virtual time, rounded to the nearest microsecond. */
export function ms(milliseconds: number): SimTime {
  return us(Math.round(milliseconds * US_PER_MS));
}

/** Seconds to virtual time, rounded to the nearest microsecond. */
export function seconds(count: number): SimTime {
  return us(Math.round(count * US_PER_SECOND));
}

export function minutes(count: number): SimTime {
  return seconds(count * 60);
}

export function hours(count: number): SimTime {
  return seconds(count * 3_600);
}

export function days(count: number): SimTime {
  return seconds(count * 86_400);
}

/** `a + b`, still branded. */
export function plus(a: SimTime, b: SimTime): SimTime {
  return (a + b) as SimTime;
}

/** `a - b`, still branded. */
export function minus(a: SimTime, b: SimTime): SimTime {
  return (a - b) as SimTime;
}

export function toSeconds(time: SimTime): number {
  return time / US_PER_SECOND;
}
