/** What the comparison of one recorded case with our rules came to. */
import type { AirflowVersion } from '../airflow/spec.ts';
import type { OracleCase } from './oracleCase.ts';

/**
 * `unsupported` is only for a case whose `given` holds something that the product names in "What
 * is not modelled"; `reason` is that name.
 */
export type Verdict =
  | { readonly outcome: 'passed' }
  | { readonly outcome: 'failed'; readonly expected: unknown; readonly actual: unknown }
  | { readonly outcome: 'unsupported'; readonly reason: string };

/** What a set's check may ask for beside the case; only some sets need it. */
export interface CheckContext {
  /** Text of a file that lies beside the cases (`--files`, or the set's own `files/`), or null. */
  readonly readFile: (path: string) => string | null;
  /** Imports DAG files with the interpreter of the command. */
  readonly importDags?: (request: DagImport) => Promise<DagImportAnswer>;
}

export interface DagImport {
  readonly airflow: AirflowVersion;
  readonly files: readonly { readonly name: string; readonly text: string }[];
  readonly entries: readonly string[];
  readonly together: boolean;
  readonly variables: Readonly<Record<string, string>>;
  readonly connections: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string>>;
  readonly now?: string;
  readonly limitSeconds: number;
}

export interface DagImportAnswer {
  readonly status: string;
  readonly errors: readonly unknown[];
  readonly dags: readonly unknown[];
}

/**
 * Compares one case. `Given` and `Expect` are the set's own form of those two fields (README of
 * the set); a check trusts it, because the cases are ours.
 */
export type Check = (oracle: OracleCase, context: CheckContext) => Verdict | Promise<Verdict>;

export const PASSED: Verdict = { outcome: 'passed' };

/** Passed when the two are deeply equal as JSON; otherwise both, for the reader. */
export function judge(expected: unknown, actual: unknown): Verdict {
  return sameJson(expected, actual) ? PASSED : { outcome: 'failed', expected, actual };
}

/**
 * Deep equality of JSON values. Objects are equal whatever the order of their keys; a field that
 * is undefined counts as missing.
 */
export function sameJson(a: unknown, b: unknown): boolean {
  if (Object.is(a, b) || (a === 0 && b === 0)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    return Array.isArray(a) && Array.isArray(b) && sameList(a, b);
  }
  return sameRecord(a as Record<string, unknown>, b as Record<string, unknown>);
}

function sameList(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((value, index) => sameJson(value, b[index]));
}

function sameRecord(a: Record<string, unknown>, b: Record<string, unknown>): boolean {
  const keys = Object.keys(a).filter((key) => a[key] !== undefined);
  const others = Object.keys(b).filter((key) => b[key] !== undefined);
  return keys.length === others.length && keys.every((key) => sameJson(a[key], b[key]));
}
