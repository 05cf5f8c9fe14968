/** Instants as text: ISO 8601 both ways, and the form that Python prints. */
import { type Civil, civilFromUs, daysInMonth, US_PER_MINUTE, usFromCivil } from './civil.ts';

const ISO =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?)?(Z|[+-]\d\d:?\d\d)?$/;

/**
 * Microseconds since the epoch of an ISO 8601 text, or null when it is none. A date alone is its
 * midnight; without an offset the text is UTC; digits beyond microseconds are dropped.
 */
export function parseIso(text: string): number | null {
  const found = ISO.exec(text.trim());
  if (!found) return null;
  const part = (index: number): number => Number(found[index] ?? 0);
  const civil: Civil = {
    year: part(1),
    month: part(2),
    day: part(3),
    hour: part(4),
    minute: part(5),
    second: part(6),
    micro: Number((found[7] ?? '').padEnd(6, '0').slice(0, 6)),
  };
  if (!isRealDate(civil)) return null;
  return usFromCivil(civil) - offsetMinutes(found[8] ?? 'Z') * US_PER_MINUTE;
}

/** `2025-01-01T00:00:00Z`; six digits of microseconds only when they are not zero. */
export function formatIso(us: number): string {
  return `${dateText(us)}T${timeText(us)}Z`;
}

/** `2025-01-01 00:00:00+00:00`: how Python prints an aware datetime in UTC. */
export function pythonText(us: number): string {
  return `${dateText(us)} ${timeText(us)}+00:00`;
}

function isRealDate(civil: Civil): boolean {
  const { year, month, day, hour, minute, second } = civil;
  const inYear = month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
  return inYear && hour < 24 && minute < 60 && second < 60;
}

function offsetMinutes(text: string): number {
  if (text === 'Z') return 0;
  const digits = text.replace(':', '');
  const minutes = Number(digits.slice(1, 3)) * 60 + Number(digits.slice(3, 5));
  return text.startsWith('-') ? -minutes : minutes;
}

function dateText(us: number): string {
  const { year, month, day } = civilFromUs(us);
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
}

function timeText(us: number): string {
  const { hour, minute, second, micro } = civilFromUs(us);
  const fraction = micro === 0 ? '' : `.${String(micro).padStart(6, '0')}`;
  return `${two(hour)}:${two(minute)}:${two(second)}${fraction}`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
