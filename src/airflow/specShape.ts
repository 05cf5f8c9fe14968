/** The shape of a DagSpec that arrives as data: every field that the engine reads. */
import { BEHAVIOUR_KINDS } from './spec.ts';
import {
  anything,
  bool,
  closed,
  integer,
  lazy,
  listOf,
  mapOf,
  nil,
  notNegative,
  number,
  oneOf,
  optional,
  or,
  record,
  text,
} from '../base/shape.ts';
import type { Check } from '../base/shape.ts';

const maybe = (check: Check): Check => or(check, nil);

const condition: Check = lazy(() =>
  or(
    record({ asset: record({ uri: text, name: optional(text), group: optional(text) }) }),
    record({ alias: text }),
    record({ all: listOf(condition) }),
    record({ any: listOf(condition) }),
    record({ ref: mapOf(text) }),
  ),
);

const schedule = record({
  timetable: text,
  summary: text,
  data: maybe(mapOf(anything)),
  asset_condition: maybe(condition),
  can_be_scheduled: bool,
  periodic: bool,
});

const expandValue = record({
  kind: oneOf('literal', 'literal_dict', 'xcom', 'group_argument'),
  length: maybe(integer),
  ref: optional(mapOf(anything)),
});

const expand = record({
  style: oneOf('expand', 'expand_kwargs'),
  items: optional(mapOf(expandValue)),
  value: optional(expandValue),
  literal_total: optional(maybe(integer)),
});

/** A mapped sensor says null where partial() left the value open. */
const sensor = record({
  mode: maybe(oneOf('poke', 'reschedule')),
  poke_interval_s: maybe(number),
  timeout_s: maybe(number),
  soft_fail: maybe(bool),
  exponential_backoff: maybe(or(bool, number)),
  max_wait_s: maybe(number),
  silent_fail: maybe(bool),
  never_fail: maybe(bool),
});

/** Requests of a worker pod. */
export const podShape = closed({
  cpu_m: optional(notNegative),
  memory_mb: optional(notNegative),
  memory_limit_mb: optional(notNegative),
  image: optional(text),
  invalid: optional(bool),
});

const end = oneOf('success', 'failed', 'skipped');

const target = record({
  dag_id: text,
  allowed_states: optional(listOf(text)),
  failed_states: optional(listOf(text)),
  skipped_states: optional(listOf(text)),
  task_ids: optional(listOf(text)),
  task_group_id: optional(text),
  execution_delta_s: optional(number),
  check_existence: optional(bool),
  wait_for_completion: optional(bool),
  poke_interval_s: optional(number),
  run_id: optional(text),
  logical_date: optional(maybe(text)),
  run_after: optional(maybe(text)),
  conf: optional(mapOf(anything)),
  note: optional(text),
  reset_dag_run: optional(bool),
  skip_when_already_exists: optional(bool),
  fail_when_dag_is_paused: optional(bool),
});

const hitl = record({
  options: listOf(text),
  defaults: maybe(listOf(text)),
  multiple: bool,
  response_timeout_s: maybe(number),
  approval: optional(record({ fail_on_reject: bool })),
  options_mapping: optional(mapOf(text)),
});

const assetEvent = record({
  asset: record({ uri: text, name: optional(text), group: optional(text) }),
  alias: optional(text),
  partitions: optional(listOf(text)),
  extra: optional(mapOf(anything)),
});

const retryAction = oneOf('retry', 'fail', 'default');
const retryPolicy = record({
  rules: listOf(
    record({
      exceptions: listOf(text),
      action: retryAction,
      retry_delay_s: maybe(number),
      match_subclasses: bool,
    }),
  ),
  default: retryAction,
});

const behaviour = record({
  kind: oneOf(...BEHAVIOUR_KINDS),
  duration_s: maybe(number),
  duration_source: maybe(oneOf('bash_sleep', 'python_sleep', 'dry_run')),
  outcome: optional(end),
  outcomes: optional(listOf(end)),
  outcomes_by_index: optional(listOf(end)),
  branch: optional(listOf(text)),
  condition: optional(bool),
  returns_length: optional(maybe(integer)),
  xcom: optional(mapOf(anything)),
  target: optional(target),
  ignore_downstream_trigger_rules: optional(bool),
  start_trigger: optional(record({ timeout_s: maybe(number) })),
  end_from_trigger: optional(bool),
  defers: optional(bool),
  hitl: optional(hitl),
  asset_events: optional(listOf(assetEvent)),
  retry_policy: optional(retryPolicy),
  raises: optional(listOf(text)),
  note: optional(text),
});

const task = record({
  task_id: text,
  task_type: text,
  operator_name: text,
  upstream_task_ids: listOf(text),
  downstream_task_ids: listOf(text),
  group: maybe(text),
  trigger_rule: text,
  weight_rule: text,
  priority_weight: number,
  pool: text,
  pool_slots: integer,
  queue: text,
  executor: maybe(text),
  retries: integer,
  retry_delay_s: number,
  retry_exponential_backoff: or(bool, number),
  max_retry_delay_s: maybe(number),
  execution_timeout_s: maybe(number),
  depends_on_past: bool,
  wait_for_downstream: bool,
  ignore_first_depends_on_past: bool,
  wait_for_past_depends_before_skipping: bool,
  max_active_tis_per_dag: maybe(integer),
  max_active_tis_per_dagrun: maybe(integer),
  start_date: maybe(text),
  end_date: maybe(text),
  is_setup: bool,
  is_teardown: bool,
  on_failure_fail_dagrun: bool,
  is_mapped: bool,
  expand: maybe(expand),
  in_mapped_group: bool,
  sensor: maybe(sensor),
  inlets: listOf(condition),
  outlets: listOf(condition),
  sla_s: optional(maybe(number)),
  callbacks: optional(mapOf(listOf(text))),
  is_empty: bool,
  can_skip_downstream: bool,
  line: optional(maybe(integer)),
  pod: optional(podShape),
  behaviour: optional(behaviour),
});

const group = record({
  group_id: text,
  parent: maybe(text),
  is_mapped: bool,
  expand: maybe(expand),
  children: listOf(text),
  upstream_group_ids: listOf(text),
  downstream_group_ids: listOf(text),
  upstream_task_ids: listOf(text),
  downstream_task_ids: listOf(text),
});

const deadline = record({
  reference: oneOf('DAGRUN_QUEUED_AT', 'DAGRUN_LOGICAL_DATE', 'FIXED_DATETIME', 'AVERAGE_RUNTIME'),
  interval_s: number,
  name: optional(text),
  datetime: optional(text),
  max_runs: optional(integer),
  min_runs: optional(integer),
});

export const dagShape: Check = record({
  dag_id: text,
  display_name: optional(text),
  description: optional(maybe(text)),
  schedule,
  start_date: maybe(text),
  end_date: maybe(text),
  timezone: text,
  catchup: bool,
  max_active_runs: integer,
  max_active_tasks: integer,
  max_consecutive_failed_dag_runs: integer,
  dagrun_timeout_s: maybe(number),
  is_paused_upon_creation: maybe(bool),
  fail_fast: bool,
  disable_bundle_versioning: optional(bool),
  rerun_with_latest_version: optional(or(bool, nil)),
  deadline_alerts: optional(listOf(deadline)),
  has_on_success_callback: optional(bool),
  has_on_failure_callback: optional(bool),
  tags: optional(listOf(text)),
  owner: optional(text),
  tasks: listOf(task),
  groups: listOf(group),
  edge_labels: optional(listOf(listOf(maybe(text)))),
  fileloc: optional(text),
  line: optional(maybe(integer)),
});
