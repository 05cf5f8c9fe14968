/**
 * What goals and numbers of a lesson are read from: the life of one lane as plain data, made from
 * its log. It can be cloned to another thread and written as JSON. Times are microseconds.
 */
import type { ExecutorName } from '../airflow/scenario.ts';

export interface LaneFacts {
  lane: string;
  executor: ExecutorName;
  airflow: string;
  slots: number;
  /** Time at which the last DAG run ended; null when one never does. */
  makespan: number | null;
  /** Time of the last record. */
  end: number;
  /** Hash of the whole log. */
  hash: string;
  records: number;
  taskInstances: TiFacts[];
  dagRuns: RunFacts[];
  /** Number of scheduler loops that began. */
  loops: number;
  /** From when to when the scheduler's loop was held by its executor. */
  holds: { from: number; to: number }[];
}

export interface TiFacts {
  dag_id: string;
  run_id: string;
  task_id: string;
  map_index: number;
  spans: StateSpan[];
  /** Times in which its own code ran, with the slot line. */
  work: { from: number; to: number; slot: number }[];
}

export interface StateSpan {
  state: string;
  from: number;
  /** Infinity: it stays. */
  to: number;
  tryNumber: number;
  /** Record of the log that brought the state: the witness. */
  seq: number;
}

export interface RunFacts {
  dag_id: string;
  run_id: string;
  spans: StateSpan[];
}

/** The state at `t`, undefined before the row exists. */
export function spanAt(spans: readonly StateSpan[], t: number): StateSpan | undefined {
  return spans.findLast((span) => span.from <= t);
}

/** First running to last end; null when it never ran or never ended. */
export function runningSpan(ti: TiFacts): { from: number; to: number } | null {
  const running = ti.spans.filter((span) => span.state === 'running');
  const first = running[0];
  const last = running.at(-1);
  if (!first || !last || last.to === Infinity) return null;
  return { from: first.from, to: last.to };
}
