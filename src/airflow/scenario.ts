/**
 * Scenario: everything that determines a run, as plain JSON. Two equal scenarios give equal logs,
 * byte for byte, on every JavaScript engine (architecture.md, idea 1). Times are seconds after the
 * scenario's start, because people write them; the engine turns them into integer microseconds.
 */
import type { UserAction } from './scenarioActions.ts';
import type { AirflowVersion, DagSpec, PodSpec } from './spec.ts';

export type { UserAction } from './scenarioActions.ts';

export const EXECUTORS = ['sequential', 'local', 'celery', 'kubernetes'] as const;
export type ExecutorName = (typeof EXECUTORS)[number];

export interface Scenario {
  format: 1;
  airflow: AirflowVersion;
  executor: ExecutorName;
  /**
   * Further executors of core.executor after `executor`, which is the default: a task chooses by
   * its argument `executor` (2.10 and later). Each has core.parallelism slots of its own.
   */
  beside?: ExecutorName[];
  /** Names that core.executor gives them (`alias:Class`), for the argument `executor` of tasks. */
  executor_aliases?: Record<string, ExecutorName>;
  /**
   * 2.x: CeleryKubernetesExecutor or LocalKubernetesExecutor, by `executor`. A task goes to the
   * Kubernetes part by its queue (`celery_kubernetes_executor.kubernetes_queue`).
   */
  hybrid?: boolean;
  dags: DagSpec[];
  /**
   * Other contents of the DAG files, by name: what a file has from the moment at which
   * `change file:NAME to=...` saves it. Each has DAGs of the list above.
   */
  versions?: Record<string, DagSpec[]>;
  /** 3.x: where the files are; absent: a folder. Runs from git keep their commit. */
  bundle?: 'local' | 'git';
  /** Wall-clock date of t = 0, ISO 8601 in UTC. Decides which runs a schedule creates. */
  start: string;
  /** Simulated seconds after which the run is cut off even if something still waits. */
  until_s: number;
  seed: number;
  /** Only what differs from the version's defaults: `section.option` -> value. */
  config: Record<string, string | number | boolean>;
  pools: Record<string, PoolSpec>;
  fleet: FleetSpec;
  behaviour: BehaviourRules;
  actions: UserAction[];
  faults: Fault[];
  /** What the installation does with the logs of tasks, beside Airflow's own options. */
  logs?: LogSpec;
  /** Per hour, in any currency. */
  prices?: Prices;
  /** Overrides of the named latencies (src/airflow/latencies): name -> seconds or distribution. */
  latencies: Record<string, DistributionSpec>;
}

/** What has a price; what has none costs nothing. */
export const PRICED = ['scheduler', 'triggerer', 'worker', 'node', 'pod', 'slot'] as const;
export type Priced = (typeof PRICED)[number];
export type Prices = Readonly<Partial<Record<Priced, number>>>;

export interface LogSpec {
  /** A volume that all parts write to and read from. */
  shared_volume?: boolean;
  /** What becomes of the files of a worker that is gone: absent: lost in a container, else kept. */
  disk?: 'kept' | 'lost';
  /** Uploads to the remote store fail (its credentials are wrong, say): nobody is told. */
  upload_fails?: boolean;
  /** With logging.remote_logging: a shipper reads the files, Airflow reads Elasticsearch. */
  elasticsearch?: boolean;
}

export interface PoolSpec {
  /** -1 is unlimited. */
  slots: number;
  include_deferred: boolean;
}

export interface FleetSpec {
  /** Celery worker groups; ignored by other executors. */
  workers: WorkerGroupSpec[];
  broker: 'redis' | 'rabbitmq';
  /** Kubernetes nodes; ignored by other executors. */
  nodes: NodeGroupSpec[];
  schedulers: number;
  triggerers: number;
  /**
   * Everything of the lane on one machine: server processes and tasks share its cores (0 or absent:
   * each has one of its own) and its memory (absent: enough).
   */
  machine?: { cores?: number; memory_mb?: number };
  /** Which part stands on which machine; parts that none of them names have one of their own. */
  placement?: MachineSpec[];
  /** What is true of the Kubernetes cluster as a whole; absent: pods ask for nothing, no quota. */
  cluster?: ClusterSpec;
}

/** A machine with parts of the installation on it; what happens to it happens to all of them. */
export interface MachineSpec {
  /** The name of a node of the cluster: that node. */
  name: string;
  /** Parts as faults name them: `scheduler-1`, `database`; `worker-*` is all of a kind. */
  runs: string[];
  /** Cores that all of its parts and their tasks share; absent: each has one of its own. */
  cores?: number;
  memory_mb?: number;
  /** Each part in a container: when its first process is killed, all in it is gone. */
  containers?: boolean;
}

export interface ClusterSpec {
  /** What the pod template asks for; a task's own `pod` stands over it. */
  pod?: PodSpec;
  quota?: QuotaSpec;
  /** Node groups with `min` or `max` are autoscaled by these times. */
  autoscaler?: AutoscalerSpec;
}

