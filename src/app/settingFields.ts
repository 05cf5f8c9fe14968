/**
 * The settings that the drawer shows, each one with where it goes: an option of Airflow for some
 * executors, a parameter of the DAGs, or a part of the cluster.
 */
import type { ExecutorName } from '../airflow/scenario.ts';
import type { SettingGroup } from './settingsModel.ts';

interface Base {
  readonly id: string;
  readonly group: SettingGroup;
  /** `section.option` of Airflow, or null. */
  readonly option: string | null;
  readonly executors: readonly ExecutorName[] | null;
}

export interface NumberSpec extends Base {
  readonly kind: 'number';
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly unit: 'count' | 's';
  /** Where no option gives one, and where a value of ours is a better start than Airflow's. */
  readonly start: number | null;
}

export interface ToggleSpec extends Base {
  readonly kind: 'toggle';
  /** Where no option gives one. */
  readonly start?: boolean;
}

/** Airflow's own words, or those of the part it is about. */
export interface ChoiceSpec extends Base {
  readonly kind: 'choice';
  readonly choices: readonly string[];
  readonly start: string;
}

export type FieldSpec = NumberSpec | ToggleSpec | ChoiceSpec;

/** A part of the installation that no option of Airflow names. */
const plant = { option: null, executors: null } as const;
const cluster = { group: 'kubernetes', option: null, executors: ['kubernetes'] } as const;
/** What pods ask for and what there is of it: counts only where somebody has set it. */
const resources = { ...cluster, group: 'cluster' } as const;
/** Where the logs of tasks go. */
const logs = { kind: 'toggle', group: 'logs', executors: null } as const;
const count = { kind: 'number', unit: 'count', step: 1, start: null } as const;
const span = { kind: 'number', unit: 's', step: 0.1, start: null } as const;

export const FIELDS: readonly FieldSpec[] = [
  {
    ...count,
    id: 'parallelism',
    group: 'scheduler',
    option: 'core.parallelism',
    executors: ['celery', 'kubernetes'],
    min: 1,
    max: 512,
  },
  { ...count, id: 'schedulers', group: 'scheduler', ...plant, min: 1, max: 8, start: 1 },
  { ...count, id: 'triggerers', group: 'scheduler', ...plant, min: 1, max: 8, start: 1 },
  {
    ...span,
    id: 'scheduler_idle_sleep_time',
    group: 'scheduler',
    option: 'scheduler.scheduler_idle_sleep_time',
    executors: null,
    min: 0.1,
    max: 30,
  },
  {
    ...count,
    id: 'max_tis_per_query',
    group: 'scheduler',
    option: 'scheduler.max_tis_per_query',
    executors: null,
    min: 1,
    max: 512,
  },
  {
    ...count,
    id: 'max_active_tasks',
    group: 'dag',
    option: null,
    executors: null,
    min: 1,
    max: 512,
  },
  {
    ...count,
    id: 'local_parallelism',
    group: 'local',
    option: 'core.parallelism',
    executors: ['local'],
    min: 1,
    max: 128,
    start: 8,
  },
  {
    ...count,
    id: 'worker_prefetch_multiplier',
    group: 'celery',
    option: 'celery.worker_prefetch_multiplier',
    executors: ['celery'],
    min: 1,
    max: 16,
  },
  {
    id: 'task_acks_late',
    kind: 'toggle',
    group: 'celery',
    option: 'celery.task_acks_late',
    executors: ['celery'],
  },
  {
    ...count,
    id: 'worker_pods_creation_batch_size',
    group: 'kubernetes',
    option: 'kubernetes_executor.worker_pods_creation_batch_size',
    executors: ['kubernetes'],
    min: 1,
    max: 64,
  },
  {
    id: 'broker',
    kind: 'choice',
    group: 'celery',
    option: null,
    executors: ['celery'],
    choices: ['redis', 'rabbitmq'],
    start: 'redis',
  },
  { ...count, id: 'nodes', ...cluster, min: 1, max: 64, start: 1 },
  { id: 'image_cached', kind: 'toggle', ...cluster, start: true },
  {
    ...count,
    id: 'pod_places',
    group: 'kubernetes',
    option: null,
    executors: ['kubernetes'],
    min: 1,
    max: 512,
    start: 32,
  },
  {
    ...span,
    id: 'pod_start_s',
    group: 'kubernetes',
    option: null,
    executors: ['kubernetes'],
    min: 0.5,
    max: 120,
    step: 0.5,
    // Mean of what is drawn for container and interpreter while nobody sets it.
    start: 7.5,
  },
  { ...count, id: 'node_cores', ...resources, min: 0.5, max: 256, step: 0.5 },
  { ...count, id: 'node_memory_gib', ...resources, min: 0.5, max: 1024, step: 0.5 },
  { ...count, id: 'nodes_max', ...resources, min: 1, max: 64 },
  { ...span, id: 'scale_down_s', ...resources, min: 1, max: 3600, step: 1 },
  { ...count, id: 'pod_cores', ...resources, min: 0.1, max: 64, step: 0.1 },
  { ...count, id: 'pod_memory_mib', ...resources, min: 16, max: 262_144, step: 16 },
  { ...count, id: 'pod_memory_limit_mib', ...resources, min: 16, max: 262_144, step: 16 },
  { ...count, id: 'quota_pods', ...resources, min: 1, max: 512 },
  { ...count, id: 'quota_cores', ...resources, min: 0.5, max: 1024, step: 0.5 },
  { ...count, id: 'quota_memory_gib', ...resources, min: 0.5, max: 4096, step: 0.5 },
  { ...logs, id: 'remote_logging', option: 'logging.remote_logging' },
  { ...logs, id: 'delete_local_logs', option: 'logging.delete_local_logs' },
  { ...logs, id: 'log_volume', option: null, start: false },
  { ...logs, id: 'log_elasticsearch', option: null, start: false },
  { ...logs, id: 'log_upload_fails', option: null, start: false },
  { ...logs, id: 'log_disk_lost', option: null, start: false },
];
