/** Units of the numeric options. Airflow writes them in prose; here they are data. */

export type Unit = 'seconds' | 'days' | 'bytes' | 'characters' | 'items' | 'lines' | 'port';

/** Options whose name does not tell. */
const NAMED: Readonly<Record<string, Unit>> = {
  'core.max_map_length': 'items',
  'core.max_templated_field_length': 'characters',
  'core.task_success_overtime': 'seconds',
  'core.team_name_cache_ttl': 'seconds',
  'celery.flower_port': 'port',
  'database.sql_alchemy_pool_recycle': 'seconds',
  'kubernetes_executor.running_pod_log_lines': 'lines',
  'kubernetes_executor.tcp_keep_idle': 'seconds',
  'kubernetes_executor.tcp_keep_intvl': 'seconds',
  'logging.min_length_masked_secret': 'characters',
  'scheduler.dag_stale_not_seen_duration': 'seconds',
  'scheduler.scheduler_health_check_server_port': 'port',
  'state_store.default_retention_days': 'days',
  'state_store.max_value_storage_bytes': 'bytes',
  'triggerer.shared_stream_cohort_grace_period': 'seconds',
  'workers.execution_api_retry_wait_max': 'seconds',
  'workers.execution_api_retry_wait_min': 'seconds',
};

/** Ends and parts of names that mean seconds. */
const SECONDS =
  /(_sec|_seconds|_timeout|_interval|_delay|_threshold|_cleanup_time|_expiration_time|_sleep_time)$/;

/** Unit of an option, null for a plain count, a switch or a text. */
export function unitOf(name: string, type: string): Unit | null {
  if (type !== 'integer' && type !== 'float') return null;
  const named = NAMED[name];
  if (named !== undefined) return named;
  return SECONDS.test(name) ? 'seconds' : null;
}
