/**
 * What people do to an Airflow while it runs, as plain values of a Scenario: pages, API and command
 * line come to the same rows, so an action names what is asked for, not where it was clicked.
 * Names of fields are those of Airflow's API. What may be left out says what holds then.
 */

/** At this moment of virtual time, seconds after the scenario's start. */
interface At {
  at_s: number;
}

interface OfDag extends At {
  dag_id: string;
}

/** `run_id` as Airflow writes it, for example `manual__2026-01-05T00:00:00+00:00`. */
interface OfRun extends OfDag {
  run_id: string;
}

/** A manual run (semantics 9.9). It stays queued while the DAG is paused. */
export interface TriggerAction extends OfDag {
  action: 'trigger';
  /** Absent: `manual__` and the date. */
  run_id?: string;
  /** ISO 8601. Absent or null: 3.x none, 2.x now. */
  logical_date?: string | null;
  /** 3.x: not before this moment. Absent or null: now. */
  run_after?: string | null;
  /** Both or none; absent: inferred by the timetable. */
  data_interval_start?: string;
  data_interval_end?: string;
  conf?: Record<string, unknown>;
  note?: string;
  /** 3.x, partitioned DAGs only. */
  partition_key?: string;
}

export interface PauseAction extends OfDag {
  action: 'pause' | 'unpause';
}

/** Which other task instances an action on tasks reaches. All are false when absent. */
interface Reach {
  upstream?: boolean;
  downstream?: boolean;
  /** Runs with an earlier, a later logical date. */
  past?: boolean;
  future?: boolean;
}

/** Clear (semantics 14.1). */
export interface ClearAction extends OfRun, Reach {
  action: 'clear';
  /** null: all tasks of the DAG. */
  task_ids: string[] | null;
  /** Absent: all indexes. */
  map_index?: number;
  /** failed and upstream_failed only; false when absent (the API's own default is true). */
  only_failed?: boolean;
  /** running only. */
  only_running?: boolean;
  /** Finished runs go back to queued; true when absent. */
  reset_dag_runs?: boolean;
  /** 3.x: refuse the whole request when one of the task instances is running. */
  prevent_running_task?: boolean;
  /** 3.x: with the newest version of the DAG. Absent: the DAG's, then the configuration's word. */
  run_on_latest_version?: boolean;
}

/** Clear of a whole run (the run's own button). */
export interface ClearRunAction extends OfRun {
  action: 'clear_run';
  only_failed?: boolean;
  /** 3.x: only adds the tasks that are new in the newest version of the DAG. */
  only_new?: boolean;
  run_on_latest_version?: boolean;
}

/** Mark success, failed or skipped (semantics 14.2). */
export interface MarkTaskAction extends OfRun, Reach {
  action: 'mark_task';
  task_id: string;
  /** Absent: all indexes. */
  map_index?: number;
  state: 'success' | 'failed' | 'skipped';
}

export interface MarkRunAction extends OfRun {
  action: 'mark_run';
  state: 'success' | 'failed' | 'queued';
}

export interface DeleteRunAction extends OfRun {
  action: 'delete_run';
}

/** Makes or changes a pool. */
export interface PoolAction extends At {
  action: 'pool';
  pool: string;
  /** -1 is unlimited. Absent: as it is. */
  slots?: number;
  include_deferred?: boolean;
}

export interface DeletePoolAction extends At {
  action: 'delete_pool';
  pool: string;
}

/** An event on an asset that no task of the scenario sends (page, API, watcher). */
export interface AssetEventAction extends At {
  action: 'asset_event';
  /** Name, or URI. */
  asset: string;
  extra?: Record<string, unknown>;
  /** 3.x. */
  partition_key?: string;
}

/** 3.x: a run of the DAG that writes the asset. */
export interface MaterializeAction extends At {
  action: 'materialize';
  asset: string;
  partition_key?: string;
}

/**
 * Backfill (semantics 9.9). 3.x: runs made at once and driven by the scheduler. 2.x: a command that
 * runs its own loop beside the scheduler. Names are those of 3.x; 2.x calls them in brackets.
 */
export interface BackfillAction extends OfDag {
  action: 'backfill';
  /** ISO 8601, both ends included (--start-date, --end-date). */
  from_date: string;
  to_date: string;
  /** Newest first; false when absent. */
  run_backwards?: boolean;
  dag_run_conf?: Record<string, unknown>;
  /** 3.x; `none` when absent. */
  reprocess_behavior?: 'none' | 'failed' | 'completed';
  /** 3.x: 10 when absent. 2.x has the DAG's limit only. */
  max_active_runs?: number;
  /** 2.x: failed task instances are tried anew instead of ending the backfill. */
  rerun_failed_tasks?: boolean;
  /** 2.x: existing runs of the range are cleared first. */
  reset_dagruns?: boolean;
  /** 2.x: goes on with the other runs when some cannot end. */
  continue_on_failures?: boolean;
  /** 2.x: depends_on_past does not hold for the first run; true when absent. */
  ignore_first_depends_on_past?: boolean;
}

/** 3.x: the open backfill of the DAG. */
export interface BackfillControlAction extends OfDag {
  action: 'pause_backfill' | 'unpause_backfill' | 'cancel_backfill';
}

/** 3.x: a person answers a human-in-the-loop task (Required Actions; semantics 8.7). */
export interface AnswerAction extends OfRun {
  action: 'answer';
  task_id: string;
  /** Absent: not mapped. */
  map_index?: number;
  chosen_options: string[];
  params_input?: Record<string, unknown>;
}

export type UserAction =
  | TriggerAction
  | PauseAction
  | ClearAction
  | ClearRunAction
  | MarkTaskAction
  | MarkRunAction
  | DeleteRunAction
  | PoolAction
  | DeletePoolAction
  | AssetEventAction
  | MaterializeAction
  | BackfillAction
  | BackfillControlAction
  | AnswerAction;
