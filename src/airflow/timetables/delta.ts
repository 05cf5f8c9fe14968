/**
 * Spans of time: fixed ones (Python's timedelta) and calendar ones (dateutil's relativedelta),
 * added to and taken from instants on the UTC calendar.
 */
import {
  civilFromUs,
  daysInMonth,
  isLeapYear,
  modulo,
  US_PER_DAY,
  US_PER_HOUR,
  US_PER_MINUTE,
  US_PER_SECOND,
  usFromCivil,
  weekdayOfDays,
} from './civil.ts';

/** Fields of a relativedelta. Plural: added. Singular: set; 0 is lost when a DAG is stored. */
export interface RelativeDelta {
  readonly years?: number;
  readonly months?: number;
  readonly weeks?: number;
  readonly days?: number;
  readonly leapdays?: number;
  readonly hours?: number;
  readonly minutes?: number;
  readonly seconds?: number;
  readonly microseconds?: number;
  readonly year?: number;
  readonly month?: number;
  readonly day?: number;
  readonly hour?: number;
  readonly minute?: number;
  readonly second?: number;
  readonly microsecond?: number;
  /** Weekday (0 Monday) and optionally which one: n-th after, or before when negative. */
  readonly weekday?: readonly number[];
}

/** A fixed span in microseconds, or a calendar one. */
export type Delta = { readonly us: number } | { readonly relative: RelativeDelta };

export const NO_TIME: Delta = { us: 0 };

/** What remains of a delta in the stored DAG: fields that are zero are gone. */
export function asStored(delta: Delta): Delta {
  if ('us' in delta) return delta;
  const kept = Object.entries(normalized(delta.relative)).filter(([, value]) => value);
  return { relative: Object.fromEntries(kept) };
}

export function addDelta(us: number, delta: Delta): number {
  return 'us' in delta ? us + delta.us : addRelative(us, delta.relative, 1);
}

export function subtractDelta(us: number, delta: Delta): number {
  return 'us' in delta ? us - delta.us : addRelative(us, delta.relative, -1);
}

/** True when the delta counts in months or years, which have no fixed length. */
export function isCalendar(delta: Delta): boolean {
  if ('us' in delta) return false;
  const { months = 0, years = 0 } = normalized(delta.relative);
  return months !== 0 || years !== 0;
}

/** Length in seconds with months of 30 and years of 365 days; set fields count nothing. */
export function roughSeconds(delta: Delta): number {
  if ('us' in delta) return delta.us / US_PER_SECOND;
  const {
    years = 0,
    months = 0,
    days = 0,
    hours = 0,
    minutes = 0,
    seconds = 0,
  } = normalized(delta.relative);
  const wholeDays = years * 365 + months * 30 + days;
  return wholeDays * 86_400 + hours * 3_600 + minutes * 60 + seconds;
}

type Sums = Record<
  'years' | 'months' | 'days' | 'hours' | 'minutes' | 'seconds' | 'microseconds',
  number
>;

/** Carries seconds into minutes and so on, each with the sign of the whole, as dateutil does. */
function normalized(delta: RelativeDelta): RelativeDelta {
  const { weeks = 0, ...rest } = delta;
  const sums: Sums = {
    years: delta.years ?? 0,
    months: delta.months ?? 0,
    days: (delta.days ?? 0) + weeks * 7,
    hours: delta.hours ?? 0,
    minutes: delta.minutes ?? 0,
    seconds: delta.seconds ?? 0,
    microseconds: delta.microseconds ?? 0,
  };
  carry(sums, 'microseconds', 'seconds', US_PER_SECOND);
  carry(sums, 'seconds', 'minutes', 60);
  carry(sums, 'minutes', 'hours', 60);
  carry(sums, 'hours', 'days', 24);
  carry(sums, 'months', 'years', 12);
  return { ...rest, ...sums };
}

function carry(sums: Sums, from: keyof Sums, to: keyof Sums, size: number): void {
  if (Math.abs(sums[from]) < size) return;
  const whole = Math.trunc(sums[from] / size);
  sums[from] -= whole * size;
  sums[to] += whole;
}

function addRelative(us: number, delta: RelativeDelta, sign: 1 | -1): number {
  const sums = normalized(delta);
  const civil = civilFromUs(us);
  const monthsAway = (delta.month ?? civil.month) - 1 + sign * (sums.months ?? 0);
  const year = (delta.year ?? civil.year) + sign * (sums.years ?? 0) + Math.floor(monthsAway / 12);
  const month = modulo(monthsAway, 12) + 1;
  const moved = usFromCivil({
    year,
    month,
    day: Math.min(daysInMonth(year, month), delta.day ?? civil.day),
    hour: delta.hour ?? civil.hour,
    minute: delta.minute ?? civil.minute,
    second: delta.second ?? civil.second,
    micro: delta.microsecond ?? civil.micro,
  });
  // Leap days are not turned round when a delta is taken away.
  const leap = month > 2 && isLeapYear(year) ? (sums.leapdays ?? 0) : 0;
  return toWeekday(moved + sign * fixedPart(sums) + leap * US_PER_DAY, delta.weekday);
}

function fixedPart(sums: RelativeDelta): number {
  return (
    (sums.days ?? 0) * US_PER_DAY +
    (sums.hours ?? 0) * US_PER_HOUR +
    (sums.minutes ?? 0) * US_PER_MINUTE +
    (sums.seconds ?? 0) * US_PER_SECOND +
    (sums.microseconds ?? 0)
  );
}

/** Moves on to the n-th such weekday, today included; back when n is negative. */
function toWeekday(us: number, weekday: readonly number[] | undefined): number {
  if (weekday === undefined) return us;
  const [wanted = 0, nth = 1] = weekday;
  const today = modulo(weekdayOfDays(Math.floor(us / US_PER_DAY)) - 1, 7);
  const weeks = (Math.abs(nth) - 1) * 7;
  const days = nth > 0 ? weeks + modulo(wanted - today, 7) : -(weeks + modulo(today - wanted, 7));
  return us + days * US_PER_DAY;
}
