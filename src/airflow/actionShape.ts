/** The shape of a user action that arrives as data (scenarioActions.ts), and what must hold in it. */
import { problem, type Problem } from '../base/result.ts';
import {
  anything,
  bool,
  integer,
  listOf,
  mapOf,
  nil,
  notNegative,
  oneOf,
  optional,
  or,
  tagged,
  text,
  type Check,
  type Fields,
} from '../base/shape.ts';
import type { UserAction } from './scenarioActions.ts';
import type { AirflowVersion, DagSpec } from './spec.ts';
import { parseIso } from './timetables/index.ts';

const at = { at_s: notNegative };
const ofDag = { ...at, dag_id: text };
const ofRun = { ...ofDag, run_id: text };
const maybeBool = optional(bool);
const reach = { upstream: maybeBool, downstream: maybeBool, past: maybeBool, future: maybeBool };
const values = optional(mapOf(anything));

/** Fields by action: what a form shows, what a text may say. */
const ACTION_FIELDS: Readonly<Record<UserAction['action'], Fields>> = {
  trigger: {
    ...ofDag,
    run_id: optional(text),
    logical_date: optional(or(text, nil)),
    run_after: optional(or(text, nil)),
    data_interval_start: optional(text),
    data_interval_end: optional(text),
    conf: values,
    note: optional(text),
    partition_key: optional(text),
  },
  pause: ofDag,
  unpause: ofDag,
  clear: {
    ...ofRun,
    ...reach,
    task_ids: or(listOf(text), nil),
    map_index: optional(integer),
    only_failed: maybeBool,
    only_running: maybeBool,
    reset_dag_runs: maybeBool,
    prevent_running_task: maybeBool,
    run_on_latest_version: maybeBool,
  },
  clear_run: {
    ...ofRun,
    only_failed: maybeBool,
    only_new: maybeBool,
    run_on_latest_version: maybeBool,
  },
  mark_task: {
    ...ofRun,
    ...reach,
    task_id: text,
    map_index: optional(integer),
    state: oneOf('success', 'failed', 'skipped'),
  },
  mark_run: { ...ofRun, state: oneOf('success', 'failed', 'queued') },
  delete_run: ofRun,
  pool: { ...at, pool: text, slots: optional(integer), include_deferred: maybeBool },
  delete_pool: { ...at, pool: text },
  asset_event: { ...at, asset: text, extra: values, partition_key: optional(text) },
  materialize: { ...at, asset: text, partition_key: optional(text) },
  backfill: {
    ...ofDag,
    from_date: text,
    to_date: text,
    run_backwards: maybeBool,
    dag_run_conf: values,
    reprocess_behavior: optional(oneOf('none', 'failed', 'completed')),
    max_active_runs: optional(integer),
    rerun_failed_tasks: maybeBool,
    reset_dagruns: maybeBool,
    continue_on_failures: maybeBool,
    ignore_first_depends_on_past: maybeBool,
  },
  pause_backfill: ofDag,
  unpause_backfill: ofDag,
  cancel_backfill: ofDag,
  answer: {
    ...ofRun,
    task_id: text,
    map_index: optional(integer),
    chosen_options: listOf(text),
    params_input: values,
  },
};

/** Says which field of which action is wrong. */
export const actionShape: Check = tagged('action', ACTION_FIELDS);

const ONLY_3: readonly string[] = [
  'backfill',
  'materialize',
  'pause_backfill',
  'unpause_backfill',
  'cancel_backfill',
  'answer',
];
const DATES = [
  'logical_date',
  'run_after',
  'data_interval_start',
  'data_interval_end',
  'from_date',
  'to_date',
] as const;

/** What only shows beside the DAGs and the version: ids that exist, dates that can be read. */
export function actionProblems(
  actions: readonly UserAction[],
  dags: readonly DagSpec[],
  version: AirflowVersion,
): Problem[] {
  return actions.flatMap((action, i) => {
    const field = `actions[${i}]`;
    return [
      ...versionProblems(action, field, version),
      ...dateProblems(action, field),
      ...idProblems(action, field, dags),
    ];
  });
}

function versionProblems(action: UserAction, field: string, version: AirflowVersion): Problem[] {
  if (version === '3.3.2' || !ONLY_3.includes(action.action)) return [];
  const params = { action: action.action, airflow: version };
  return [problem('action_not_in_version', params, { field: `${field}.action` })];
}

function dateProblems(action: UserAction, field: string): Problem[] {
  const fields: Readonly<Record<string, unknown>> = { ...action };
  const found = DATES.flatMap((name) => {
    const date = fields[name];
    if (typeof date !== 'string' || parseIso(date) !== null) return [];
    return [problem('date_not_iso', { text: date }, { field: `${field}.${name}` })];
  });
  if (
    (fields['data_interval_start'] === undefined) !==
    (fields['data_interval_end'] === undefined)
  ) {
    found.push(problem('action_half_interval', {}, { field: `${field}.data_interval_start` }));
  }
  return found;
}

function idProblems(action: UserAction, field: string, dags: readonly DagSpec[]): Problem[] {
  if (!('dag_id' in action)) return [];
  const dag = dags.find((each) => each.dag_id === action.dag_id);
  if (!dag) {
    const params = { dag_id: action.dag_id };
    return [problem('action_dag_unknown', params, { field: `${field}.dag_id` })];
  }
  const unknown = tasksNamed(action).filter((id) => !dag.tasks.some((task) => task.task_id === id));
  return unknown.map((task_id) =>
    problem('action_task_unknown', { task_id, dag_id: dag.dag_id }, { field }),
  );
}

function tasksNamed(action: UserAction): readonly string[] {
  if (action.action === 'clear') return action.task_ids ?? [];
  return 'task_id' in action ? [action.task_id] : [];
}
