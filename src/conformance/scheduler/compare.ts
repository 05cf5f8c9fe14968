/**
 * Recorded against simulated, part by part. Rows are compared by name, not by place, so that a
 * difference reads `loop 4.loop.tis.a run_1 extract -1` and one missing row shifts no other.
 */
import { sameJson } from '../verdict.ts';
import { PARTS, type FinalTables, type HandedRow, type LoopRow, type Tie } from './recorded.ts';

export interface Comparable {
  readonly loops: readonly LoopRow[];
  readonly final: FinalTables;
}

/** Both sides by name; cut where Airflow leaves open how it goes on. */
export function comparable(
  recorded: Comparable,
  actual: Comparable,
  ties: readonly Tie[],
): { expected: unknown; actual: unknown } {
  const open = ties.find((tie) => choseOtherwise(tie, recorded, actual));
  const view = (side: Comparable): unknown => byName(side, ties, open);
  return { expected: view(recorded), actual: view(actual) };
}

/** Airflow may take any of the rows; after another choice than the recorded all may differ. */
function choseOtherwise(tie: Tie, recorded: Comparable, actual: Comparable): boolean {
  if (tie.kind !== 'choice') return false;
  const taken = (side: Comparable): string[] =>
    (side.loops.find((row) => row.n === tie.n)?.handed ?? [])
      .map(nameOf)
      .filter((name) => namesOf(tie).has(name))
      .sort();
  return !sameJson(taken(recorded), taken(actual));
}

function byName(side: Comparable, ties: readonly Tie[], open: Tie | undefined): unknown {
  const view: Record<string, unknown> = {};
  for (const row of side.loops) {
    if (open !== undefined && row.n > open.n) return view;
    const loop = `loop ${row.n}`;
    view[loop] = row.n === open?.n ? onlyHanded(row, open) : loopByName(row, ties);
  }
  if (open !== undefined) return view;
  const { dags, runs, tis } = side.final;
  return { ...view, final: { dags: table(dags), runs: table(runs), tis: table(tis) } };
}

function loopByName(row: LoopRow, ties: readonly Tie[]): unknown {
  const view: Record<string, unknown> = { t: row.t };
  for (const name of PARTS) {
    const part = row[name];
    if (part === undefined) continue;
    view[name] = {
      runs_new: table((part.runs_new ?? []) as unknown as Record<string, unknown>[]),
      runs: lists(part.runs ?? [], 2),
      tis: lists(part.tis ?? [], 4),
      paused: lists(part.paused ?? [], 1),
    };
  }
  for (const name of ['handed', 'enqueued'] as const) {
    const rows = row[name];
    if (rows !== undefined) view[name] = sortTied(rows, row.n, ties);
  }
  return view;
}

/** How many of the tied rows were taken, and the others in their order. */
function onlyHanded(row: LoopRow, open: Tie): unknown {
  const tied = namesOf(open);
  const handed = row.handed ?? [];
  return { t: row.t, handed: handed.map((each) => (tied.has(nameOf(each)) ? 'one of' : each)) };
}

/** Puts rows that tie into the order of their names, in the places that they have. */
function sortTied(rows: HandedRow[], n: number, ties: readonly Tie[]): HandedRow[] {
  let sorted = rows;
  for (const tie of ties) {
    if (tie.n !== n) continue;
    const names = namesOf(tie);
    const tied = sorted.filter((row) => names.has(nameOf(row)));
    tied.sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
    sorted = sorted.map((row) => (names.has(nameOf(row)) ? tied.shift()! : row));
  }
  return sorted;
}

function namesOf(tie: Tie): Set<string> {
  return new Set(tie.tis.map(nameOf));
}

function nameOf(row: readonly unknown[]): string {
  return row.slice(0, 4).join(' ');
}

/** Records under their names. */
function table(rows: readonly Record<string, unknown>[]): Record<string, unknown> {
  const key = ({ dag, run_id: run, task, map_index: index }: Record<string, unknown>): string =>
    [dag, run, task, index]
      .filter((part) => part !== undefined)
      .map(String)
      .join(' ');
  return named(rows.map((row) => [key(row), row]));
}

/** Lists under the names that their first `length` entries make. */
function lists(rows: readonly (readonly unknown[])[], length: number): Record<string, unknown> {
  return named(rows.map((row) => [row.slice(0, length).join(' '), row.slice(length)]));
}

/** A name that comes twice is a difference, not one row. */
function named(rows: readonly [name: string, row: unknown][]): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  for (const [name, row] of rows) {
    let free = name;
    while (free in found) free = `${free} again`;
    found[free] = row;
  }
  return found;
}
