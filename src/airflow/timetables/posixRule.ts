/**
 * The rule at the end of a time zone's data, such as `CET-1CEST,M3.5.0,M10.5.0/3`: which offsets
 * hold in the years that are not listed (POSIX TZ with the extensions of RFC 9636).
 */
import { daysFromCivil, daysInMonth, isLeapYear, weekdayOfDays } from './civil.ts';

/** A change of the offset: the instant in seconds since the epoch, and the offset after it. */
export interface OffsetChange {
  readonly at: number;
  readonly offset: number;
}

interface YearDay {
  readonly kind: 'M' | 'J' | 'n';
  readonly numbers: readonly number[];
  /** Seconds after the midnight that begins the day; may be negative or beyond a day. */
  readonly time: number;
}

export interface PosixRule {
  /** Seconds east of UTC. */
  readonly standard: number;
  readonly summer: { offset: number; from: YearDay; to: YearDay } | null;
}

const NAME = '(?:<[^>]+>|[A-Za-z]+)';
const TIME = '[+-]?\\d{1,3}(?::\\d\\d){0,2}';
const RULE = new RegExp(`^${NAME}(${TIME})(?:${NAME}(${TIME})?,([^,]+),([^,]+))?$`);

/** Reads a rule; null when the text is none. */
export function parsePosixRule(text: string): PosixRule | null {
  const found = RULE.exec(text);
  if (!found) return null;
  const standard = 0 - secondsOf(found[1] ?? '0');
  if (found[3] === undefined || found[4] === undefined) return { standard, summer: null };
  const offset = found[2] === undefined ? standard + 3_600 : 0 - secondsOf(found[2]);
  const [from, to] = [parseYearDay(found[3]), parseYearDay(found[4])];
  return from && to ? { standard, summer: { offset, from, to } } : null;
}

/** Both changes of a year, earlier one first; none when the rule has no summer time. */
export function changesOfYear(rule: PosixRule, year: number): OffsetChange[] {
  if (!rule.summer) return [];
  const { offset, from, to } = rule.summer;
  const start = { at: secondsAt(from, year) - rule.standard, offset };
  const end = { at: secondsAt(to, year) - offset, offset: rule.standard };
  return start.at < end.at ? [start, end] : [end, start];
}

function parseYearDay(text: string): YearDay | null {
  const [day = '', time] = text.split('/');
  const found = /^(?:(M)(\d+)\.(\d)\.(\d)|(J?)(\d+))$/.exec(day);
  if (!found) return null;
  const seconds = time === undefined ? 7_200 : secondsOf(time);
  if (found[1] === 'M') {
    return { kind: 'M', numbers: found.slice(2, 5).map(Number), time: seconds };
  }
  return { kind: found[5] === 'J' ? 'J' : 'n', numbers: [Number(found[6])], time: seconds };
}

/** Local seconds of a rule's day and time in a year. */
function secondsAt({ kind, numbers, time }: YearDay, year: number): number {
  const [first = 0, week = 0, weekday = 0] = numbers;
  if (kind === 'M') return dayOfWeek(year, first, week, weekday) * 86_400 + time;
  const newYear = daysFromCivil(year, 1, 1);
  // J counts from 1 and never counts 29 February.
  const skipped = kind === 'J' && isLeapYear(year) && first >= 60 ? 1 : 0;
  return (newYear + first - (kind === 'J' ? 1 : 0) + skipped) * 86_400 + time;
}

/** Day number of the week-th given weekday of a month; week 5 is the last one. */
function dayOfWeek(year: number, month: number, week: number, weekday: number): number {
  const firstDay = daysFromCivil(year, month, 1);
  const ahead = (weekday - weekdayOfDays(firstDay) + 7) % 7;
  const day = ahead + (week - 1) * 7;
  return firstDay + (day >= daysInMonth(year, month) ? day - 7 : day);
}

function secondsOf(text: string): number {
  const sign = text.startsWith('-') ? -1 : 1;
  const [hours = 0, minutes = 0, seconds = 0] = text.replace(/^[+-]/, '').split(':').map(Number);
  return sign * (hours * 3_600 + minutes * 60 + seconds);
}
