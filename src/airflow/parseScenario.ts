/** Unknown data (a link, a stored workspace, a file) -> Scenario, or problems that name the field. */
import { err, fail, ok, problem, type Problem, type Result } from '../base/result.ts';
import {
  anything,
  bool,
  integer,
  lazy,
  listOf,
  mapOf,
  nil,
  number,
  oneOf,
  optional,
  or,
  record,
  text,
  type Check,
} from '../base/shape.ts';
import { checkSpecs } from './checkSpecs.ts';
import { makeConfig } from './config/index.ts';
import { plantProblems } from './executors/plant.ts';
import { profileOf } from './profile/index.ts';
import { EXECUTORS, type Scenario } from './scenario.ts';
import { AIRFLOW_VERSIONS } from './spec.ts';
import { dagShape } from './specShape.ts';
import { parseIso } from './timetables/index.ts';

/** Also checks what only shows when the parts meet: options, executor and version, dates. */
export function validateScenario(value: unknown): Result<Scenario> {
  const wrong = scenarioShape(value, '');
  if (wrong !== null) return fail('field_wrong', { field: wrong }, { field: wrong });
  const scenario = value as Scenario;
  const config = makeConfig(scenario.airflow, scenario.config);
  const problems: Problem[] = [
    ...checkSpecs(scenario.dags, profileOf(scenario.airflow)),
    ...(config.ok ? [] : config.error),
    ...plantProblems(scenario),
    ...dateProblems(scenario),
  ];
  return problems.length > 0 ? err(problems) : ok(scenario);
}

function dateProblems(scenario: Scenario): Problem[] {
  const dates: [string, string][] = [['start', scenario.start]];
  scenario.actions.forEach((action, i) => {
    if (action.action !== 'trigger' || !action.logical_date) return;
    dates.push([`actions[${i}].logical_date`, action.logical_date]);
  });
  return dates.flatMap(([field, date]) =>
    parseIso(date) === null ? [problem('date_not_iso', { text: date }, { field })] : [],
  );
}

const distribution: Check = lazy(() =>
  or(
    number,
    record({ kind: oneOf('uniform'), min_s: number, max_s: number }),
    record({ kind: oneOf('exponential'), mean_s: number }),
    record({ kind: oneOf('lognormal'), median_s: number, sigma: number }),
    record({ kind: oneOf('empirical'), values_s: listOf(number) }),
    record({ kind: oneOf('choice'), of: listOf(record({ p: number, value_s: number })) }),
  ),
);

const workers = record({
  name: text,
  count: integer,
  concurrency: integer,
  queues: or(listOf(text), nil),
  prefetch_multiplier: optional(integer),
});

const nodes = record({
  name: text,
  count: integer,
  pods: integer,
  cpu_m: optional(number),
  memory_mb: optional(number),
  image_cached: bool,
});

const rule = record({
  dag_id: optional(text),
  task_id: optional(text),
  map_index: optional(integer),
  run_id: optional(text),
  duration: optional(distribution),
  outcomes: optional(listOf(oneOf('success', 'failed', 'fail_no_retry', 'skipped', 'killed'))),
  failure_chance: optional(number),
  condition_after_s: optional(or(number, nil)),
  branch: optional(listOf(text)),
  condition: optional(bool),
  returns_length: optional(integer),
});

const at = { at_s: number };
const ofRun = { ...at, dag_id: text, run_id: text };
const ways = { upstream: bool, downstream: bool };

const action: Check = or(
  record({
    ...at,
    action: oneOf('trigger'),
    dag_id: text,
    run_id: optional(text),
    logical_date: optional(or(text, nil)),
    conf: optional(mapOf(anything)),
  }),
  record({ ...at, action: oneOf('pause', 'unpause'), dag_id: text }),
  record({
    ...ofRun,
    ...ways,
    action: oneOf('clear'),
    task_ids: or(listOf(text), nil),
    only_failed: bool,
  }),
  record({
    ...ofRun,
    action: oneOf('mark_task'),
    task_id: text,
    map_index: optional(integer),
    state: oneOf('success', 'failed', 'skipped'),
    downstream: optional(bool),
    upstream: optional(bool),
  }),
  record({ ...ofRun, action: oneOf('mark_run'), state: oneOf('success', 'failed') }),
  record({ ...at, action: oneOf('pool'), pool: text, slots: integer }),
  record({ ...at, action: oneOf('asset_event'), asset: text }),
);

const scenarioShape: Check = record({
  format: (value, path) => (value === 1 ? null : path),
  airflow: oneOf(...AIRFLOW_VERSIONS),
  executor: oneOf(...EXECUTORS),
  dags: listOf(dagShape),
  start: text,
  until_s: number,
  seed: integer,
  config: mapOf(or(text, number, bool)),
  pools: mapOf(record({ slots: integer, include_deferred: bool })),
  fleet: record({
    workers: listOf(workers),
    broker: oneOf('redis', 'rabbitmq'),
    nodes: listOf(nodes),
    schedulers: integer,
    triggerers: integer,
  }),
  behaviour: record({ by_kind: mapOf(distribution), rules: listOf(rule) }),
  actions: listOf(action),
  faults: listOf(
    record({ ...at, what: text, part: text, args: optional(mapOf(or(text, number))) }),
  ),
  latencies: mapOf(distribution),
});
