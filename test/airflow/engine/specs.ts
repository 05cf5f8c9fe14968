/** Small DAG specs and scenarios for tests: what is not said is Airflow's default. */
import type { DagSpec, ScheduleSpec, TaskSpec } from '../../../src/airflow/spec.ts';
import type { Scenario } from '../../../src/airflow/scenario.ts';

export const NO_SCHEDULE: ScheduleSpec = {
  timetable: 'NullTimetable',
  summary: 'None',
  data: {},
  asset_condition: null,
  can_be_scheduled: false,
  periodic: false,
};

export function taskSpec(
  id: string,
  upstream: string[] = [],
  more: Partial<TaskSpec> = {},
): TaskSpec {
  return {
    task_id: id,
    task_type: 'BashOperator',
    operator_name: 'BashOperator',
    upstream_task_ids: upstream,
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
    behaviour: { kind: 'bash', duration_s: 3, duration_source: 'bash_sleep' },
    ...more,
  };
}

export function dagSpec(id: string, tasks: TaskSpec[], more: Partial<DagSpec> = {}): DagSpec {
  return {
    dag_id: id,
    schedule: NO_SCHEDULE,
    start_date: '2025-01-01T00:00:00Z',
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

export function scenarioOf(dags: DagSpec[], more: Partial<Scenario> = {}): Scenario {
  return {
    format: 1,
    airflow: '3.3.2',
    executor: 'local',
    dags,
    start: '2025-01-10T00:00:00Z',
    until_s: 3600,
    seed: 1,
    config: {},
    pools: {},
    fleet: {
      workers: [{ name: 'worker', count: 2, concurrency: 4, queues: null }],
      broker: 'redis',
      nodes: [{ name: 'node', count: 2, pods: 10, image_cached: true }],
      schedulers: 1,
      triggerers: 1,
    },
    behaviour: { by_kind: {}, rules: [] },
    actions: dags.map((dag) => ({ at_s: 0, action: 'trigger', dag_id: dag.dag_id })),
    faults: [],
    latencies: {},
    ...more,
  };
}
