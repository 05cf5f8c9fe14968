/**
 * DagSpec: one DAG as plain JSON, as the Python side hands it over.
 *
 * The field names and meanings are those of the recorded set `dag-files` (test/oracle/dag-files),
 * so that a structure can be compared with real Airflow letter by letter. What the simulation needs
 * beside the structure (source lines, `behaviour`) is optional: a DAG that was not written in
 * Python (a lesson, a recorded case) need not have it.
 *
 * Seconds are plain numbers here because they are Airflow's own; the engine turns them into SimTime.
 */

export type AirflowVersion = '3.3.2' | '2.11.2';
export const AIRFLOW_VERSIONS: readonly AirflowVersion[] = ['3.3.2', '2.11.2'];

export interface DagSpec {
  dag_id: string;
  display_name?: string;
  description?: string | null;
  schedule: ScheduleSpec;
  /** ISO 8601 in UTC. */
  start_date: string | null;
  end_date: string | null;
  timezone: string;
  catchup: boolean;
  max_active_runs: number;
  max_active_tasks: number;
  max_consecutive_failed_dag_runs: number;
  dagrun_timeout_s: number | null;
  is_paused_upon_creation: boolean | null;
  fail_fast: boolean;
  /** 3.x: runs are not pinned to the version of their bundle. */
  disable_bundle_versioning?: boolean;
  /** 3.2 and later: what a clear takes when nobody says it; null: the configuration's word. */
  rerun_with_latest_version?: boolean | null;
  /** 3.x; an empty list when there is none. */
  deadline_alerts?: DeadlineSpec[];
  has_on_success_callback?: boolean;
  has_on_failure_callback?: boolean;
  tags?: string[];
  owner?: string;
  tasks: TaskSpec[];
  groups: GroupSpec[];
  edge_labels?: [string, string, string][];
  /** Path of the file as the person named it, and the line of the DAG's creation (from 1). */
  fileloc?: string;
  line?: number | null;
}

/** A DeadlineAlert: reference + interval, then its callback is queued (semantics 17.3). */
export interface DeadlineSpec {
  reference: 'DAGRUN_QUEUED_AT' | 'DAGRUN_LOGICAL_DATE' | 'FIXED_DATETIME' | 'AVERAGE_RUNTIME';
  interval_s: number;
  name?: string;
  /** FIXED_DATETIME: ISO 8601. */
  datetime?: string;
  /** AVERAGE_RUNTIME: 10 and max_runs when absent. */
  max_runs?: number;
  min_runs?: number;
}

/** What `schedule=` became: the class of the timetable and its serialised data. */
export interface ScheduleSpec {
  /** Class name, for example CronTriggerTimetable, CronDataIntervalTimetable, NullTimetable. */
  timetable: string;
  /** The text of the schedule column. */
  summary: string;
  data: Record<string, unknown> | null;
  asset_condition: AssetCondition | null;
  can_be_scheduled: boolean;
  periodic: boolean;
}

export type AssetCondition =
  | { asset: AssetRef }
  | { alias: string }
  | { all: AssetCondition[] }
  | { any: AssetCondition[] }
  | { ref: Record<string, string> };

export interface AssetRef {
  uri: string;
  /** 2.11.2 (datasets) has no name; the uri stands for it. */
  name?: string;
  group?: string;
  extra?: Record<string, unknown>;
  watchers?: unknown[];
}