/** ResourceQuota of the namespace, over all pods that have not ended. */
export interface QuotaSpec {
  pods?: number;
  cpu_m?: number;
  memory_mb?: number;
}

export interface AutoscalerSpec {
  /** --scan-interval, 10 s. */
  scan_s?: number;
  /** --scale-down-unneeded-time, 600 s. */
  scale_down_after_s?: number;
}

export interface WorkerGroupSpec {
  name: string;
  count: number;
  /** Memory of each worker's host; absent: enough. */
  memory_mb?: number;
  /** celery.worker_concurrency of this group. */
  concurrency: number;
  /** Queues it consumes; null = every queue that a task of the scenario names. */
  queues: string[] | null;
  /** celery.worker_prefetch_multiplier; absent = the configuration's. */
  prefetch_multiplier?: number;
  /** celery.worker_autoscale of this group: children per worker; absent = `concurrency` of them. */
  autoscale?: { min: number; max: number };
  /** Workers come and go with the load; `count` of them are up at the start. */
  keda?: KedaSpec;
}

/** KEDA's autoscaler as the Helm chart sets it up; times in seconds. */
export interface KedaSpec {
  min: number;
  max: number;
  /** workers.keda.pollingInterval; absent = 5. */
  polling_s?: number;
  /** Fewer must be enough for so long before workers are told to stop; absent = 300. */
  cooldown_s?: number;
  /** terminationGracePeriodSeconds of a worker; absent = 600. */
  grace_s?: number;
}

export interface NodeGroupSpec {
  name: string;
  count: number;
  /** --max-pods of the kubelet: places for worker pods. */
  pods: number;
  /** Allocatable millicores and megabytes; absent: enough for all. */
  cpu_m?: number;
  memory_mb?: number;
  /** True when the task image is in the node's cache at the start (or baked into the machine). */
  image_cached: boolean;
  /** Autoscaled group: `count` at the start, never fewer than `min`, never more than `max`. */
  min?: number;
  max?: number;
}

/** Durations and outcomes where the DAG file does not say them. Later rules win. */
export interface BehaviourRules {
  /** Default seconds of user code per behaviour kind; missing kinds use the built-in default. */
  by_kind: Record<string, DistributionSpec>;
  rules: BehaviourRule[];
  /** Runs and asset events that come from outside, beside the actions. */
  arrivals?: Arrivals[];
}

/** Either a DAG or an asset comes; by one of `per_hour`, `every_s`, `at_s`. */
export interface Arrivals {
  dag_id?: string;
  asset?: string;
  /** At random, so many an hour on average (exponential gaps). */
  per_hour?: number;
  every_s?: number;
  at_s?: number[];
  /** From the start to the end of the scenario when absent. */
  from_s?: number;
  until_s?: number;
  conf?: Record<string, unknown>;
}

export interface BehaviourRule {
  dag_id?: string;
  task_id?: string;
  map_index?: number;
  run_id?: string;
  duration?: DistributionSpec;
  /** End per try: entry k is try k + 1, the last entry holds for all later tries. */
  outcomes?: TaskOutcome[];
  failure_chance?: number;
  /** Sensors: seconds after the first poke at which the condition becomes true; null = never. */
  condition_after_s?: number | null;
  branch?: string[];
  condition?: boolean;
  returns_length?: number;
  /** Share of a processor that the code keeps busy, 0 to 1; counts where cores are shared. */
  cpu?: number;
  /** Megabytes that the code uses while it runs. */
  memory_mb?: number;
  /** Each callback of the task takes so long in its process; 0 when absent. */
  callback_s?: number;
  /** Class of the exception of a failure, then its bases (retry_policy, 3.x). */
  raises?: string[];
  /** Human in the loop: options that somebody chooses, so many seconds after the task has asked. */
  answer?: string[];
  answer_after_s?: number;
}

export type TaskOutcome = 'success' | 'failed' | 'fail_no_retry' | 'skipped' | 'killed';

export type DistributionSpec =
  | number
  | { kind: 'uniform'; min_s: number; max_s: number }
  | { kind: 'exponential'; mean_s: number }
  | { kind: 'lognormal'; median_s: number; sigma: number }
  | { kind: 'empirical'; values_s: number[] }
  | { kind: 'choice'; of: { p: number; value_s: number }[] };

/** A fault on a part, by the part's name (`worker-2`, `broker`, `scheduler-1`). */
export interface Fault {
  at_s: number;
  what: string;
  part: string;
  args?: Record<string, number | string>;
}

/** A lane: a named patch of the base scenario, so that lanes differ in just what is compared. */
export interface Lane {
  id: string;
  executor: ExecutorName;
  airflow: AirflowVersion;
  patch: Partial<Omit<Scenario, 'format' | 'executor' | 'airflow'>>;
}

/** Common random numbers: draws are keyed by dag, task, run, try and purpose, not by lane. */
export interface Comparison {
  base: Omit<Scenario, 'executor' | 'airflow'>;
  lanes: Lane[];
}
