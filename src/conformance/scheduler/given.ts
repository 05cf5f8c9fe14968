/** The `given` of a scheduler case as it is recorded (README of the set, 1.1); times in seconds. */
import type { PoolSpec } from '../../airflow/scenario.ts';

export interface SchedulerGiven {
  start: string;
  step: number;
  loops: number;
  parsed_before: number;
  parse_interval: number | null;
  dags: GivenDag[];
  pools: Record<string, PoolSpec>;
  config: Record<string, string | number | boolean>;
  actions: GivenAction[];
}

export interface GivenAction {
  at: number;
  do: string;
  [field: string]: unknown;
}

export interface Outcome {
  state: string;
  duration?: number;
  start_delay?: number;
  in?: number;
  trigger_after?: number | null;
  trigger_timeout?: number | null;
  executor_state?: 'success' | 'failed';
  after?: number;
}

export type GivenAssets = string | { all: GivenAssets[] } | { any: GivenAssets[] };
export type GivenSchedule =
  | null
  | string
  | { delta: number }
  | { assets: GivenAssets }
  | { asset_or_time: { cron: string; assets: GivenAssets } };

export interface GivenTask {
  task_id: string;
  upstream: string[];
  trigger_rule: string;
  retries: number;
  retry_delay: number;
  retry_exponential_backoff: number;
  max_retry_delay: number | null;
  pool: string;
  pool_slots: number;
  priority_weight: number;
  weight_rule: string;
  max_active_tis_per_dag: number | null;
  max_active_tis_per_dagrun: number | null;
  depends_on_past: boolean;
  wait_for_downstream: boolean;
  outlets: string[];
  empty: boolean;
  mapped: number | null;
  outcomes: Outcome[];
  outcomes_by_run?: Record<string, Outcome[]>;
}

export interface GivenDag {
  dag_id: string;
  schedule: GivenSchedule;
  start_date: string | null;
  end_date: string | null;
  catchup: boolean | null;
  max_active_runs: number | null;
  max_active_tasks: number | null;
  dagrun_timeout: number | null;
  is_paused: boolean;
  max_consecutive_failed_dag_runs: number;
  fail_fast: boolean;
  tasks: GivenTask[];
}
