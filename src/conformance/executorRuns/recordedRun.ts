/** The form of a recorded executor run (executor-runs/README.md, section 1), as far as it is used. */
import type { OracleCase } from '../oracleCase.ts';

export interface RecordedBody {
  readonly seconds?: number;
  readonly fail_tries?: number;
  readonly branch?: string;
  /** Sensor: true once the run is so old. */
  readonly after_seconds?: number;
  readonly deferred_seconds?: number;
}

export interface RecordedTask {
  readonly task_id: string;
  readonly operator: string;
  readonly upstream: readonly string[];
  readonly trigger_rule: string;
  readonly pool: string;
  readonly pool_slots: number;
  readonly queue: string;
  readonly priority_weight: number;
  readonly weight_rule: string;
  readonly retries: number;
  readonly retry_delay_s: number;
  readonly retry_exponential_backoff: number;
  readonly max_retry_delay_s: number | null;
  readonly sensor?: {
    readonly mode: string;
    readonly poke_interval_s: number;
    readonly timeout_s: number;
  };
  readonly body: RecordedBody;
  readonly body_mapped?: readonly RecordedBody[];
}

export interface RecordedDag {
  readonly dag_id: string;
  readonly tasks: readonly RecordedTask[];
  readonly max_active_tasks: number;
  readonly max_active_runs: number;
  readonly schedule: string | null;
  readonly catchup: boolean;
  readonly start_date: string | null;
  readonly end_date: string | null;
}

export interface RecordedGiven {
  readonly executor: string;
  readonly config: Readonly<Record<string, string | number | boolean>>;
  readonly workers: readonly {
    readonly name: string;
    readonly concurrency: number;
    readonly queues: readonly string[];
  }[];
  readonly pools: Readonly<Record<string, number>>;
  readonly dags: readonly RecordedDag[];
  readonly triggers: readonly (readonly [at: number, dag: string, how: string])[];
  readonly faults?: readonly (readonly [at: number, what: string])[];
}

export interface RecordedTi {
  readonly run: number;
  readonly task_id: string;
  readonly map_index: number;
  readonly try_number: number;
  readonly state: string | null;
  readonly scheduled: number | null;
  readonly queued: number | null;
  readonly start: number | null;
  readonly end: number | null;
  readonly bodies: readonly (readonly [kind: string, begin: number, end: number])[];
  readonly executor_events: readonly (readonly [at: number, state: string])[];
  /** `earlier`: of an earlier try (task_instance_history). */
  readonly row: 'last' | 'earlier';
  /** From the worker's log. */
  readonly celery?: { readonly worker: string; readonly received?: number } | null;
}

export interface RecordedExpect {
  readonly runs: readonly {
    readonly dag_id: string;
    readonly state: string;
    readonly queued_at: number | null;
    readonly start_date: number | null;
    readonly end_date: number | null;
  }[];
  readonly tis: readonly RecordedTi[];
  /** Audit rows. */
  readonly log?: readonly (readonly [
    at: number,
    run: number,
    task: string,
    index: number | null,
    tryNumber: number | null,
    event: string,
  ])[];
  /** With faults: until when it was watched. */
  readonly watched_s?: number;
  readonly machine: RecordedMachine;
}

export interface RecordedMachine {
  readonly cores: number;
  /** Calm cases: CPU seconds of each server process from the trigger to `cpu_window_s`. */
  readonly cpu_s?: Readonly<Record<string, number>>;
  readonly cpu_window_s?: number;
}

export type RecordedRun = OracleCase<RecordedGiven, RecordedExpect>;

/** A case of this set has this form. */
export function isRecordedRun(oracle: OracleCase): oracle is RecordedRun {
  return oracle.set === 'executor-runs';
}

/** Calm, not cold, no fault: the ones whose times are judged. */
export function isJudged(run: RecordedRun): boolean {
  return run.tags.includes('calm') && !run.tags.includes('cold') && !run.tags.includes('fault');
}

/** The case without its repeat: all repeats of a workload share it. */
export function workloadId(run: RecordedRun): string {
  return run.id.replace(/-c?\d+$/, '');
}

/** End of the last run; 0 is the first trigger. */
export function recordedMakespan(run: RecordedRun): number {
  return Math.max(...run.expect.runs.map((one) => one.end_date ?? 0));
}
