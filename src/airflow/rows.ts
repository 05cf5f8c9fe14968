/**
 * The metadata tables as columns, under Airflow's column names where Airflow has the column.
 *
 * Times are SimTime (microseconds since the scenario's start, may be negative); NULL is Infinity,
 * so that "not yet" compares as later than everything. Row numbers of other tables are -1 when
 * there is none. Texts are numbers of `world.texts`, JSON values of `world.json`.
 */
import { makeTable } from '../kernel/index.ts';

/** NULL in a column of times. */
export const NULL_TIME = Infinity;
export const NONE = -1;
export const NO_JOB = 255;

/** Columns of times and of rows of other tables. */
export const NO_TIME = ['f64', NULL_TIME] as const;
export const NO_ROW = ['i32', NONE] as const;

/** Bits of task_instance.flags. */
export const TI_FLAG = {
  /** next_method is set: the next start resumes a deferral. */
  resuming: 1,
  /** What it resumes with is a failure (time-out, or the trigger failed). */
  resumeFailed: 2,
  /** It has task_reschedule rows of its present try. */
  rescheduled: 4,
  /** It was cleared while it ran; its process does not know yet. */
  orphanProcess: 8,
  /** With resumeFailed: the trigger has raised. */
  resumeRaised: 16,
} as const;

/**
 * One row per task instance, 64 bytes. Rows are never freed: numbers are the order of creation.
 * `due`: up_for_retry: next retry time; up_for_reschedule: reschedule date; deferred: trigger
 * time-out; running: last heartbeat; scheduled and mapped: its place in the order; none: the log
 * record that last gave a reason to look at it; else NULL.
 */
export const newTaskInstances = () =>
  makeTable('task_instance', {
    dag_run: NO_ROW,
    /** Global task number of the plan. */
    task: NO_ROW,
    map_index: NO_ROW,
    /** Code of the machine's states (src/machines TI). */
    state: 'u8',
    flags: 'u8',
    try_number: 'u16',
    max_tries: 'u16',
    /** Code of REASONS: what held it when the scheduler last looked, 0 for nothing. */
    held_by: 'u8',
    /** Number of the scheduler job that queued it, NO_JOB for none. */
    queued_by_job_id: ['u8', NO_JOB],
    priority_weight: 'i32',
    queued_dttm: NO_TIME,
    start_date: NO_TIME,
    end_date: NO_TIME,
    due: NO_TIME,
    /** Direct upstreams that keep it: see taskInstance/upstreams.ts. */
    upstreams: 'i32',
    /** Next in its run's list of candidates; -1 last, -2 in no list (candidates.ts). */
    next_candidate: ['i32', -2],
  });

export const RUN_TYPES = [
  'scheduled',
  'manual',
  'backfill',
  'asset_triggered',
  'dataset_triggered',
  'asset_materialization',
  'operator_triggered',
] as const;
export const RUN_TYPE = {
  scheduled: 0,
  manual: 1,
  backfill: 2,
  assetTriggered: 3,
  datasetTriggered: 4,
  assetMaterialization: 5,
  operatorTriggered: 6,
} as const;

