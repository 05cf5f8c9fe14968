/**
 * A timetable as plain data, and what it answers. All times are whole microseconds since the
 * epoch, in UTC.
 */
import type { Delta } from './delta.ts';

/** run_immediately: always, never (10 % of the gap or 5 minutes), or within a span. */
export type RunImmediately = boolean | { readonly us: number };

export interface CronTrigger {
  readonly kind: 'cron_trigger';
  readonly cron: string;
  /** IANA name or fixed offset. */
  readonly timezone: string;
  /** Length of the data interval before the tick. */
  readonly interval: Delta;
  readonly runImmediately: RunImmediately;
}

export interface CronPartition {
  readonly kind: 'cron_partition';
  readonly cron: string;
  readonly timezone: string;
  readonly runImmediately: RunImmediately;
  /** Ticks between run and partition. */
  readonly runOffset: number;
  /** Format of the key, as strftime takes it. */
  readonly keyFormat: string;
}

export type Timetable =
  | { readonly kind: 'null' }
  | { readonly kind: 'asset_triggered' }
  | { readonly kind: 'once' }
  | { readonly kind: 'continuous' }
  | CronTrigger
  | CronPartition
  | { readonly kind: 'cron_interval'; readonly cron: string; readonly timezone: string }
  | { readonly kind: 'delta_trigger'; readonly delta: Delta; readonly interval: Delta }
  | { readonly kind: 'delta_interval'; readonly delta: Delta }
  | {
      readonly kind: 'events';
      /** Ascending. */
      readonly dates: readonly number[];
      readonly restrictToEvents: boolean;
    }
  | { readonly kind: 'multiple_cron'; readonly members: readonly CronTrigger[] }
  | { readonly kind: 'asset_or_time'; readonly time: Timetable };

export interface DataInterval {
  readonly start: number;
  readonly end: number;
}

/** A run that a timetable asks for. Its logical date is the start of the data interval. */
export interface RunInfo {
  /** null: the run has neither data interval nor logical date. */
  readonly interval: DataInterval | null;
  /** Not before this moment. */
  readonly runAfter: number;
  readonly partition: { readonly key: string; readonly date: number } | null;
}

/** What DAG and tasks allow (specification 9.3); null = no bound. */
export interface Restriction {
  readonly earliest: number | null;
  readonly latest: number | null;
  readonly catchup: boolean;
}

export function intervalRun(start: number, end: number): RunInfo {
  return { interval: { start, end }, runAfter: end, partition: null };
}

export function exactRun(at: number): RunInfo {
  return intervalRun(at, at);
}
