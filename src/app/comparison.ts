/** From what a person has set to what the engine runs. Pure. */
import type { BehaviourRules, Comparison, FleetSpec, Lane, Scenario } from '../airflow/scenario.ts';
import type { DagSpec } from '../airflow/spec.ts';
import { standardBase, standardFleet } from '../interchange/standardScenario.ts';
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

/** The pod's start as one number: image in the node's cache, container, interpreter. */
const CONTAINER_S = 2;

export function toComparison(source: Source, settings: Settings, catalog: Catalog): Comparison {
  const dags = withTaskLimit(source.dags, settings.options['max_active_tasks']);
  const base: Base = {
    ...standardBase(dags, settings.seed),
    pools: { ...settings.pools },
    fleet: fleetOf(settings),
    behaviour: {
      by_kind: { ...source.behaviour?.by_kind, ...settings.durations },
      rules: source.behaviour?.rules ?? [],
    },
    latencies: latenciesOf(settings),
  };
  return { base, lanes: settings.lanes.map((lane, at) => laneOf(lane, at, settings, catalog)) };
}

function withTaskLimit(dags: readonly DagSpec[], limit: unknown): DagSpec[] {
  if (typeof limit !== 'number') return [...dags];
  return dags.map((dag) => ({ ...dag, max_active_tasks: limit }));
}

function fleetOf(settings: Settings): FleetSpec {
  const pods = numberOf(settings, 'pod_places');
  return {
    ...standardFleet(),
    workers: settings.workers.map((group) => ({ ...group })),
    nodes: [{ name: 'node', count: 1, pods, image_cached: true }],
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
