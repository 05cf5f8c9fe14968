/** The database: what is in it, and how an older one becomes it. */
import type { DBSchema, IDBPDatabase } from 'idb';
import type { Chunk } from '../kernel/index.ts';

export const DATABASE = 'windtunnel';
/** Raise with a step in `migrate`; never change a step that was released. */
export const VERSION = 1;

/** One kept value with the form it has, so that a later version can tell. */
export interface Kept {
  readonly form: number;
  readonly value: unknown;
}

/** What was computed last: enough to show it again without computing. */
export interface KeptRun {
  /** Hash of the comparison. */
  readonly key: string;
  readonly savedAt: number;
  /** LaneInfo and columns of the metadata tables per lane, as plain data. */
  readonly lanes: readonly KeptLane[];
}

export interface KeptLane {
  readonly id: string;
  readonly info: unknown;
  /** Columns of task_instance and dag_run. */
  readonly tables: unknown;
  readonly hash: string;
  readonly chunks: number;
}

export interface Schema extends DBSchema {
  values: { key: string; value: Kept };
  /** Values that could not be read, as they were. */
  damaged: { key: number; value: { name: string; value: unknown; at: number } };
  runs: { key: string; value: KeptRun };
  chunks: { key: [run: string, lane: string, index: number]; value: Chunk };
}

export type Database = IDBPDatabase<Schema>;

export function migrate(database: Database, from: number): void {
  if (from < 1) {
    database.createObjectStore('values');
    database.createObjectStore('damaged', { autoIncrement: true });
    database.createObjectStore('runs');
    database.createObjectStore('chunks');
  }
}
