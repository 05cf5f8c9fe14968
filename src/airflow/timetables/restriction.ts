/** Which times a DAG and its tasks allow for scheduled runs (specification 9.3). */
import type { Restriction } from './timetable.ts';

export interface Dates {
  /** Microseconds since the epoch, null when not given. */
  readonly start: number | null;
  readonly end: number | null;
}

/**
 * The earliest start of DAG and tasks, and the latest end if every task has one. A task without
 * own dates takes the DAG's; its own never reach beyond the DAG's.
 */
export function restrictionOf(dag: Dates, tasks: readonly Dates[], catchup: boolean): Restriction {
  const held = tasks.map((task) => ({
    start: larger(task.start, dag.start),
    end: smaller(task.end, dag.end),
  }));
  const starts = [dag.start, ...held.map((task) => task.start)].filter((date) => date !== null);
  const earliest = starts.length > 0 ? Math.min(...starts) : null;
  const ends = held.map((task) => task.end).filter((date) => date !== null);
  if (ends.length < tasks.length) return { earliest, latest: dag.end, catchup };
  const all = dag.end === null ? ends : [...ends, dag.end];
  return { earliest, latest: all.length > 0 ? Math.max(...all) : dag.end, catchup };
}

function larger(a: number | null, b: number | null): number | null {
  return a === null ? b : b === null ? a : Math.max(a, b);
}

function smaller(a: number | null, b: number | null): number | null {
  return a === null ? b : b === null ? a : Math.min(a, b);
}
