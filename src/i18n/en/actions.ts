/** Why a person's action was refused (`refused.<code>`, src/airflow/actions/refusals.ts). */
export const actions = {
  'refused.run_unknown': 'There is no run with this id.',
  'refused.run_exists': 'A run with this id exists already.',
  'refused.date_exists': 'A run with this logical date exists already.',
  'refused.run_active': 'The run is running: only queued and finished runs can be deleted.',
  'refused.no_logical_date':
    'The run has no logical date, so there are no earlier or later runs of it.',
  'refused.task_instance_unknown': 'The run has no such task instance.',
  'refused.task_running': 'One of the task instances is running, and the request forbids that.',
  'refused.state_already_set': 'The task instances have this state already.',
  'refused.pool_unknown': 'There is no such pool.',
  'refused.pool_default': '`default_pool` cannot be deleted.',
  'refused.asset_unknown': 'There is no such asset.',
  'refused.asset_no_producer': 'No DAG writes this asset.',
  'refused.asset_producers_differ': 'More than one DAG writes this asset.',
  'refused.backfill_not_periodic': 'The schedule has no rhythm, so there is nothing to fill.',
  'refused.backfill_active': 'Another backfill of this DAG is not over yet.',
  'refused.backfill_depends_on_past':
    'A task depends on the past: runs must be reprocessed, oldest first.',
  'refused.backfill_empty': 'No run lies in this range.',
  'refused.backfill_unknown': 'There is no open backfill of this DAG.',
  'refused.answer_not_asked': 'The task instance asks for no answer.',
  'refused.answer_given': 'The task instance has been answered already.',
  'refused.answer_option_unknown': 'The answer is none of the options.',
  'refused.server_down': 'The server of pages and API is away: the request is not answered.',
  'refused.dag_unknown': 'There is no such DAG.',
  'refused.partition_not_taken': 'The DAG is not partitioned: it takes no partition key.',
  'refused.database_down':
    'The metadata database does not answer: no page and no command of Airflow works.',
} as const;
