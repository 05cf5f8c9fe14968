/**
 * Periods of partition keys (3.x): wall-clock times as microseconds without a zone, the formats
 * that keys have, and the windows that name the members of a period.
 * Source: partition_mappers/temporal.py, window.py.
 */
import { modulo, US_PER_DAY, US_PER_HOUR, US_PER_MINUTE } from '../timetables/civil.ts';
import { civilFromUs, daysInMonth, usFromCivil, weekdayOfDays } from '../timetables/civil.ts';
import { strftime } from '../timetables/strftime.ts';

export const UNITS = ['Hour', 'Day', 'Week', 'Month', 'Quarter', 'Year'] as const;
export type Unit = (typeof UNITS)[number];

const DIGITS: Readonly<Record<string, string>> = {
  Y: '\\d{4}',
  m: '\\d{2}',
  d: '\\d{2}',
  H: '\\d{2}',
  M: '\\d{2}',
  S: '\\d{2}',
  V: '\\d{2}',
};

/** Wall-clock time of a key in its format; null when it does not fit. */
export function readKey(key: string, format: string): number | null {
  const names: string[] = [];
  const pattern = format
    .replace(/[.*+?^$()|[\]\\]/g, '\\$&')
    .replace(/%([a-zA-Z])|\{quarter\}/g, (_, letter?: string) => {
      names.push(letter ?? 'quarter');
      return `(${letter === undefined ? '[1-4]' : (DIGITS[letter] ?? '\\w+')})`;
    });
  const match = new RegExp(`^${pattern}$`).exec(key);
  if (match === null) return null;
  const found = new Map(names.map((name, i) => [name, Number(match[i + 1])]));
  const year = found.get('Y');
  if (year === undefined) return null;
  const quarter = found.get('quarter');
  const month = found.get('m') ?? (quarter === undefined ? 1 : quarter * 3 - 2);
  const day = found.get('d') ?? 1;
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return null;
  const time = {
    hour: found.get('H') ?? 0,
    minute: found.get('M') ?? 0,
    second: found.get('S') ?? 0,
  };
  if (time.hour > 23 || time.minute > 59 || time.second > 59) return null;
  return usFromCivil({ year, month, day, ...time, micro: 0 });
}

export function writeKey(local: number, format: string): string {
  const quarter = Math.ceil(civilFromUs(local).month / 3);
  return strftime(local, 'UTC', format).replaceAll('{quarter}', String(quarter));
}

/** Beginning of the period that holds the moment. */
export function startOf(unit: Unit, local: number): number {
  if (unit === 'Hour') return local - modulo(local, US_PER_HOUR);
  const day = local - modulo(local, US_PER_DAY);
  if (unit === 'Day') return day;
  if (unit === 'Week') {
    return day - modulo(weekdayOfDays(Math.floor(day / US_PER_DAY)) - 1, 7) * US_PER_DAY;
  }
  const { year, month } = civilFromUs(local);
  if (unit === 'Month') return firstOf(year, month);
  return unit === 'Quarter' ? firstOf(year, Math.ceil(month / 3) * 3 - 2) : firstOf(year, 1);
}

function firstOf(year: number, month: number): number {
  return usFromCivil({ year, month, day: 1, hour: 0, minute: 0, second: 0, micro: 0 });
}

function shiftMonths(local: number, months: number): number {
  const { year, month } = civilFromUs(local);
  const total = year * 12 + month - 1 + months;
  return firstOf(Math.floor(total / 12), modulo(total, 12) + 1);
}

/** Members of the window that begins (backward: ends) at a moment; null where it may not begin. */
export function membersOf(unit: Unit, start: number, backward: boolean): number[] | null {
  if (unit === 'Hour') return steps(start, 60, backward, (at, i) => at + i * US_PER_MINUTE);
  if (unit === 'Day') return steps(start, 24, backward, (at, i) => at + i * US_PER_HOUR);
  if (unit === 'Week') return steps(start, 7, backward, (at, i) => at + i * US_PER_DAY);
  const { year, month, day } = civilFromUs(start);
  if (day !== 1) return null;
  if (unit === 'Quarter') return steps(start, 3, backward, shiftMonths);
  if (unit === 'Year') return steps(start, 12, backward, shiftMonths);
  if (!backward) {
    return steps(start, daysInMonth(year, month), false, (at, i) => at + i * US_PER_DAY);
  }
  const before = shiftMonths(start, -1);
  const days = (start - before) / US_PER_DAY;
  return Array.from({ length: days }, (_, i) => before + (i + 1) * US_PER_DAY);
}

type Step = (at: number, by: number) => number;

function steps(start: number, count: number, backward: boolean, step: Step): number[] {
  const base = backward ? step(start, 1 - count) : start;
  return Array.from({ length: count }, (_, i) => step(base, i));
}
