/**
 * Programmer errors. Each throws with the values in its message; none is ever caught to go on.
 * Expected failures (bad files, bad options) are `Problem` values instead: see result.ts.
 */

/** Throws unless `condition` holds. `values` are shown in the message. */
export function assert(
  condition: unknown,
  message: string,
  values?: Readonly<Record<string, unknown>>,
): asserts condition {
  if (!condition) throw new Error(describe(message, values));
}

/** For the default branch of an exhaustive switch: does not compile while a case is missing. */
export function unreachable(value: never): never {
  throw new Error(describe('unreachable', { value }));
}

/** The value, or a throw when it is null or undefined. */
export function must<T>(
  value: T | null | undefined,
  message: string,
  values?: Readonly<Record<string, unknown>>,
): T {
  if (value === null || value === undefined) throw new Error(describe(message, values));
  return value;
}

/** The map's value under `key`, or a throw that names the key. */
export function mustGet<K, V>(map: ReadonlyMap<K, V>, key: K, what = 'key'): V {
  const value = map.get(key);
  if (value === undefined) throw new Error(describe(`missing ${what}`, { key }));
  return value;
}

function describe(message: string, values?: Readonly<Record<string, unknown>>): string {
  if (!values) return message;
  const parts = Object.entries(values).map(([name, value]) => `${name}=${show(value)}`);
  return `${message} (${parts.join(', ')})`;
}

function show(value: unknown): string {
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value !== 'object' || value === null) return String(value);
  try {
    return JSON.stringify(value);
  } catch {
    return Object.prototype.toString.call(value);
  }
}
