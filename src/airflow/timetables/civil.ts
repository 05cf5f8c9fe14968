/**
 * Dates without a clock or a locale: the proleptic Gregorian calendar and instants as whole
 * microseconds since 1970-01-01T00:00:00Z. A double holds them exactly for the years 1685 to 2255.
 * Day arithmetic after Hinnant, "chrono-compatible low-level date algorithms" (public domain).
 */

export const US_PER_SECOND = 1_000_000;
export const US_PER_MINUTE = 60_000_000;
export const US_PER_HOUR = 3_600_000_000;
export const US_PER_DAY = 86_400_000_000;

/** A date and time of day as a calendar and a clock show it; no zone. */
export interface Civil {
  year: number;
  /** 1 to 12. */
  month: number;
  /** 1 to 31. */
  day: number;
  hour: number;
  minute: number;
  second: number;
  micro: number;
}

/** Days since 1970-01-01 of a date; months outside 1..12 are not allowed, days may overflow. */
export function daysFromCivil(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const shifted = month + (month > 2 ? -3 : 9);
  const dayOfYear = Math.floor((153 * shifted + 2) / 5) + day - 1;
  const leaps = Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100);
  return era * 146_097 + yearOfEra * 365 + leaps + dayOfYear - 719_468;
}

/** Date of a day number. */
export function civilFromDays(days: number): { year: number; month: number; day: number } {
  const z = days + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const correction =
    Math.floor(dayOfEra / 1_460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096);
  const yearOfEra = Math.floor((dayOfEra - correction) / 365);
  const leaps = Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100);
  const dayOfYear = dayOfEra - (365 * yearOfEra + leaps);
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1;
  const month = shifted + (shifted < 10 ? 3 : -9);
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day };
}

/** Day of the week of a day number: 0 Sunday to 6 Saturday, as cron counts. */
export function weekdayOfDays(days: number): number {
  return modulo(days + 4, 7);
}

export function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

export function daysInMonth(year: number, month: number): number {
  return month === 2 && isLeapYear(year) ? 29 : (MONTH_DAYS[month - 1] ?? 0);
}

/** Microseconds since the epoch of a date and time that is taken as UTC. */
export function usFromCivil(civil: Civil): number {
  const seconds = civil.hour * 3_600 + civil.minute * 60 + civil.second;
  const days = daysFromCivil(civil.year, civil.month, civil.day);
  return (days * 86_400 + seconds) * US_PER_SECOND + civil.micro;
}

/** Date and time in UTC of an instant. */
export function civilFromUs(us: number): Civil {
  const days = Math.floor(us / US_PER_DAY);
  const micros = us - days * US_PER_DAY;
  const seconds = Math.floor(micros / US_PER_SECOND);
  return {
    ...civilFromDays(days),
    hour: Math.floor(seconds / 3_600),
    minute: Math.floor(seconds / 60) % 60,
    second: seconds % 60,
    micro: micros - seconds * US_PER_SECOND,
  };
}

/** Remainder that is never negative. */
export function modulo(value: number, divisor: number): number {
  return value - Math.floor(value / divisor) * divisor;
}