export const newDagRuns = () =>
  makeTable('dag_run', {
    dag: NO_ROW,
    /** Version of the DAG that decides it (plan.versions). */
    dag_version: NO_ROW,
    /** The version that it was made by, or that somebody has chosen since (3.x). */
    created_version: NO_ROW,
    /** dag.dag_serial when its rows were found to fit. */
    dag_serial: 'i32',
    state: 'u8',
    run_type: 'u8',
    run_id: 'i32',
    logical_date: NO_TIME,
    data_interval_start: NO_TIME,
    data_interval_end: NO_TIME,
    run_after: NO_TIME,
    queued_at: NO_TIME,
    created_at: NO_TIME,
    start_date: NO_TIME,
    end_date: NO_TIME,
    /** -Infinity is NULL here: those come first. */
    last_scheduling_decision: ['f64', -Infinity],
    /** Until then a scheduler that examines it has its row locked; others pass over it. */
    locked_until: ['f64', -Infinity],
    clear_number: 'u16',
    /** Number of the run in its DAG, from 1 by order of creation. */
    number: 'i32',
    /** Name of the run for random draws, alike in every lane and version. */
    draw_key: 'i32',
    backfill: NO_ROW,
    sort_ordinal: 'i32',
    consumed_events: 'i32',
    conf: NO_ROW,
    /** Text of its partition key, and the instant that it stands for (3.x). */
    partition_key: NO_ROW,
    partition_date: NO_TIME,
    note: NO_ROW,
    /** A person has deleted it; the row stays because the log names it. */
    deleted: 'u8',
    /** First row of its stretch of `run_task`, one row per task of the DAG. */
    first_task: NO_ROW,
    /** Derived counters over its task instances; see taskInstance/counters.ts. */
    unfinished: 'i32',
    /** Unfinished ones whose task depends on the past or has a limit of its own. */
    unfinished_held: 'i32',
    /** deferred and awaiting_input. */
    parked: 'i32',
    /** queued and running: what max_active_tasks counts. */
    active: 'i32',
    /** scheduled, queued, running. */
    in_progress: 'i32',
    /** Something of it changed since its last examination. */
    touched: 'u8',
    /** A task instance was cleared, marked or removed: shortcuts of the deadlock test are off. */
    disturbed: 'u8',
    candidate_head: NO_ROW,
    candidate_tail: NO_ROW,
    /** Neighbours by logical date in the DAG; runs without a date are in no list. */
    earlier: NO_ROW,
    later: NO_ROW,
    /** Previous run of the DAG by order of creation. */
    previous_created: NO_ROW,
    /** Head of the list of its buckets of scheduled task instances. */
    first_bucket: NO_ROW,
  });

/** Where the task instances of (run, task) are: the row, or -2 - (row of `mapping`), -1 none. */
export const newRunTasks = () => makeTable('run_task', { ti: NO_ROW });

/** Expanded tasks of a run: their rows in `mapped_ti`, and how many ended in which state. */
export const newMappings = () =>
  makeTable('mapping', {
    first: NO_ROW,
    count: 'i32',
    room: 'i32',
    success: 'i32',
    skipped: 'i32',
    failed: 'i32',
    upstream_failed: 'i32',
    removed: 'i32',
  });

export const newMappedTis = () => makeTable('mapped_ti', { ti: NO_ROW });

export const newDags = () =>
  makeTable('dag', {
    /** The version that was stored last (plan.versions). */
    dag_version: NO_ROW,
    /** How often it was stored with other contents, and when last. */
    dag_serial: 'i32',
    stored_at: 'f64',
    /** What its file contains by now (plan.versions). */
    content: NO_ROW,
    is_paused: 'u8',
    /** Parsed at least once: it exists for the scheduler. */
    is_parsed: 'u8',
    /** Airflow's is_stale (2.x: not is_active): its file cannot be read any more. */
    is_stale: 'u8',
    /** What its file does when it is read: a code of FILE (dagFiles.ts). */
    file: 'u8',
    /** Since when its file has been so. */
    file_since: 'f64',
    exceeds_max_non_backfill: 'u8',
    next_dagrun: NO_TIME,
    next_dagrun_data_interval_start: NO_TIME,
    next_dagrun_data_interval_end: NO_TIME,
    next_dagrun_create_after: NO_TIME,
    /** When it got its first reference to an asset (semantics 9.10). */
    first_asset_reference: NO_TIME,
    runs: 'i32',
    queued_runs: 'i32',
    running_runs: 'i32',
    /** The same without runs of backfills. */
    queued_regular: 'i32',
    running_regular: 'i32',
    /** queued and running task instances over all runs (limit of 2.11.2). */
    active: 'i32',
    last_run: NO_ROW,
    /** Run with the latest logical date. */
    latest_run: NO_ROW,
    asset_runs: 'i32',
  });

