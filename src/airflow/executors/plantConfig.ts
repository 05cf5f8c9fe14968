/** The options that executors, workers and task processes read, as numbers of the engine. */
import { profileOf, type Profile } from '../profile/index.ts';
import { US_PER_SECOND } from '../../base/time.ts';
import type { AirflowVersion } from '../spec.ts';

export interface PlantConfig {
  readonly version: AirflowVersion;
  /** The supervisor of 3.x, the LocalTaskJob of 2.x. */
  readonly is3: boolean;
  readonly profile: Profile;
  /** core.parallelism; 0 (2.x) is no limit. */
  readonly parallelism: number;
  /** workers.min_heartbeat_interval, 2.x scheduler.job_heartbeat_sec; microseconds. */
  readonly heartbeat: number;
  /** dag_processor.min_file_process_interval (2.x: scheduler.); microseconds. */
  readonly parseInterval: number;
  /** dag_processor.parsing_processes (2.x: scheduler.). */
  readonly parsingProcesses: number;
  readonly syncParallelism: number;
  readonly operationTimeout: number;
  readonly publishRetries: number;
  readonly acksLate: boolean;
  readonly prefetchMultiplier: number;
  /** celery_broker_transport_options.visibility_timeout; microseconds. */
  readonly visibilityTimeout: number;
  readonly podBatch: number;
  readonly podLaunchRetries: number;
  /** kubernetes_executor.task_publish_max_retries; -1 = no limit. */
  readonly podPublishRetries: number;
  readonly podFatalReasons: readonly string[];
  readonly deletePods: boolean;
  readonly deleteFailedPods: boolean;
  /** async_pod_creation: a batch at once, so many at a time. */
  readonly podCreationsAtOnce: number;
  /** workers.execution_api_timeout (microseconds), _retries, max_failed_heartbeats (3.x). */
  readonly apiTimeout: number;
  readonly apiRetries: number;
  readonly failedBeats: number;
  /** workers.missing_dag_retries, .missing_dag_retry_delay (microseconds; 3.x). */
  readonly missingRetries: number;
  readonly missingDelay: number;
  /** scheduler.local_task_job_heartbeat_sec, 0: the zombie threshold (2.x); microseconds. */
  readonly jobPatience: number;
  readonly triggererCapacity: number;
  /** triggerer.job_heartbeat_sec, .triggerer_health_check_threshold; microseconds. */
  readonly triggererHeartbeat: number;
  readonly triggererThreshold: number;
  /** triggerer.runner_health_check_threshold (3.x, 0 is never); microseconds. */
  readonly runnerThreshold: number;
  /** logging.remote_logging: supervisors upload the log of their try. */
  readonly remoteLogging: boolean;
  /** core.killed_task_cleanup_time (2.x), 5 s in 3.x; microseconds. */
  readonly killGrace: number;
}

export type OptionValue = string | number | boolean;

/** Reads an option (`section.option`), undefined when nothing is set. */
export type OptionReader = (name: string) => OptionValue | undefined;

export function readPlantConfig(version: AirflowVersion, read: OptionReader): PlantConfig {
  const is3 = version === '3.3.2';
  const number = (name: string, fallback: number): number => toNumber(read(name), fallback);
  const us = (name: string, fallback: number): number =>
    Math.round(number(name, fallback) * US_PER_SECOND);
  const heartbeat = is3 ? 'workers.min_heartbeat_interval' : 'scheduler.job_heartbeat_sec';
  const processor = is3 ? 'dag_processor' : 'scheduler';
  const capacity = is3 ? 'triggerer.capacity' : 'triggerer.default_capacity';
  return {
    version,
    is3,
    profile: profileOf(version),
    parallelism: number('core.parallelism', 32),
    heartbeat: us(heartbeat, 5),
    parseInterval: us(`${processor}.min_file_process_interval`, 30),
    parsingProcesses: Math.max(1, number(`${processor}.parsing_processes`, 2)),
    syncParallelism: number('celery.sync_parallelism', 0),
    operationTimeout: us('celery.operation_timeout', 1),
    publishRetries: number('celery.task_publish_max_retries', 3),
    acksLate: toBoolean(read('celery.task_acks_late'), true),
    prefetchMultiplier: number('celery.worker_prefetch_multiplier', 1),
    visibilityTimeout: us('celery_broker_transport_options.visibility_timeout', 86_400),
    podBatch: number('kubernetes_executor.worker_pods_creation_batch_size', 1),
    podLaunchRetries: number('kubernetes_executor.pod_launch_failure_retries', 1),
    podPublishRetries: number('kubernetes_executor.task_publish_max_retries', 0),
    podFatalReasons: toList(
      read('kubernetes_executor.worker_pod_pending_fatal_container_state_reasons'),
      FATAL_REASONS,
    ),
    deleteFailedPods: toBoolean(read('kubernetes_executor.delete_worker_pods_on_failure'), false),
    podCreationsAtOnce: creationsAtOnce(read, number),
    deletePods: toBoolean(read('kubernetes_executor.delete_worker_pods'), true),
    apiTimeout: us('workers.execution_api_timeout', 5),
    apiRetries: number('workers.execution_api_retries', 5),
    failedBeats: number('workers.max_failed_heartbeats', 3),
    missingRetries: number('workers.missing_dag_retries', 3),
    missingDelay: us('workers.missing_dag_retry_delay', 60),
    jobPatience:
      us('scheduler.local_task_job_heartbeat_sec', 0) ||
      us('scheduler.scheduler_zombie_task_threshold', 300),
    triggererCapacity: number(capacity, 1000),
    triggererHeartbeat: us('triggerer.job_heartbeat_sec', 5),
    triggererThreshold: us('triggerer.triggerer_health_check_threshold', 30),
    runnerThreshold: is3 ? us('triggerer.runner_health_check_threshold', 30) : 0,
    remoteLogging: toBoolean(read('logging.remote_logging'), false),
    killGrace: is3 ? 5 * US_PER_SECOND : us('core.killed_task_cleanup_time', 60),
  };
}

/** Default of worker_pod_pending_fatal_container_state_reasons. */
const FATAL_REASONS =
  'CreateContainerConfigError,ErrImagePull,CreateContainerError,ImageInspectError,InvalidImageName';

function toList(value: OptionValue | undefined, fallback: string): string[] {
  const text = typeof value === 'string' ? value : fallback;
  return text.split(',').flatMap((word) => (word.trim() === '' ? [] : [word.trim()]));
}

type ReadNumber = (name: string, fallback: number) => number;

/** 1 without async_pod_creation; pod_creation_max_concurrency 0 is the whole batch. */
function creationsAtOnce(read: OptionReader, number: ReadNumber): number {
  if (!toBoolean(read('kubernetes_executor.async_pod_creation'), false)) return 1;
  const most = number('kubernetes_executor.pod_creation_max_concurrency', 0);
  return most > 0 ? most : number('kubernetes_executor.worker_pods_creation_batch_size', 1);
}

function toNumber(value: OptionValue | undefined, fallback: number): number {
  const number = typeof value === 'string' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : fallback;
}

function toBoolean(value: OptionValue | undefined, fallback: boolean): boolean {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'string') return ['true', 't', '1'].includes(value.toLowerCase());
  return typeof value === 'number' ? value !== 0 : fallback;
}
