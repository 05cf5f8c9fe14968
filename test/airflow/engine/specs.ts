/** Small DAG specs and scenarios for tests: what is not said is Airflow's default. */
import { plainDag, plainTask } from '../../../src/airflow/plainSpecs.ts';
import type { AssetCondition, DagSpec, ScheduleSpec, TaskSpec } from '../../../src/airflow/spec.ts';
import type { Scenario } from '../../../src/airflow/scenario.ts';

export function taskSpec(
  id: string,
  upstream: string[] = [],
  more: Partial<TaskSpec> = {},
): TaskSpec {
  const behaviour = { kind: 'bash', duration_s: 3, duration_source: 'bash_sleep' } as const;
  return plainTask(id, { upstream_task_ids: upstream, behaviour, ...more });
}

export function dagSpec(id: string, tasks: TaskSpec[], more: Partial<DagSpec> = {}): DagSpec {
  return plainDag(id, tasks, { start_date: '2025-01-01T00:00:00Z', ...more });
}

/** The schedule of a DAG that runs when the condition holds. */
export function assetSchedule(condition: AssetCondition): ScheduleSpec {
  return {
    timetable: 'AssetTriggeredTimetable',
    summary: 'Asset',
    data: {},
    asset_condition: condition,
    can_be_scheduled: true,
    periodic: false,
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
