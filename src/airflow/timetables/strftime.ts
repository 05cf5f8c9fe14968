/** Python's strftime for partition keys: an instant in a zone as text, English names. */
import { type Civil, civilFromUs, daysFromCivil, modulo, weekdayOfDays } from './civil.ts';
import { offsetAt, zoneOf } from './zones.ts';

const WEEKDAYS = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');
const MONTHS =
  'January February March April May June July August September October November December'.split(
    ' ',
  );

interface Moment extends Civil {
  /** 0 Sunday. */
  readonly weekday: number;
  /** 1 to 366. */
  readonly dayOfYear: number;
  /** Offset from UTC in seconds. */
  readonly offset: number;
  readonly zone: string;
}

/** Formats an instant. An unknown code stays as it is. */
export function strftime(us: number, timezone: string, format: string): string {
  const zone = zoneOf(timezone);
  const offset = zone ? offsetAt(zone, us) : 0;
  const civil = civilFromUs(us + offset);
  const days = daysFromCivil(civil.year, civil.month, civil.day);
  const moment = {
    ...civil,
    weekday: weekdayOfDays(days),
    dayOfYear: days - daysFromCivil(civil.year, 1, 1) + 1,
    offset: offset / 1_000_000,
    zone: timezone,
  };
  return format.replace(/%([a-zA-Z%])/g, (code, letter: string) => CODES[letter]?.(moment) ?? code);
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, '0');
}

const CODES: Readonly<Record<string, (m: Moment) => string>> = {
  '%': () => '%',
  a: (m) => (WEEKDAYS[m.weekday] ?? '').slice(0, 3),
  A: (m) => WEEKDAYS[m.weekday] ?? '',
  b: (m) => (MONTHS[m.month - 1] ?? '').slice(0, 3),
  B: (m) => MONTHS[m.month - 1] ?? '',
  d: (m) => pad(m.day, 2),
  D: (m) => `${pad(m.month, 2)}/${pad(m.day, 2)}/${pad(m.year % 100, 2)}`,
  e: (m) => String(m.day).padStart(2, ' '),
  f: (m) => pad(m.micro, 6),
  F: (m) => `${m.year}-${pad(m.month, 2)}-${pad(m.day, 2)}`,
  G: (m) => String(isoWeek(m).year),
  H: (m) => pad(m.hour, 2),
  I: (m) => pad(m.hour % 12 || 12, 2),
  j: (m) => pad(m.dayOfYear, 3),
  m: (m) => pad(m.month, 2),
  M: (m) => pad(m.minute, 2),
  p: (m) => (m.hour < 12 ? 'AM' : 'PM'),
  R: (m) => `${pad(m.hour, 2)}:${pad(m.minute, 2)}`,
  S: (m) => pad(m.second, 2),
  T: (m) => `${pad(m.hour, 2)}:${pad(m.minute, 2)}:${pad(m.second, 2)}`,
  u: (m) => String(m.weekday || 7),
  U: (m) => pad(Math.floor((m.dayOfYear + 6 - m.weekday) / 7), 2),
  V: (m) => pad(isoWeek(m).week, 2),
  w: (m) => String(m.weekday),
  W: (m) => pad(Math.floor((m.dayOfYear + 6 - modulo(m.weekday - 1, 7)) / 7), 2),
  y: (m) => pad(m.year % 100, 2),
  Y: (m) => String(m.year),
  z: (m) => offsetText(m.offset),
};

function offsetText(seconds: number): string {
  const minutes = Math.floor(Math.abs(seconds) / 60);
  const sign = seconds < 0 ? '-' : '+';
  return `${sign}${pad(Math.floor(minutes / 60), 2)}${pad(minutes % 60, 2)}`;
}

/** Week by ISO 8601: the year that owns the Thursday. */
function isoWeek(m: Moment): { year: number; week: number } {
  const thursday = daysFromCivil(m.year, m.month, m.day) + 3 - modulo(m.weekday - 1, 7);
  const year = civilFromUs(thursday * 86_400_000_000).year;
  return { year, week: Math.floor((thursday - daysFromCivil(year, 1, 1)) / 7) + 1 };
}
