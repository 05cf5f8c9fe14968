/** The outer form of a scenario file; what is inside is checked as a Scenario, lane by lane. */
import {
  anything,
  bool,
  closed,
  exactly,
  integer,
  listOf,
  mapOf,
  notNegative,
  oneOf,
  optional,
  or,
  text,
} from '../../base/shape.ts';
import { EXECUTORS } from '../../airflow/scenario.ts';
import { AIRFLOW_VERSIONS } from '../../airflow/spec.ts';

const inBothLanguages = or(text, closed({ en: text, ko: text }));
const fields = mapOf(anything);
const airflow = oneOf(...AIRFLOW_VERSIONS);

/** What a lane may have of its own; the rest is common to all. */
const ofLane = {
  beside: optional(listOf(oneOf(...EXECUTORS))),
  hybrid: optional(bool),
  bundle: optional(oneOf('local', 'git')),
  config: optional(fields),
  pools: optional(mapOf(or(integer, fields))),
  fleet: optional(fields),
  latencies: optional(fields),
  logs: optional(fields),
  prices: optional(fields),
  seed: optional(integer),
  behaviour: optional(fields),
  actions: optional(listOf(or(text, fields))),
  faults: optional(listOf(or(text, fields))),
};

const lane = or(
  text,
  closed({
    ...ofLane,
    executor: text,
    airflow: optional(airflow),
    id: optional(text),
    dag_ids: optional(listOf(text)),
  }),
);

export const fileShape = closed({
  ...ofLane,
  windtunnel: exactly(1),
  title: optional(inBothLanguages),
  about: optional(inBothLanguages),
  files: optional(listOf(text)),
  versions: optional(mapOf(or(text, listOf(anything)))),
  dags: optional(listOf(anything)),
  airflow: optional(airflow),
  start: optional(text),
  until: optional(or(notNegative, text)),
  lanes: optional(listOf(lane)),
});
