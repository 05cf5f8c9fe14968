/**
 * The next or previous moment that a cron expression names, on a clock without zones: times are
 * local microseconds counted as if they were UTC.
 */
import {
  civilFromDays,
  daysFromCivil,
  daysInMonth,
  US_PER_DAY,
  US_PER_MINUTE,
  US_PER_SECOND,
  weekdayOfDays,
} from './civil.ts';
import type { Cron } from './cronExpression.ts';
import { TimetableFailure } from './failure.ts';

/** croniter gives up when nothing fits within so many years. */
const MAX_YEARS = 50;

/** First moment after `local`. Throws CroniterBadDateError when none comes within 50 years. */
export function cronAfter(cron: Cron, local: number): number {
  const unit = cron.hasSeconds ? US_PER_SECOND : US_PER_MINUTE;
  return search(cron, Math.floor(local / unit) * unit + unit, 1);
}

/** Last moment before `local`. */
export function cronBefore(cron: Cron, local: number): number {
  const unit = cron.hasSeconds ? US_PER_SECOND : US_PER_MINUTE;
  return search(cron, Math.floor((local - 1) / unit) * unit, -1);
}

type Way = 1 | -1;

/** Days by themselves, or by month day OR weekday when both are restricted. */
function search(cron: Cron, from: number, way: Way): number {
  const restricted = cron.days !== null || cron.lastDay || cron.nearestWeekday !== null;
  const byWeekday = cron.weekdays !== null;
  if (!restricted || !byWeekday) return searchDays(cron, from, way, restricted, byWeekday);
  // With # or W neither half can be left out, and one half that never comes fails the whole.
  const isStrict = cron.nthWeekdays.size > 0 || cron.nearestWeekday !== null;
  const halves = [half(cron, from, way, true), half(cron, from, way, false)];
  const found = halves.filter((moment) => moment !== null);
  if (found.length === 0 || (isStrict && found.length < 2)) throw neverComes(way);
  return way === 1 ? Math.min(...found) : Math.max(...found);
}

function half(cron: Cron, from: number, way: Way, byDay: boolean): number | null {
  try {
    return searchDays(cron, from, way, byDay, !byDay);
  } catch (error) {
    if (error instanceof TimetableFailure) return null;
    throw error;
  }
}

function neverComes(way: Way): TimetableFailure {
  const which = way === 1 ? 'next' : 'previous';
  return new TimetableFailure('CroniterBadDateError', `there is no ${which} date`);
}

function searchDays(
  cron: Cron,
  from: number,
  way: Way,
  byDay: boolean,
  byWeekday: boolean,
): number {
  const firstDay = Math.floor(from / US_PER_DAY);
  const startYear = civilFromDays(firstDay).year;
  for (let day = firstDay; ;) {
    const { year, month, day: dayOfMonth } = civilFromDays(day);
    if (Math.abs(year - startYear) > MAX_YEARS) throw neverComes(way);
    if (!isIn(cron.years, year)) {
      day = way === 1 ? daysFromCivil(year + 1, 1, 1) : daysFromCivil(year, 1, 1) - 1;
      continue;
    }
    if (!isIn(cron.months, month)) {
      day = otherMonth(year, month, way);
      continue;
    }
    if (fitsDay(cron, year, month, dayOfMonth, day, byDay, byWeekday)) {
      const time = timeOfDay(cron, day === firstDay ? from - day * US_PER_DAY : null, way);
      if (time !== null) return day * US_PER_DAY + time;
    }
    day += way;
  }
}

function otherMonth(year: number, month: number, way: Way): number {
  if (way === -1) return daysFromCivil(year, month, 1) - 1;
  return month === 12 ? daysFromCivil(year + 1, 1, 1) : daysFromCivil(year, month + 1, 1);
}

function isIn(allowed: readonly number[] | null, value: number): boolean {
  return allowed === null || allowed.includes(value);
}

function fitsDay(
  cron: Cron,
  year: number,
  month: number,
  day: number,
  dayNumber: number,
  byDay: boolean,
  byWeekday: boolean,
): boolean {
  const last = daysInMonth(year, month);
  if (cron.nearestWeekday !== null) {
    if (day !== nearestWeekday(year, month, Math.min(cron.nearestWeekday, last))) return false;
  } else if (byDay && !isIn(cron.days, day) && !(cron.lastDay && day === last)) {
    return false;
  }
  const weekday = weekdayOfDays(dayNumber);
  if (cron.nthWeekdays.size > 0) return isNth(cron.nthWeekdays.get(weekday), day, last);
  return !byWeekday || isIn(cron.weekdays, weekday);
}

function isNth(which: ReadonlySet<number> | undefined, day: number, last: number): boolean {
  if (!which) return false;
  return which.has(Math.ceil(day / 7)) || (which.has(0) && day + 7 > last);
}

/** The Monday to Friday nearest to a day, within its month. */
function nearestWeekday(year: number, month: number, day: number): number {
  const weekday = weekdayOfDays(daysFromCivil(year, month, day));
  if (weekday === 6) return day > 1 ? day - 1 : day + 2;
  if (weekday === 0) return day < daysInMonth(year, month) ? day + 1 : day - 2;
  return day;
}

const ZERO = [0];
const ALL_24 = Array.from({ length: 24 }, (_, i) => i);
const ALL_60 = Array.from({ length: 60 }, (_, i) => i);

/**
 * First (or last) allowed time of a day in microseconds, not before (not after) `bound`; null
 * bound = the whole day. null = none.
 */
function timeOfDay(cron: Cron, bound: number | null, way: Way): number | null {
  const clock = [
    cron.hours ?? ALL_24,
    cron.minutes ?? ALL_60,
    cron.hasSeconds ? (cron.seconds ?? ALL_60) : ZERO,
  ];
  const lists = way === 1 ? clock : clock.map((values) => [...values].reverse());
  const limit = bound ?? (way === 1 ? 0 : US_PER_DAY);
  for (const hour of lists[0] ?? ZERO) {
    for (const minute of lists[1] ?? ZERO) {
      for (const second of lists[2] ?? ZERO) {
        const time = ((hour * 60 + minute) * 60 + second) * US_PER_SECOND;
        if (way === 1 ? time >= limit : time <= limit) return time;
      }
    }
  }
  return null;
}
