/** The `expect` of a scheduler case as it is recorded (README of the set, 1.2). */
import type { Part } from '../bench/recorder.ts';

export type HandedRow = [
  dag: string,
  run: string,
  task: string,
  mapIndex: number,
  tryNumber: number,
];

export interface LoopRow {
  n: number;
  /** Seconds since the start. */
  t: number;
  before?: Part;
  startup?: Part;
  loop?: Part;
  /** In the order in which the executor accepted them. */
  handed?: HandedRow[];
  /** The scheduler's order of handing over, where the executor's differs. */
  enqueued?: HandedRow[];
}

export const PARTS = ['before', 'startup', 'loop'] as const;

/** Rows that Airflow's queries leave in any order; of a `choice` only some were taken. */
export interface Tie {
  n: number;
  kind: 'order' | 'choice';
  tis: unknown[][];
}

export interface FinalTables {
  dags: Record<string, unknown>[];
  runs: Record<string, unknown>[];
  tis: Record<string, unknown>[];
}

export interface Recorded {
  loops: LoopRow[];
  final: FinalTables;
  unordered?: Tie[];
}
