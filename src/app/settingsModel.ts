/** Settings as the drawer shows them: each with its default in the version it belongs to. */
import type { LatencySource, LatencyUnit } from '../airflow/latencies/latency.ts';
import type { DistributionSpec, ExecutorName } from '../airflow/scenario.ts';

/** Where a field stands in the drawer. */
export const SETTING_GROUPS = [
  'scheduler',
  'dag',
  'sequential',
  'local',
  'celery',
  'kubernetes',
  'cluster',
  'logs',
] as const;
export type SettingGroup = (typeof SETTING_GROUPS)[number];

interface FieldBase {
  /** Stable id; its name in words is `setting.<id>`. */
  id: string;
  group: SettingGroup;
  /** Airflow's `section.option`, or the parameter of the DAG; null when Airflow has no such option. */
  option: string | null;
  /** True when it differs from the default. */
  changed: boolean;
  /** Executors it has an effect on; null is all. */
  executors: ExecutorName[] | null;
}

export interface NumberField extends FieldBase {
  kind: 'number';
  value: number;
  /** In the version of the lane(s); null where Airflow leaves it to the machine. */
  default: number | null;
  min: number;
  max: number;
  step: number;
  unit: 'count' | 's' | 'MiB' | 'millicores';
}

export interface ChoiceField extends FieldBase {
  kind: 'choice';
  value: string;
  default: string;
  /** Airflow's own words, never translated. */
  choices: string[];
}

export interface ToggleField extends FieldBase {
  kind: 'toggle';
  value: boolean;
  default: boolean;
}

export type SettingField = NumberField | ChoiceField | ToggleField;

/** One group of Celery workers. */
export interface FleetGroup {
  name: string;
  count: number;
  concurrency: number;
  /** Null: every queue that a task of the scenario names. */
  queues: string[] | null;
  /** celery.worker_prefetch_multiplier of this group; absent: the configuration's. */
  prefetch_multiplier?: number;
  /** celery.worker_autoscale; absent: always `concurrency` processes. */
  autoscale?: { min: number; max: number };
  /** KEDA starts and stops workers of the group by the load; absent: always `count` of them. */
  keda?: { min: number; max: number };
}

/** Runs of a DAG, or events of an asset, that come by themselves. */
export interface ArrivalSetting {
  dag_id?: string;
  asset?: string;
  /** At random, so many an hour on average; or at equal distances. */
  per_hour?: number;
  every_s?: number;
}

/** A task that asks a person, with what can be answered. */
export interface Question {
  dag_id: string;
  task_id: string;
  options: readonly string[];
  multiple: boolean;
}

export interface PoolSetting {
  name: string;
  /** -1 is unlimited. */
  slots: number;
  include_deferred: boolean;
  /** Task instances of the source that use it. */
  used_by: number;
  /** The default pool cannot be removed. */
  fixed: boolean;
}

/** How long user code of one kind of operator takes where its file does not say it. */
export interface DurationSetting {
  kind: string;
  seconds: number;
  default: number;
  /** Tasks of the source that have this kind and no duration of their own. */
  tasks: number;
}

/** How long a step takes: an entry of src/airflow/latencies in the lanes that have it. */
export interface LatencySetting {
  name: string;
  unit: LatencyUnit;
  /** What each lane's table says. */
  tables: { lane: string; value: DistributionSpec; source: LatencySource; reference: string }[];
  /** Set by a person instead, for all lanes. */
  own: number | null;
}
