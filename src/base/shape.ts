/**
 * Small checks of plain data. Each gives the first thing that is wrong, or null: where it is and
 * what should stand there.
 */
import { isFields } from './plain.ts';

/** What should stand at the place; `word` codes that i18n turns into words. */
export type Expected =
  | 'text'
  | 'boolean'
  | 'number'
  | 'integer'
  | 'not_negative'
  | 'nothing'
  | 'list'
  | 'fields'
  | 'choice'
  | 'known_field'
  | 'other';

export interface Mismatch {
  /** `actions[1].run_id`; empty for the whole value. */
  readonly path: string;
  readonly expected: Expected;
  /** For a choice: the words allowed. For an unknown field: the names known. */
  readonly words: readonly string[];
}

export type Check = (value: unknown, path: string) => Mismatch | null;

function mismatch(path: string, expected: Expected, words: readonly string[] = []): Mismatch {
  return { path, expected, words };
}

const when =
  (expected: Expected, holds: (value: unknown) => boolean): Check =>
  (value, path) =>
    holds(value) ? null : mismatch(path, expected);

export const text = when('text', (value) => typeof value === 'string');
export const bool = when('boolean', (value) => typeof value === 'boolean');
export const number = when('number', (value) => typeof value === 'number' && isFinite(value));
export const integer = when('integer', (value) => Number.isSafeInteger(value));
export const notNegative = when(
  'not_negative',
  (value) => typeof value === 'number' && isFinite(value) && value >= 0,
);
export const nil = when('nothing', (value) => value === null);
export const anything: Check = () => null;

export function oneOf(...words: readonly string[]): Check {
  return (value, path) =>
    typeof value === 'string' && words.includes(value) ? null : mismatch(path, 'choice', words);
}

/** This very value. */
export function exactly(wanted: string | number): Check {
  return (value, path) => (value === wanted ? null : mismatch(path, 'choice', [String(wanted)]));
}

/** Passes when one of the checks does; else what is wrong with the form that it resembles most. */
export function or(...checks: readonly Check[]): Check {
  return (value, path) => {
    const wrongs: Mismatch[] = [];
    for (const check of checks) {
      const wrong = check(value, path);
      if (wrong === null) return null;
      wrongs.push(wrong);
    }
    const deepest = wrongs.reduce((best, one) => (one.path.length > best.path.length ? one : best));
    return deepest.path.length > path.length ? deepest : mismatch(path, 'other', namesOf(wrongs));
  };
}

function namesOf(wrongs: readonly Mismatch[]): string[] {
  return [
    ...new Set(wrongs.flatMap(({ expected, words }) => (words.length > 0 ? words : [expected]))),
  ];
}

/** May be absent. */
export function optional(check: Check): Check {
  return (value, path) => (value === undefined ? null : check(value, path));
}

export function listOf(check: Check): Check {
  return (value, path) => {
    if (!Array.isArray(value)) return mismatch(path, 'list');
    for (const [index, each] of value.entries()) {
      const wrong = check(each, `${path}[${index}]`);
      if (wrong !== null) return wrong;
    }
    return null;
  };
}

/** An object whose values all pass. */
export function mapOf(check: Check): Check {
  return (value, path) => {
    if (!isFields(value)) return mismatch(path, 'fields');
    for (const [key, each] of Object.entries(value)) {
      const wrong = check(each, within(path, key));
      if (wrong !== null) return wrong;
    }
    return null;
  };
}

export type Fields = Readonly<Record<string, Check>>;

/** An object with these fields; others may be there too. */
export function record(fields: Fields): Check {
  return (value, path) => {
    if (!isFields(value)) return mismatch(path, 'fields');
    for (const [key, check] of Object.entries(fields)) {
      const wrong = check(value[key], within(path, key));
      if (wrong !== null) return wrong;
    }
    return null;
  };
}

/** An object with these fields and no other: a misspelt name is no silent nothing. */
export function closed(fields: Fields): Check {
  const check = record(fields);
  return (value, path) => {
    const strange =
      isFields(value) && Object.keys(value).find((key) => !Object.hasOwn(fields, key));
    if (typeof strange === 'string') {
      return mismatch(within(path, strange), 'known_field', Object.keys(fields));
    }
    return check(value, path);
  };
}

/** A closed object of one of several forms; the text in `field` says which one. */
export function tagged(field: string, forms: Readonly<Record<string, Fields>>): Check {
  const words = Object.keys(forms);
  const checks = new Map(
    Object.entries(forms).map(([tag, fields]) => [tag, closed({ ...fields, [field]: text })]),
  );
  return (value, path) => {
    if (!isFields(value)) return mismatch(path, 'fields');
    const tag = value[field];
    const check = typeof tag === 'string' ? checks.get(tag) : undefined;
    return check ? check(value, path) : mismatch(within(path, field), 'choice', words);
  };
}

/** A check that refers to itself. */
export function lazy(check: () => Check): Check {
  return (value, path) => check()(value, path);
}

function within(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}

/** The mismatch as the parameters of a problem `field_wrong`. */
export function mismatchParams({ path, expected, words }: Mismatch): {
  field: string;
  expected: Expected;
  words: readonly string[];
} {
  return { field: path, expected, words };
}