/** By pool number of the plan. */
export const newPools = () =>
  makeTable('slot_pool', {
    /** 0: named by a task only, there is no such pool. */
    exists: 'u8',
    /** -1 is unlimited. */
    slots: 'i32',
    include_deferred: 'u8',
    /** Slots of queued and running task instances, and of deferred ones. */
    occupied: 'i32',
    deferred: 'i32',
  });

/** By global task number: queued, running (3.x: deferred, awaiting_input too) over all runs. */
export const newTaskCounts = () => makeTable('task_count', { active: 'i32', ever: 'i32' });

export const newJobs = () =>
  makeTable('job', {
    /** 0 running, 1 success, 2 failed. */
    state: 'u8',
    latest_heartbeat: NO_TIME,
    start_date: NO_TIME,
    end_date: NO_TIME,
  });

export const newXComs = () =>
  makeTable('xcom', {
    ti: NO_ROW,
    key: 'i32',
    /** Number in `world.json`, -1 when the value is not known. */
    value: NO_ROW,
    /** Next XCom of the same task instance. */
    next: NO_ROW,
  });

export const newTaskReschedules = () =>
  makeTable('task_reschedule', {
    ti: NO_ROW,
    try_number: 'u16',
    start_date: NO_TIME,
    end_date: NO_TIME,
    reschedule_date: NO_TIME,
  });

/** deadline: rows are never deleted here; `is_over`: missed, or deleted by the run's success. */
export const newDeadlines = () =>
  makeTable('deadline', {
    dag_run: NO_ROW,
    /** Place in the DAG's deadline alerts. */
    alert: 'i32',
    deadline_time: NO_TIME,
    missed: 'u8',
    is_over: 'u8',
  });

/** sla_miss (2.x): the task and the date of the run that it missed. */
export const newSlaMisses = () =>
  makeTable('sla_miss', {
    task: 'i32',
    logical_date: NO_TIME,
    timestamp: NO_TIME,
    /** Row before it of the same task. */
    previous: NO_ROW,
  });

export const newBackfills = () =>
  makeTable('backfill', {
    dag: NO_ROW,
    from_date: NO_TIME,
    to_date: NO_TIME,
    max_active_runs: 'i32',
    is_paused: 'u8',
    created_at: NO_TIME,
    completed_at: NO_TIME,
    /** Runs in state queued and running that belong to it. */
    queued_runs: 'i32',
    running_runs: 'i32',
    runs: 'i32',
  });

/** Scheduled task instances of one run in one pool, as a unit of the critical section's order. */
export const newBuckets = () =>
  makeTable('bucket', {
    dag_run: NO_ROW,
    pool: 'i32',
    /** First slot that is taken, -1 when it is empty. */
    head: NO_ROW,
    /** Next bucket of the same run. */
    next: NO_ROW,
  });

/** Places of scheduled mapped task instances in the order of the critical section (ordering.ts). */
export const newPlaces = () => makeTable('place', { ti: NO_ROW });

/** Timers of each scheduler in turn: when each is due (scheduler/timers.ts). */
export const newTimers = () => makeTable('timer', { due: NO_TIME });

/** Processes that run the scheduler's loop, in the order of the scenario (schedulers.ts). */
export const newSchedulers = () =>
  makeTable('scheduler', {
    /** A code of SCHEDULER. */
    state: 'u8',
    /** Raised at each end of the process: events of an earlier life are nobody's. */
    epoch: 'i32',
    /** Step of the loop that waits for a stalled process, -1 when none does. */
    parked: ['i32', NONE],
    /** It dies after the next commit of queued task instances, before it hands them over. */
    dies_at_hand_off: 'u8',
    /** It has exited, or is about to, because it cannot reach the database. */
    lost_database: 'u8',
    /** It alone cannot reach the database (F25). */
    cut_off: 'u8',
    /** How far its clock is ahead, microseconds. */
    skew: 'f64',
    // The counters of `world.counters` while another scheduler's step is the present one.
    job: NO_ROW,
    loops: 'i32',
    last_heartbeat: ['f64', -Infinity],
    queued: 'i32',
    blocked_since: ['f64', -1],
  });