export interface TaskSpec {
  task_id: string;
  display_name?: string;
  task_type: string;
  operator_name: string;
  module?: string;
  upstream_task_ids: string[];
  downstream_task_ids: string[];
  group: string | null;
  trigger_rule: string;
  weight_rule: string;
  priority_weight: number;
  pool: string;
  pool_slots: number;
  queue: string;
  executor: string | null;
  retries: number;
  retry_delay_s: number;
  /** 3.3.2: a number (0 off); 2.11.2: a bool. */
  retry_exponential_backoff: number | boolean;
  max_retry_delay_s: number | null;
  execution_timeout_s: number | null;
  depends_on_past: boolean;
  wait_for_downstream: boolean;
  ignore_first_depends_on_past: boolean;
  wait_for_past_depends_before_skipping: boolean;
  max_active_tis_per_dag: number | null;
  max_active_tis_per_dagrun: number | null;
  start_date: string | null;
  end_date: string | null;
  is_setup: boolean;
  is_teardown: boolean;
  on_failure_fail_dagrun: boolean;
  is_mapped: boolean;
  expand: ExpandSpec | null;
  in_mapped_group: boolean;
  deferrable?: boolean | null | { mapped: true };
  sensor: SensorSpec | null;
  inlets: AssetCondition[];
  outlets: AssetCondition[];
  /** 2.x: seconds after the end of the run's interval. */
  sla_s?: number | null;
  /** Names of callbacks per argument, for example {"on_failure_callback": ["alert"]}. */
  callbacks?: Record<string, string[]>;
  is_empty: boolean;
  can_skip_downstream: boolean;
  /** What its worker pod asks for where executor_config says it. */
  pod?: PodSpec;
  /** Line of the task's creation (from 1), null when unknown. */
  line?: number | null;
  behaviour?: BehaviourSpec;
  /** Fields of the recorded form that the engine does not read (templates, docs, params ...). */
  [other: string]: unknown;
}

/** Requests of the base container (pod template, executor_config's pod_override). */
export interface PodSpec {
  /** Millicores. */
  cpu_m?: number;
  /** Megabytes. */
  memory_mb?: number;
  /** The container is killed beyond it. */
  memory_limit_mb?: number;
  image?: string;
  /** executor_config says something that KubernetesExecutor refuses: it reports the key as failed. */
  invalid?: boolean;
}

export interface SensorSpec {
  mode: 'poke' | 'reschedule';
  poke_interval_s: number;
  timeout_s: number;
  soft_fail: boolean;
  exponential_backoff: boolean | number;
  max_wait_s: number | null;
  silent_fail: boolean;
  never_fail: boolean;
}

export interface ExpandSpec {
  style: 'expand' | 'expand_kwargs';
  items?: Record<string, ExpandValue>;
  value?: ExpandValue;
  /** Product of the lengths when all are literal, else null. */
  literal_total?: number | null;
}

export interface ExpandValue {
  kind: 'literal' | 'literal_dict' | 'xcom' | 'group_argument';
  length: number | null;
  ref?: Record<string, unknown>;
}

export interface GroupSpec {
  group_id: string;
  parent: string | null;
  is_mapped: boolean;
  expand: ExpandSpec | null;
  children: string[];
  upstream_group_ids: string[];
  downstream_group_ids: string[];
  upstream_task_ids: string[];
  downstream_task_ids: string[];
  prefix_group_id?: boolean;
  tooltip?: boolean;
}

/** The other DAG of an ExternalTaskSensor or a TriggerDagRunOperator. States as Airflow has them. */
export interface TargetSpec {
  dag_id: string;
  /** Absent: success. */
  allowed_states?: string[];
  /** Absent: none (ExternalTaskSensor), failed (TriggerDagRunOperator). */
  failed_states?: string[];
  /** ExternalTaskSensor only, like the next four. */
  skipped_states?: string[];
  task_ids?: string[];
  task_group_id?: string;
  /** Looked for is the own logical date less this. */
  execution_delta_s?: number;
  check_existence?: boolean;
  /** TriggerDagRunOperator only, from here on. */
  wait_for_completion?: boolean;
  poke_interval_s?: number;
  run_id?: string;
  /** null: none; absent: now. ISO 8601, or a template of a date of the own run. */
  logical_date?: string | null;
  run_after?: string | null;
  conf?: Record<string, unknown>;
  note?: string;
  reset_dag_run?: boolean;
  skip_when_already_exists?: boolean;
  fail_when_dag_is_paused?: boolean;
}

