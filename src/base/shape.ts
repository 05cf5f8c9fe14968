/** Small checks of plain data. Each gives the path of the first wrong field, or null. */

export type Check = (value: unknown, path: string) => string | null;

const when =
  (holds: (value: unknown) => boolean): Check =>
  (value, path) =>
    holds(value) ? null : path;

export const text = when((value) => typeof value === 'string');
export const bool = when((value) => typeof value === 'boolean');
export const number = when((value) => typeof value === 'number' && Number.isFinite(value));
export const integer = when((value) => Number.isSafeInteger(value));
export const nil = when((value) => value === null);
export const anything: Check = () => null;

export function oneOf(...words: readonly string[]): Check {
  return when((value) => typeof value === 'string' && words.includes(value));
}

/** Passes when one of the checks does. */
export function or(...checks: readonly Check[]): Check {
  return (value, path) => (checks.some((check) => check(value, path) === null) ? null : path);
}

/** May be absent. */
export function optional(check: Check): Check {
  return (value, path) => (value === undefined ? null : check(value, path));
}

export function listOf(check: Check): Check {
  return (value, path) => {
    if (!Array.isArray(value)) return path;
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
    if (!isObject(value)) return path;
    for (const [key, each] of Object.entries(value)) {
      const wrong = check(each, `${path}.${key}`);
      if (wrong !== null) return wrong;
    }
    return null;
  };
}

/** An object with these fields; others may be there too. */
export function record(fields: Readonly<Record<string, Check>>): Check {
  return (value, path) => {
    if (!isObject(value)) return path;
    for (const [key, check] of Object.entries(fields)) {
      const wrong = check(value[key], path === '' ? key : `${path}.${key}`);
      if (wrong !== null) return wrong;
    }
    return null;
  };
}

/** A check that refers to itself. */
export function lazy(check: () => Check): Check {
  return (value, path) => check()(value, path);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
