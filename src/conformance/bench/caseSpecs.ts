/** DagSpecs for recorded cases: what a case does not say is as that version has it. */
import type {
  AirflowVersion,
  AssetCondition,
  DagSpec,
  ScheduleSpec,
  TaskSpec,
} from '../../airflow/spec.ts';

export function bareTask(id: string, airflow: AirflowVersion): TaskSpec {
  return {
    task_id: id,
    task_type: 'BaseOperator',
    operator_name: 'BaseOperator',
    upstream_task_ids: [],
    downstream_task_ids: [],
    group: null,
    trigger_rule: 'all_success',
    weight_rule: 'downstream',
    priority_weight: 1,
    pool: 'default_pool',
    pool_slots: 1,
    queue: 'default',
    executor: null,
    retries: 0,
    retry_delay_s: 300,
    retry_exponential_backoff: airflow === '2.11.2' ? false : 0,
    max_retry_delay_s: null,
    execution_timeout_s: null,
    depends_on_past: false,
    wait_for_downstream: false,
    ignore_first_depends_on_past: airflow === '2.11.2',
    wait_for_past_depends_before_skipping: false,
    max_active_tis_per_dag: null,
    max_active_tis_per_dagrun: null,
    start_date: null,
    end_date: null,
    is_setup: false,
    is_teardown: false,
    on_failure_fail_dagrun: false,
    is_mapped: false,
    expand: null,
    in_mapped_group: false,
    sensor: null,
    inlets: [],
    outlets: [],
    is_empty: false,
    can_skip_downstream: false,
  };
}

export function bareDag(id: string, tasks: TaskSpec[]): DagSpec {
  return {
    dag_id: id,
    schedule: schedule('NullTimetable', {}, null),
    start_date: null,
    end_date: null,
    timezone: 'UTC',
    catchup: false,
    max_active_runs: 16,
    max_active_tasks: 16,
    max_consecutive_failed_dag_runs: 0,
    dagrun_timeout_s: null,
    is_paused_upon_creation: null,
    fail_fast: false,
    tasks,
    groups: [],
  };
}

/** Timetables without a period: Airflow refuses to backfill them. */
const NOT_PERIODIC = [
  'NullTimetable',
  'OnceTimetable',
  'ContinuousTimetable',
  'AssetTriggeredTimetable',
];

export function schedule(
  timetable: string,
  data: Record<string, unknown>,
  assets: AssetCondition | null,
): ScheduleSpec {
  return {
    timetable,
    summary: timetable,
    data,
    asset_condition: assets,
    can_be_scheduled: timetable !== 'NullTimetable',
    periodic: !NOT_PERIODIC.includes(timetable),
  };
}
