/** Runs cases through the checks and counts; the result has a row per set and version. */
import { errorText } from '../base/errorText.ts';
import type { OracleCase } from './oracleCase.ts';
import { CHECKS, ON_REQUEST } from './sets/index.ts';
import type { Check, CheckContext, Verdict } from './verdict.ts';

/** At most this many differences are kept per row; the counts are always complete. */
const MAX_DIFFERENCES = 20;

export interface Difference {
  readonly id: string;
  readonly given: unknown;
  readonly expected: unknown;
  readonly actual: unknown;
}

export interface SetRow {
  readonly set: string;
  readonly airflow: string;
  passed: number;
  failed: number;
  unsupported: number;
  readonly differences: Difference[];
  /** Reason -> number of cases, for the unsupported ones. */
  readonly reasons: Map<string, number>;
}

/** Cases of a set that has no check yet; they count as unsupported. */
const NOT_DONE = 'this set is not done yet';

/**
 * Checks every case in the order given; `asked`: the set that was asked for by name. A check that
 * throws counts as a failed case.
 */
export async function runCases(
  cases: Iterable<OracleCase>,
  context: CheckContext,
  asked?: string,
): Promise<SetRow[]> {
  const rows = new Map<string, SetRow>();
  for (const oracle of cases) {
    if (ON_REQUEST.has(oracle.set) && oracle.set !== asked) continue;
    const check = CHECKS.get(oracle.set);
    record(rowOf(rows, oracle), oracle, await verdictOf(check, oracle, context));
  }
  return [...rows.values()].sort((a, b) => compareText(rowKey(a), rowKey(b)));
}

async function verdictOf(
  check: Check | undefined,
  oracle: OracleCase,
  context: CheckContext,
): Promise<Verdict> {
  if (!check) return { outcome: 'unsupported', reason: NOT_DONE };
  try {
    return await check(oracle, context);
  } catch (error) {
    const text = errorText(error);
    return { outcome: 'failed', expected: oracle.expect, actual: { thrown: text } };
  }
}

function record(row: SetRow, oracle: OracleCase, verdict: Verdict): void {
  row[verdict.outcome] += 1;
  if (verdict.outcome === 'unsupported') {
    row.reasons.set(verdict.reason, (row.reasons.get(verdict.reason) ?? 0) + 1);
  }
  if (verdict.outcome === 'failed' && row.differences.length < MAX_DIFFERENCES) {
    const { expected, actual } = verdict;
    row.differences.push({ id: oracle.id, given: oracle.given, expected, actual });
  }
}

function rowOf(rows: Map<string, SetRow>, oracle: OracleCase): SetRow {
  const key = rowKey(oracle);
  const known = rows.get(key);
  if (known) return known;
  const { set, airflow } = oracle;
  const counts = { passed: 0, failed: 0, unsupported: 0 };
  const row = { set, airflow, ...counts, differences: [], reasons: new Map<string, number>() };
  rows.set(key, row);
  return row;
}

function rowKey(row: { set: string; airflow: string }): string {
  return `${row.set} ${row.airflow}`;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
