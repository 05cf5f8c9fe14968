/**
 * Marks of the pass that is going on. They are written at its end, because most checks look at the
 * states as they were at its beginning; the check of mapped upstreams reads the database and sees
 * them at once. Empty between passes.
 */
import { TI } from '../../machines/index.ts';
import { EARLY } from '../rules/index.ts';

const marks = new Map<number, number>();

const STATE_OF_MARK: Readonly<Record<number, number>> = {
  [EARLY.skipped]: TI.skipped,
  [EARLY.upstreamFailed]: TI.upstream_failed,
  [EARLY.removed]: TI.removed,
  [EARLY.noItems]: TI.skipped,
  [EARLY.noLength]: TI.upstream_failed,
};

/** `early`: code of EARLY. A second mark replaces the first. */
export function addMark(ti: number, early: number): void {
  marks.set(ti, early);
}

/** State that the task instance has for a check that reads the database. */
export function stateInPass(ti: number, stored: number): number {
  if (marks.size === 0) return stored;
  const early = marks.get(ti);
  return early === undefined ? stored : STATE_OF_MARK[early]!;
}

/** Gives each mark to `write` in the order of their making, and forgets them. */
export function writeMarks(write: (ti: number, early: number) => void): void {
  if (marks.size === 0) return;
  const all = [...marks];
  marks.clear();
  for (const [ti, early] of all) write(ti, early);
}
