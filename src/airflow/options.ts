/**
 * The options that the engine's core reads, as numbers: times in microseconds. Executors read
 * theirs where they need them. Defaults are those of the version (src/airflow/config).
 */
import { seconds } from '../base/time.ts';
import {
  booleanOption,
  numberOption,
  option,
  type Config,
  type OptionName,
} from './config/index.ts';

export type Options = ReturnType<typeof readOptions>;

export function readOptions(config: Config) {
  const is3 = config.version === '3.3.2';
  const number = (name: OptionName): number => numberOption(config, name);
  const time = (name: OptionName): number => seconds(number(name));
  const metrics = !is3 || METRICS.some((name) => booleanOption(config, name));
  return {
    parallelism: parallelismOf(number('core.parallelism')),
    maxTisPerQuery: number('scheduler.max_tis_per_query'),
    maxDagrunsToCreatePerLoop: number('scheduler.max_dagruns_to_create_per_loop'),
    maxDagrunsPerLoopToSchedule: number('scheduler.max_dagruns_per_loop_to_schedule'),
    defaultPoolSlots: number('core.default_pool_task_slot_count'),
    maxTaskRetryDelayS: number('core.max_task_retry_delay'),
    taskQueuedTimeout: time('scheduler.task_queued_timeout'),
    taskQueuedCheckInterval: time('scheduler.task_queued_timeout_check_interval'),
    numStuckRetries: number('scheduler.num_stuck_in_queued_retries'),
    triggerTimeoutCheckInterval: time('scheduler.trigger_timeout_check_interval'),
    /** 3.x: the scheduler completes backfills, each 30 s. */
    backfillCheckInterval: is3 ? seconds(30) : Infinity,
    /** 3.x sends metrics of pools, task instances and runs only where metrics are switched on. */
    poolMetricsInterval: metrics ? time('scheduler.pool_metrics_interval') : Infinity,
    tiMetricsInterval: is3 && metrics ? time('scheduler.ti_metrics_interval') : Infinity,
    parsingCleanupInterval: time('scheduler.parsing_cleanup_interval'),
    orphanedTasksCheckInterval: time('scheduler.orphaned_tasks_check_interval'),
    schedulerHealthCheckThreshold: time('scheduler.scheduler_health_check_threshold'),
    schedulerHeartbeat: time('scheduler.scheduler_heartbeat_sec'),
    schedulerIdleSleep: time('scheduler.scheduler_idle_sleep_time'),
    heartbeatTimeout: time(
      is3
        ? 'scheduler.task_instance_heartbeat_timeout'
        : 'scheduler.scheduler_zombie_task_threshold',
    ),
    heartbeatCheckInterval: time(
      is3
        ? 'scheduler.task_instance_heartbeat_timeout_detection_interval'
        : 'scheduler.zombie_detection_interval',
    ),
    dagFileInterval: time(
      is3 ? 'dag_processor.min_file_process_interval' : 'scheduler.min_file_process_interval',
    ),
    dagFileTimeout: time(
      is3 ? 'dag_processor.dag_file_processor_timeout' : 'core.dag_file_processor_timeout',
    ),
    staleDagThreshold: time(
      is3 ? 'dag_processor.stale_dag_threshold' : 'scheduler.stale_dag_threshold',
    ),
    minSerializedDagUpdate: seconds(
      Number(option(config, 'core.min_serialized_dag_update_interval')),
    ),
    dagbagImportTimeout: time('core.dagbag_import_timeout'),
    staleScanInterval: time('scheduler.parsing_cleanup_interval'),
    /** 3.2 and later: clears without a word of their own take the newest version of the DAG. */
    rerunWithLatest: is3 && option(config, 'core.rerun_with_latest_version') === true,
    useJobSchedule: booleanOption(config, 'scheduler.use_job_schedule'),
    allowTriggerInFuture: !is3 && booleanOption(config, 'scheduler.allow_trigger_in_future'),
    /** 2.11.2: a task's end schedules what follows it (semantics 5.1). */
    miniScheduler: !is3 && booleanOption(config, 'scheduler.schedule_after_task_execution'),
  };
}

/** Switches of the senders of metrics. */
const METRICS = ['metrics.statsd_on', 'metrics.otel_on'] as const;

/** 2.x: 0 is no limit. */
function parallelismOf(value: number): number {
  return value <= 0 ? Infinity : value;
}