/** ExceptionRetryPolicy: the first rule that fits decides (semantics 7.6). */
export interface RetryPolicySpec {
  rules: {
    exceptions: string[];
    action: 'retry' | 'fail' | 'default';
    retry_delay_s: number | null;
    match_subclasses: boolean;
  }[];
  default: 'retry' | 'fail' | 'default';
}

/** One word of a task on an asset event (outlet_events, Metadata). */
export interface AssetEventSpec {
  asset: AssetRef;
  /** The alias among its outlets under which it writes the asset. */
  alias?: string;
  /** 3.x: one event per key (add_partitions). */
  partitions?: string[];
  extra?: Record<string, unknown>;
}

/** A question to a person (HITLOperator and its kinds). */
export interface HitlSpec {
  options: string[];
  /** Taken when the time is up; null: then the task fails. */
  defaults: string[] | null;
  /** More than one option may be chosen. */
  multiple: boolean;
  /** null: it waits for ever. */
  response_timeout_s: number | null;
  /** ApprovalOperator: what Reject does beside skipping what follows. */
  approval?: { fail_on_reject: boolean };
  /** HITLBranchOperator: options -> task ids; an option that is not there is a task id itself. */
  options_mapping?: Record<string, string>;
}

/** How a task behaves when it runs, as far as the file itself says it. Closed list of kinds. */
export const BEHAVIOUR_KINDS = [
  'empty',
  'bash',
  'python',
  'branch',
  'short_circuit',
  'latest_only',
  'sensor',
  'external_task_sensor',
  'trigger_dag_run',
  'http',
  'sql',
  'container',
  'transfer',
  'notify',
  'hitl',
  'unknown',
] as const;
export type BehaviourKind = (typeof BEHAVIOUR_KINDS)[number];

export interface BehaviourSpec {
  kind: BehaviourKind;
  /** Seconds of user code per try when the file says so (`sleep 30`), else null. */
  duration_s: number | null;
  /** Where duration_s comes from, null with it. */
  duration_source: 'bash_sleep' | 'python_sleep' | 'dry_run' | null;
  /** End of a dry run of the callable; absent when it was not run. */
  outcome?: 'success' | 'failed' | 'skipped';
  /** Ends per try where a later try ends otherwise; the last holds for all later ones. */
  outcomes?: ('success' | 'failed' | 'skipped')[];
  /** Ends by map index where they differ; `outcome` is then the most frequent one. */
  outcomes_by_index?: ('success' | 'failed' | 'skipped')[];
  /** Task ids (or group ids) that a branch returned; short_circuit: its condition. */
  branch?: string[];
  condition?: boolean;
  /** Length of the returned list or dict, for mapping over it. */
  returns_length?: number | null;
  /** XCom keys pushed with their JSON values where small (at most 4 kB each). */
  xcom?: Record<string, unknown>;
  /** ExternalTaskSensor and TriggerDagRunOperator: what they look at or trigger. */
  target?: TargetSpec;
  /** Short circuit, Approval: false lets the rules of what follows decide. True when absent. */
  ignore_downstream_trigger_rules?: boolean;
  /** start_from_trigger: the scheduler defers it itself; seconds until it gives up, null: never. */
  start_trigger?: { timeout_s: number | null };
  /** retry_policy (3.x). */
  retry_policy?: RetryPolicySpec;
  /** Class of the exception with which it fails, then its bases, nearest first. */
  raises?: string[];
  /** What the task says of its asset events: extra of an outlet, assets under an alias. */
  asset_events?: AssetEventSpec[];
  /** Human in the loop (3.x): what is asked. */
  hitl?: HitlSpec;
  /** It always defers, whatever `deferrable` says (sensors called ...Async). */
  defers?: boolean;
  /** The trigger ends the task itself: no worker comes back to it. */
  end_from_trigger?: boolean;
  /** Why the callable was not run, as a code (missing_library, refused_network ...). */
  note?: string;
}
