/** The `given` of a runs case, as it is recorded, and its DAG as a DagSpec. */
import { plainDag } from '../../airflow/plainSpecs.ts';
import type {
  AirflowVersion,
  DagSpec,
  ExpandSpec,
  ExpandValue,
  GroupSpec,
  TaskSpec,
} from '../../airflow/spec.ts';
import { bareTask, schedule } from '../bench/caseSpecs.ts';

export type Reference = { map?: { skip_values?: unknown[]; fail_values?: unknown[] } } & (
  { from: string } | { zip: Reference[]; fillvalue?: unknown } | { concat: Reference[] }
);
export type Argument = unknown[] | Reference;

export interface GivenExpand {
  kind: 'expand' | 'expand_kwargs';
  args: Record<string, Argument> | unknown[] | Reference;
}

export type ScriptEntry =
  | 'success'
  | 'fail'
  | 'fail_no_retry'
  | 'skip'
  | 'return_x'
  | { return: unknown }
  | { branch: string | string[] | null }
  | { condition: boolean };

export interface RunsTask {
  task_id: string;
  operator: 'empty' | 'python' | 'branch' | 'short_circuit' | 'latest_only';
  upstream: string[];
  trigger_rule: string;
  retries: number;
  depends_on_past: boolean;
  wait_for_downstream: boolean;
  is_setup: boolean;
  is_teardown: boolean;
  on_failure_fail_dagrun?: boolean;
  ignore_downstream_trigger_rules?: boolean;
  ignore_first_depends_on_past?: boolean;
  max_active_tis_per_dag?: number | null;
  task_group?: string | null;
  args?: Record<string, unknown>;
  expand?: GivenExpand;
}

export interface RunsGroup {
  group_id: string;
  parent?: string;
  expand?: GivenExpand;
}

export interface RunsAction {
  when: number | 'end';
  action: 'clear' | 'clear_run' | 'mark_task' | 'mark_run';
  run_id: string;
  task_id?: string;
  map_index?: number;
  downstream?: boolean;
  upstream?: boolean;
  past?: boolean;
  future?: boolean;
  only_failed?: boolean;
  state?: string;
}

export interface RunsGiven {
  dag: {
    dag_id: string;
    fail_fast: boolean;
    catchup: boolean;
    tasks: RunsTask[];
    task_groups?: RunsGroup[];
  };
  runs: { run_id: string; logical_date: string; run_type: 'scheduled' | 'manual' }[];
  now: string;
  script: Record<string, Record<string, ScriptEntry[]>>;
  actions: RunsAction[];
}

/** Daily since 2020; an interval is the day from the logical date on. */
export function runsDagSpec(given: RunsGiven, airflow: AirflowVersion): DagSpec {
  const { dag } = given;
  const groups = (dag.task_groups ?? []).map(groupSpec);
  const tasks = dag.tasks.map((task) => taskSpec(task, airflow));
  return {
    ...plainDag(dag.dag_id, tasks),
    schedule: schedule(
      'CronDataIntervalTimetable',
      { expression: '0 0 * * *', timezone: 'UTC' },
      null,
    ),
    start_date: '2020-01-01T00:00:00Z',
    catchup: dag.catchup,
    max_active_runs: 1000,
    fail_fast: dag.fail_fast,
    groups,
  };
}

function taskSpec(task: RunsTask, airflow: AirflowVersion): TaskSpec {
  return {
    ...bareTask(task.task_id, airflow),
    upstream_task_ids: task.upstream,
    trigger_rule: task.trigger_rule,
    retries: task.retries,
    retry_delay_s: 0,
    depends_on_past: task.depends_on_past,
    wait_for_downstream: task.wait_for_downstream,
    ignore_first_depends_on_past: task.ignore_first_depends_on_past === true,
    is_setup: task.is_setup,
    is_teardown: task.is_teardown,
    on_failure_fail_dagrun: task.on_failure_fail_dagrun === true,
    max_active_tis_per_dag: task.max_active_tis_per_dag ?? null,
    group: task.task_group ?? null,
    is_mapped: task.expand !== undefined,
    expand: task.expand === undefined ? null : expandSpec(task.expand),
    is_empty: task.operator === 'empty',
    can_skip_downstream: ['branch', 'short_circuit', 'latest_only'].includes(task.operator),
  };
}

function groupSpec(group: RunsGroup): GroupSpec {
  return {
    group_id: group.group_id,
    parent: group.parent ?? null,
    is_mapped: group.expand !== undefined,
    expand: group.expand === undefined ? null : expandSpec(group.expand),
    children: [],
    upstream_group_ids: [],
    downstream_group_ids: [],
    upstream_task_ids: [],
    downstream_task_ids: [],
  };
}

export function expandSpec(expand: GivenExpand): ExpandSpec {
  if (expand.kind === 'expand_kwargs') {
    return { style: 'expand_kwargs', value: expandValue(expand.args as Argument) };
  }
  const args = Object.entries(expand.args as Record<string, Argument>);
  const items = args.map(([name, value]) => [name, expandValue(value)] as const);
  return { style: 'expand', items: Object.fromEntries(items) };
}

function expandValue(value: Argument): ExpandValue {
  if (Array.isArray(value)) return { kind: 'literal', length: value.length };
  return { kind: 'xcom', length: null, ref: referenceOf(value) };
}

/** In the form of the set `dag-files`. */
function referenceOf(value: Reference | unknown[]): Record<string, unknown> {
  if (Array.isArray(value)) return { length: value.length };
  if ('from' in value) return { xcom: { task_id: value.from, key: 'return_value' } };
  if ('zip' in value) {
    return { zip: { args: value.zip.map(referenceOf), fillvalue: 'fillvalue' in value } };
  }
  return { concat: { args: value.concat.map(referenceOf) } };
}
