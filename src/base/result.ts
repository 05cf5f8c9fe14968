/** Expected failure as a value: `Result`, and `Problem`, its one form of error. */

/** A place in a file or a form. Lines and columns count from 1. */
export interface Where {
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  /** Path of a field in plain data, such as `tasks[3].retries`, or the name of an option. */
  readonly field?: string;
}

export type ProblemParam = string | number | boolean | null | readonly string[];

/**
 * One expected error. `code` is stable and is what i18n turns into a sentence with `params`;
 * codes are snake_case with the subject first, such as `dag_file_too_large`.
 */
export interface Problem {
  readonly code: string;
  readonly params: Readonly<Record<string, ProblemParam>>;
  readonly where?: Where;
}

export interface Ok<T> {
  readonly ok: true;
  readonly value: T;
}

export interface Err<E = readonly Problem[]> {
  readonly ok: false;
  readonly error: E;
}

/** Either a value or the list of everything that is wrong (never an empty list). */
export type Result<T, E = readonly Problem[]> = Ok<T> | Err<E>;

export function ok<T>(value: T): Ok<T> {
  return { ok: true, value };
}

export function err<E>(error: E): Err<E> {
  return { ok: false, error };
}

export function problem(
  code: string,
  params: Readonly<Record<string, ProblemParam>> = {},
  where?: Where,
): Problem {
  return where ? { code, params, where } : { code, params };
}

/** A failure with a single problem. */
export function fail(
  code: string,
  params: Readonly<Record<string, ProblemParam>> = {},
  where?: Where,
): Err {
  return err([problem(code, params, where)]);
}

/** All values, or all problems of all parts together, in order. */
export function all<T>(results: readonly Result<T>[]): Result<T[]> {
  const problems = results.flatMap((r) => (r.ok ? [] : r.error));
  if (problems.length > 0) return err(problems);
  return ok(results.flatMap((r) => (r.ok ? [r.value] : [])));
}

export function map<T, U, E>(result: Result<T, E>, change: (value: T) => U): Result<U, E> {
  return result.ok ? ok(change(result.value)) : result;
}

/** `file:line:column field`, as far as known; empty when nothing is. */
export function placeOf(where: Where | undefined): string {
  if (!where) return '';
  const spot = [where.file, where.line, where.column].filter((part) => part !== undefined);
  return [spot.join(':'), where.field ?? ''].filter((part) => part !== '').join(' ');
}
