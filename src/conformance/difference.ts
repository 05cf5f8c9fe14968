/** Where two JSON values differ, so that a person need not compare them by eye. */
import { sameJson } from './verdict.ts';

export interface Change {
  /** Path of the field, such as `runs[3].run_after`; `.` for the whole value. */
  readonly path: string;
  readonly expected: unknown;
  readonly actual: unknown;
}

const MAX_CHANGES = 8;

/** The first few places where `actual` is not `expected`, from the top. */
export function changes(expected: unknown, actual: unknown, path = ''): Change[] {
  if (sameJson(expected, actual)) return [];
  const keys = sharedKeys(expected, actual);
  if (keys === null) return [{ path: path === '' ? '.' : path, expected, actual }];
  const found: Change[] = [];
  for (const key of keys) {
    const step = Array.isArray(expected) ? `${path}[${key}]` : joined(path, key);
    found.push(...changes(at(expected, key), at(actual, key), step));
    if (found.length >= MAX_CHANGES) break;
  }
  return found.slice(0, MAX_CHANGES);
}

/** A JSON value on one line, cut to `limit` characters. */
export function short(value: unknown, limit: number): string {
  const text = JSON.stringify(value) ?? 'missing';
  return text.length <= limit ? text : `${text.slice(0, limit - 1)}…`;
}

function sharedKeys(a: unknown, b: unknown): string[] | null {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return null;
  if (Array.isArray(a) !== Array.isArray(b)) return null;
  return [...new Set([...Object.keys(a), ...Object.keys(b)])];
}

function at(value: unknown, key: string): unknown {
  return (value as Record<string, unknown>)[key];
}

function joined(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}
