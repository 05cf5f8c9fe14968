/**
 * What a fault is, as data: verb, part, arguments, where it exists, and which rows of the fault
 * catalogue (specification, reliability 5: F1 to F36) it can bring about.
 */
import type { ExecutorName } from '../scenario.ts';
import type { AirflowVersion } from '../spec.ts';

/** Kinds of parts that can break; partNames.ts says how each is written. */
export const PART_KINDS = [
  'scheduler',
  'dag-processor',
  'api-server',
  'web-server',
  'database',
  'triggerer',
  'broker',
  'result-backend',
  'worker',
  'local-worker',
  'node',
  'machine',
  'kubernetes-api',
  'task',
  'pod',
  'image',
  'file',
  'pool',
] as const;
export type PartKind = (typeof PART_KINDS)[number];

/** One argument of a fault. Seconds are numbers >= 0; a word is one of a list. */
export type ArgShape =
  | { readonly type: 'seconds'; readonly default?: number }
  | { readonly type: 'number'; readonly default?: number }
  | { readonly type: 'integer'; readonly min: number; readonly default?: number }
  | { readonly type: 'word'; readonly of: readonly string[]; readonly default?: string }
  | { readonly type: 'text'; readonly default?: string };

export interface FaultKind {
  /** The verb: kill, stop, stall, restore, slow, refuse, silent, evict, ... */
  readonly what: string;
  readonly part: PartKind;
  /** Arguments besides `for_s`; one without a default must be given. */
  readonly args: Readonly<Record<string, ArgShape>>;
  /** It ends by `restore` on the same part, or by itself after `for_s`. */
  readonly undone: boolean;
  /** Airflow versions that have the part; null: all. */
  readonly versions: readonly AirflowVersion[] | null;
  /** Executors of the lane that have the part; null: all. */
  readonly executors: readonly ExecutorName[] | null;
  /** Rows of the catalogue, such as `F1`. */
  readonly rows: readonly string[];
}

/** A kind with what is most often so: no arguments, both versions, every executor. */
export function kind(
  what: string,
  part: PartKind,
  rows: readonly string[],
  more: Partial<Omit<FaultKind, 'what' | 'part' | 'rows'>> = {},
): FaultKind {
  return { what, part, rows, args: {}, undone: false, versions: null, executors: null, ...more };
}

/** Name of the sentence that explains it: `fault.kill.worker` in src/i18n. */
export function faultKey(fault: Pick<FaultKind, 'what' | 'part'>): string {
  return `fault.${fault.what}.${fault.part}`;
}
