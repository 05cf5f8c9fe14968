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
} from '../base/shape.ts';
import { actionProblems, actionShape } from './actionShape.ts';
import { arrivalProblems } from './behaviour/arrivals.ts';
import { checkSpecs } from './checkSpecs.ts';
import { versionProblems } from './dagVersions.ts';
import { makeConfig } from './config/index.ts';
import { plantProblems } from './executors/plantCheck.ts';
import { faultProblems } from './faults/index.ts';
import { placementProblems } from './fleet/placementCheck.ts';
import { profileOf } from './profile/index.ts';
import { EXECUTORS, PRICED, type Scenario } from './scenario.ts';
import { AIRFLOW_VERSIONS } from './spec.ts';
import { dagShape, podShape } from './specShape.ts';
import { parseIso } from './timetables/index.ts';

/** Also checks what only shows when the parts meet: options, executor and version, dates. */
export function validateScenario(value: unknown): Result<Scenario> {
  const wrong = scenarioShape(value, '');
  if (wrong !== null) return fail('field_wrong', mismatchParams(wrong), { field: wrong.path });
  const scenario = value as Scenario;
  const config = makeConfig(scenario.airflow, scenario.config);
  const problems: Problem[] = [
    ...checkSpecs(scenario.dags, profileOf(scenario.airflow)),
    ...versionProblems(scenario),
    ...(config.ok ? [] : config.error),
    ...plantProblems(scenario),
    ...placementProblems(scenario),
    ...faultProblems(scenario),
    ...arrivalProblems(scenario),
    ...startProblems(scenario),
    ...actionProblems(scenario.actions, scenario.dags, scenario.airflow),
  ];
  return problems.length > 0 ? err(problems) : ok(scenario);
}

function startProblems({ start }: Scenario): Problem[] {
  if (parseIso(start) !== null) return [];
  return [problem('date_not_iso', { text: start }, { field: 'start' })];
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
  memory_mb: optional(notNegative),
  concurrency: integer,
  queues: or(listOf(text), nil),
  prefetch_multiplier: optional(integer),
  autoscale: optional(closed({ min: integer, max: integer })),
  keda: optional(
    closed({
      min: integer,
      max: integer,
      polling_s: optional(notNegative),
      cooldown_s: optional(notNegative),
      grace_s: optional(notNegative),
    }),
  ),
});

const nodes = closed({
  name: text,
  count: integer,
  pods: integer,
  cpu_m: optional(number),
  memory_mb: optional(number),
  image_cached: bool,
  min: optional(integer),
  max: optional(integer),
});

const cluster = closed({
  pod: optional(podShape),
  quota: optional(
    closed({
      pods: optional(integer),
      cpu_m: optional(notNegative),
      memory_mb: optional(notNegative),
    }),
  ),
  autoscaler: optional(
    closed({ scan_s: optional(notNegative), scale_down_after_s: optional(notNegative) }),
  ),
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
  cpu: optional(notNegative),
  memory_mb: optional(notNegative),
  returns_length: optional(integer),
  raises: optional(listOf(text)),
  callback_s: optional(notNegative),
  answer: optional(listOf(text)),
  answer_after_s: optional(notNegative),
});

const fault = closed({
  at_s: notNegative,
  what: text,
  part: text,
  args: optional(mapOf(or(text, number))),
});

const machine = closed({
  name: text,
  runs: listOf(text),
  cores: optional(notNegative),
  memory_mb: optional(notNegative),
  containers: optional(bool),
});

const fleet = closed({
  workers: listOf(workers),
  broker: oneOf('redis', 'rabbitmq'),
  nodes: listOf(nodes),
  schedulers: integer,
  triggerers: integer,
  cluster: optional(cluster),
  machine: optional(closed({ cores: optional(notNegative), memory_mb: optional(notNegative) })),
  placement: optional(listOf(machine)),
});

const logs = closed({
  shared_volume: optional(bool),
  disk: optional(oneOf('kept', 'lost')),
  upload_fails: optional(bool),
  elasticsearch: optional(bool),
});

const arrivals = closed({
  dag_id: optional(text),
  asset: optional(text),
  per_hour: optional(notNegative),
  every_s: optional(notNegative),
  at_s: optional(listOf(notNegative)),
  from_s: optional(notNegative),
  until_s: optional(notNegative),
  conf: optional(mapOf(anything)),
});

const scenarioShape: Check = record({
  format: exactly(1),
  airflow: oneOf(...AIRFLOW_VERSIONS),
  executor: oneOf(...EXECUTORS),
  beside: optional(listOf(oneOf(...EXECUTORS))),
  executor_aliases: optional(mapOf(oneOf(...EXECUTORS))),
  hybrid: optional(bool),
  dags: listOf(dagShape),
  versions: optional(mapOf(listOf(dagShape))),
  bundle: optional(oneOf('local', 'git')),
  start: text,
  until_s: notNegative,
  seed: integer,
  config: mapOf(or(text, number, bool)),
  pools: mapOf(closed({ slots: integer, include_deferred: bool })),
  fleet,
  behaviour: closed({
    by_kind: mapOf(distribution),
    rules: listOf(rule),
    arrivals: optional(listOf(arrivals)),
  }),
  actions: listOf(actionShape),
  faults: listOf(fault),
  logs: optional(logs),
  prices: optional(closed(Object.fromEntries(PRICED.map((part) => [part, optional(notNegative)])))),
  latencies: mapOf(distribution),
});
