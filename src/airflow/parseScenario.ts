/** Unknown data (a link, a stored workspace, a file) -> Scenario, or problems that name the field. */
import { err, fail, ok, problem, type Problem, type Result } from '../base/result.ts';
import {
  anything,
  bool,
  closed,
  exactly,
  integer,
  lazy,
  listOf,
  mapOf,
  mismatchParams,
  nil,
  notNegative,
  number,
  oneOf,
  optional,
  or,
  record,
  tagged,
  text,
  type Check,
  type Fields,
} from '../base/shape.ts';
import { checkSpecs } from './checkSpecs.ts';
import { makeConfig } from './config/index.ts';
import { plantProblems } from './executors/plant.ts';
import { faultProblems } from './faults/index.ts';
import { profileOf } from './profile/index.ts';
import { EXECUTORS, type Scenario } from './scenario.ts';
import { AIRFLOW_VERSIONS } from './spec.ts';
import { dagShape } from './specShape.ts';
import { parseIso } from './timetables/index.ts';

/** Also checks what only shows when the parts meet: options, executor and version, dates. */
export function validateScenario(value: unknown): Result<Scenario> {
  const wrong = scenarioShape(value, '');
  if (wrong !== null) return fail('field_wrong', mismatchParams(wrong), { field: wrong.path });
  const scenario = value as Scenario;
  const config = makeConfig(scenario.airflow, scenario.config);
  const problems: Problem[] = [
    ...checkSpecs(scenario.dags, profileOf(scenario.airflow)),
    ...(config.ok ? [] : config.error),
    ...plantProblems(scenario),
    ...faultProblems(scenario),
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

/** A number of seconds, or a distribution of them. */
const distribution: Check = lazy(() =>
  or(
    notNegative,
    tagged('kind', {
      uniform: { min_s: notNegative, max_s: notNegative },
      exponential: { mean_s: notNegative },
      lognormal: { median_s: notNegative, sigma: notNegative },
      empirical: { values_s: listOf(notNegative) },
      choice: { of: listOf(closed({ p: notNegative, value_s: notNegative })) },
    }),
  ),
);

const workers = closed({
  name: text,
  count: integer,
  concurrency: integer,
  queues: or(listOf(text), nil),
  prefetch_multiplier: optional(integer),
});

const nodes = closed({
  name: text,
  count: integer,
  pods: integer,
  cpu_m: optional(number),
  memory_mb: optional(number),
  image_cached: bool,
});

const rule = closed({
  dag_id: optional(text),
  task_id: optional(text),
  map_index: optional(integer),
  run_id: optional(text),
  duration: optional(distribution),
  outcomes: optional(listOf(oneOf('success', 'failed', 'fail_no_retry', 'skipped', 'killed'))),
  failure_chance: optional(notNegative),
  condition_after_s: optional(or(notNegative, nil)),
  branch: optional(listOf(text)),
  condition: optional(bool),
  returns_length: optional(integer),
});

const at = { at_s: notNegative };
const ofRun = { ...at, dag_id: text, run_id: text };
const ways = { upstream: bool, downstream: bool };

/** The fields of each action of a user. */
const ACTIONS: Readonly<Record<string, Fields>> = {
  trigger: {
    ...at,
    dag_id: text,
    run_id: optional(text),
    logical_date: optional(or(text, nil)),
    conf: optional(mapOf(anything)),
  },
  pause: { ...at, dag_id: text },
  unpause: { ...at, dag_id: text },
  clear: { ...ofRun, ...ways, task_ids: or(listOf(text), nil), only_failed: bool },
  mark_task: {
    ...ofRun,
    task_id: text,
    map_index: optional(integer),
    state: oneOf('success', 'failed', 'skipped'),
    downstream: optional(bool),
    upstream: optional(bool),
  },
  mark_run: { ...ofRun, state: oneOf('success', 'failed') },
  pool: { ...at, pool: text, slots: integer },
  asset_event: { ...at, asset: text },
};

const fault = closed({ ...at, what: text, part: text, args: optional(mapOf(or(text, number))) });

const fleet = closed({
  workers: listOf(workers),
  broker: oneOf('redis', 'rabbitmq'),
  nodes: listOf(nodes),
  schedulers: integer,
  triggerers: integer,
});

const scenarioShape: Check = record({
  format: exactly(1),
  airflow: oneOf(...AIRFLOW_VERSIONS),
  executor: oneOf(...EXECUTORS),
  dags: listOf(dagShape),
  start: text,
  until_s: notNegative,
  seed: integer,
  config: mapOf(or(text, number, bool)),
  pools: mapOf(closed({ slots: integer, include_deferred: bool })),
  fleet,
  behaviour: closed({ by_kind: mapOf(distribution), rules: listOf(rule) }),
  actions: listOf(tagged('action', ACTIONS)),
  faults: listOf(fault),
  latencies: mapOf(distribution),
});
