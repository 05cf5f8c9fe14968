/** Specs of DAGs and tasks that say nothing of themselves: Airflow's own defaults. */
import type { DagSpec, ScheduleSpec, TaskSpec } from './spec.ts';

/** `schedule=None`. */
export const NO_SCHEDULE: ScheduleSpec = {
  timetable: 'NullTimetable',
  summary: 'None',
  data: {},
  asset_condition: null,
  can_be_scheduled: false,
  periodic: false,
};

/** As 3.3.2 has it; `more` is laid over it. */
export function plainTask(taskId: string, more: Partial<TaskSpec> = {}): TaskSpec {
  return {
    task_id: taskId,
    task_type: 'BashOperator',
    operator_name: 'BashOperator',
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
    retry_exponential_backoff: 0,
    max_retry_delay_s: null,
    execution_timeout_s: null,
    depends_on_past: false,
    wait_for_downstream: false,
    ignore_first_depends_on_past: false,
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
    ...more,
  };
}

/** Without groups, run by hand only; `more` is laid over it. */
export function plainDag(dagId: string, tasks: TaskSpec[], more: Partial<DagSpec> = {}): DagSpec {
  return {
    dag_id: dagId,
    schedule: NO_SCHEDULE,
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
    ...more,
  };
}
