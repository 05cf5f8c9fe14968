/** From what a person has set to what the engine runs. Pure. */
import type {
  BehaviourRules,
  Comparison,
  FleetSpec,
  Lane,
  PoolSpec,
  Scenario,
  UserAction,
} from '../airflow/scenario.ts';
import type { DagSpec } from '../airflow/spec.ts';
import type { Catalog } from '../host/protocol.ts';
import { FIELDS } from './settingFields.ts';
import type { FieldSpec } from './settingFields.ts';
import { laneId } from './settings.ts';
import type { LaneChoice, Settings } from './settings.ts';

export interface Source {
  id: string;
  kind: 'demo' | 'file' | 'lesson';
  dags: DagSpec[];
  /** How its tasks behave where the files do not say it. */
  behaviour?: BehaviourRules;
}

type Base = Comparison['base'];
type Config = Scenario['config'];

/** A day whose midnight is t = 0: any would do, and a fixed one makes runs repeatable. */
const START = '2026-01-05T00:00:00+00:00';
const HOUR = 3600;
/** Without a schedule there is nothing after the triggered runs: long enough for any of them. */
const UNTIL_UNSCHEDULED_S = 24 * HOUR;
/** With one, runs go on for ever. */
const UNTIL_SCHEDULED_S = 2 * HOUR;
/** The pod's start as one number: image in the node's cache, container, interpreter. */
const CONTAINER_S = 2;

export function toComparison(source: Source, settings: Settings, catalog: Catalog): Comparison {
  const dags = withTaskLimit(source.dags, settings.options['max_active_tasks']);
  const scheduled = dags.some((dag) => dag.schedule.periodic);
  const base: Base = {
    format: 1,
    dags,
    start: START,
    until_s: scheduled ? UNTIL_SCHEDULED_S : UNTIL_UNSCHEDULED_S,
    seed: settings.seed,
    config: {},
    pools: poolsOf(settings),
    fleet: fleetOf(settings),
    behaviour: {
      by_kind: { ...source.behaviour?.by_kind, ...settings.durations },
      rules: source.behaviour?.rules ?? [],
    },
    actions: triggersOf(dags),
    faults: [],
    latencies: latenciesOf(settings),
  };
  return { base, lanes: settings.lanes.map((lane, at) => laneOf(lane, at, settings, catalog)) };
}

/** DAGs that nothing else starts are triggered at the beginning. */
function triggersOf(dags: readonly DagSpec[]): UserAction[] {
  const started = new Set(
    dags.flatMap((dag) =>
      dag.tasks.flatMap((task) =>
        task.behaviour?.kind === 'trigger_dag_run' ? (task.behaviour.target?.dag_id ?? []) : [],
      ),
    ),
  );
  return dags
    .filter(({ dag_id, schedule }) => !isAutomatic(schedule) && !started.has(dag_id))
    .map(({ dag_id }) => ({ at_s: 0, action: 'trigger', dag_id }));
}

function isAutomatic(schedule: DagSpec['schedule']): boolean {
  return schedule.periodic || schedule.asset_condition !== null || schedule.can_be_scheduled;
}

function withTaskLimit(dags: readonly DagSpec[], limit: unknown): DagSpec[] {
  if (typeof limit !== 'number') return [...dags];
  return dags.map((dag) => ({ ...dag, max_active_tasks: limit }));
}

function poolsOf(settings: Settings): Record<string, PoolSpec> {
  return { ...settings.pools };
}

function fleetOf(settings: Settings): FleetSpec {
  const pods = numberOf(settings, 'pod_places');
  return {
    workers: settings.workers.map((group) => ({ ...group })),
    broker: 'redis',
    nodes: [{ name: 'node', count: 1, pods, image_cached: true }],
    schedulers: 1,
    triggerers: 1,
  };
}

function latenciesOf(settings: Settings): Scenario['latencies'] {
  const start = settings.options['pod_start_s'];
  if (typeof start !== 'number') return {};
  const container = Math.min(CONTAINER_S, start / 2);
  return {
    'kubernetes.container_start': container,
    'kubernetes.interpreter': start - container,
  };
}

function laneOf(lane: LaneChoice, at: number, settings: Settings, catalog: Catalog): Lane {
  const config: Config = {};
  for (const field of FIELDS) {
    const value = settings.options[field.id] ?? startOf(field);
    if (field.option === null || value === null || !appliesTo(field, lane)) continue;
    if (field.option in catalog.options[lane.airflow]) config[field.option] = value;
  }
  return { ...lane, id: laneId(at), patch: { config } };
}

export function appliesTo(field: FieldSpec, lane: LaneChoice): boolean {
  return field.executors === null || field.executors.includes(lane.executor);
}

/** A start value that differs from Airflow's default. */
export function startOf(field: FieldSpec): number | null {
  return field.kind === 'number' ? field.start : null;
}

function numberOf(settings: Settings, id: string): number {
  const set = settings.options[id];
  if (typeof set === 'number') return set;
  const field = FIELDS.find((one) => one.id === id);
  return (field && startOf(field)) ?? 1;
}
