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
}

export type FieldSpec = NumberSpec | ToggleSpec;

const count = { kind: 'number', unit: 'count', step: 1, start: null } as const;

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
  {
    ...count,
    id: 'scheduler_idle_sleep_time',
    group: 'scheduler',
    option: 'scheduler.scheduler_idle_sleep_time',
    executors: null,
    min: 0.1,
    max: 30,
    step: 0.1,
    unit: 's',
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
    ...count,
    id: 'pod_start_s',
    group: 'kubernetes',
    option: null,
    executors: ['kubernetes'],
    min: 0.5,
    max: 120,
    step: 0.5,
    unit: 's',
    // Mean of what is drawn for container and interpreter while nobody sets it.
    start: 7.5,
  },
];
