/**
 * What differs between the simulated Airflow versions, as data. A flag states the value in each
 * version side by side and why they differ; the engine asks the flag, never the version.
 */
import type { AirflowVersion } from '../spec.ts';

/** One difference: the value in each version, the reason, and where it was read or recorded. */
export interface Flag<T> {
  readonly '2.11.2': T;
  readonly '3.3.2': T;
  /** What the difference means, as a sentence. */
  readonly why: string;
  /** Section of the specification, recorded case, or Airflow module. */
  readonly source: string;
}

export type FlagTable = Readonly<Record<string, Flag<boolean | number | string>>>;

/** The values of a table of flags in one version. Literals widen to their plain types. */
export type FlagValues<T extends FlagTable> = {
  readonly [K in keyof T]: T[K][AirflowVersion] extends boolean
    ? boolean
    : T[K][AirflowVersion] extends number
      ? number
      : T[K][AirflowVersion];
};

/** Checks the shape of a table and keeps its keys as types. */
export function flags<const T extends FlagTable>(table: T): T {
  return table;
}

/** Reads the column of one version out of a table. */
export function column<T extends FlagTable>(table: T, version: AirflowVersion): FlagValues<T> {
  const entries = Object.entries(table).map(([name, flag]) => [name, flag[version]]);
  return Object.fromEntries(entries) as FlagValues<T>;
}
