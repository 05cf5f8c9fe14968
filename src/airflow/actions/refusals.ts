/**
 * Why Airflow does not do what somebody asks for: the answers 400, 404 and 409 of its API, and the
 * errors of its commands. The log record of a refused action holds the position in this list.
 */
export const REFUSALS = [
  '',
  'run_unknown',
  'run_exists',
  'date_exists',
  'run_active',
  'no_logical_date',
  'task_instance_unknown',
  'task_running',
  'state_already_set',
  'pool_unknown',
  'pool_default',
  'asset_unknown',
  'asset_no_producer',
  'asset_producers_differ',
  'backfill_not_periodic',
  'backfill_active',
  'backfill_depends_on_past',
  'backfill_empty',
  'backfill_unknown',
  'answer_not_asked',
  'answer_given',
  'answer_option_unknown',
  'dag_unknown',
  'partition_not_taken',
  'database_down',
  'server_down',
] as const;

/** '' when it was done. */
export type Refusal = (typeof REFUSALS)[number];

export function refusalNumber(refusal: Refusal): number {
  return REFUSALS.indexOf(refusal);
}
