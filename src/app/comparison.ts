/** From what a person has set to what the engine runs. Pure. */
import type {
  BehaviourRules,
  Comparison,
  FleetSpec,
  Lane,
  NodeGroupSpec,
  Scenario,
} from '../airflow/scenario.ts';
import type { DagSpec } from '../airflow/spec.ts';
import { laneScenarios, standardBase, standardFleet } from '../interchange/standardScenario.ts';
import type { LaneScenario } from '../interchange/standardScenario.ts';
import type { InBothLanguages } from '../interchange/scenarioFile/scenarioFile.ts';
import type { SourceInfo } from './model.ts';
import type { Catalog } from '../host/protocol.ts';
import { FIELDS } from './settingFields.ts';
import type { FieldSpec } from './settingFields.ts';
import { laneId } from './settings.ts';
import type { LaneChoice, Settings } from './settings.ts';

export interface Source {
  id: string;
  kind: SourceInfo['kind'];
  dags: DagSpec[];
  /** A ready scenario brings its lanes with it: what is set is laid over them. */
  lanes?: readonly LaneScenario[];
  title?: InBothLanguages;
  /** How its tasks behave where the files do not say it. */
  behaviour?: BehaviourRules;
}

/** Limits of the fleet: more would only fill the memory. */
const MOST_WORKERS = 500;
const MOST_SLOTS = 512;

type Base = Comparison['base'];
type Config = Scenario['config'];

/** The pod's start as one number: image in the node's cache, container, interpreter. */
const CONTAINER_S = 2;

export function toComparison(source: Source, settings: Settings, catalog: Catalog): Comparison {
  const dags = withTaskLimit(source.dags, settings);
  const usual = standardBase(dags, settings.seed);
  const base: Base = {
    ...usual,
    actions: [...usual.actions, ...settings.actions],
    faults: [...settings.faults],
    pools: { ...settings.pools },
    fleet: fleetOf(settings),
    behaviour: {
      by_kind: { ...source.behaviour?.by_kind, ...settings.durations },
      rules: source.behaviour?.rules ?? [],
      ...(settings.arrivals.length > 0 ? { arrivals: settings.arrivals } : {}),
    },
    latencies: latenciesOf(settings),
    ...logsOf(settings),
  };
  return { base, lanes: settings.lanes.map((lane, at) => laneOf(lane, at, settings, catalog)) };
}

/** What the lanes run. */
export function lanesOf(source: Source, settings: Settings, catalog: Catalog): LaneScenario[] {
  if (!source.lanes) return laneScenarios(toComparison(source, settings, catalog));
  const { faults, actions, latencies, pools } = settings;
  return source.lanes.map(({ lane, scenario }, at) => ({
    lane: { ...lane, id: laneId(at) },
    scenario: {
      ...scenario,
      config: { ...scenario.config, ...ownOptions(scenario, settings, catalog) },
      pools: { ...scenario.pools, ...pools },
      latencies: { ...scenario.latencies, ...latencies },
      faults: [...scenario.faults, ...faults],
      actions: [...scenario.actions, ...actions],
    },
  }));
}

type Ran = Pick<LaneChoice, 'executor' | 'airflow'>;

/** Options that a person has set: the scenario keeps its own for all others. */
function ownOptions(lane: Ran, settings: Settings, catalog: Catalog): Config {
  const config: Config = {};
  for (const field of FIELDS) {
    if (settings.options[field.id] === undefined || field.option === null) continue;
    const value = valueOf(settings, field);
    const known = field.option in catalog.options[lane.airflow] && appliesTo(field, lane);
    if (known && value !== null) config[field.option] = value;
  }
  return config;
}

function within(value: number, most: number): number {
  return Math.min(most, Math.max(1, Math.round(value)));
}

/** What was set, or the nearest value in its range; else our start value, else null. */
function valueOf(settings: Settings, field: FieldSpec): number | string | boolean | null {
  const set = settings.options[field.id];
  if (set === undefined) return startOf(field);
  if (field.kind !== 'number' || typeof set !== 'number') return set;
  return Math.min(field.max, Math.max(field.min, set));
}

function withTaskLimit(dags: readonly DagSpec[], settings: Settings): DagSpec[] {
  if (settings.options['max_active_tasks'] === undefined) return [...dags];
  const limit = numberOf(settings, 'max_active_tasks');
  return dags.map((dag) => ({ ...dag, max_active_tasks: limit }));
}

function fleetOf(settings: Settings): FleetSpec {
  const pods = numberOf(settings, 'pod_places');
  return {
    ...standardFleet(),
    workers: settings.workers.map((group) => ({
      ...group,
      count: within(group.count, MOST_WORKERS),
      concurrency: within(group.concurrency, MOST_SLOTS),
    })),
    schedulers: numberOf(settings, 'schedulers'),
    triggerers: numberOf(settings, 'triggerers'),
    broker: settings.options['broker'] === 'rabbitmq' ? 'rabbitmq' : 'redis',
    nodes: [{ ...nodeOf(settings), count: numberOf(settings, 'nodes'), pods }],
    ...(settings.machines.length > 0 ? { placement: settings.machines } : {}),
    ...clusterOf(settings),
  };
}

/** Cores and memory only where somebody has set them: without, only places for pods count. */
function nodeOf(settings: Settings): Pick<NodeGroupSpec, 'name' | 'image_cached'> {
  const { options } = settings;
  const { node_cores: cores, node_memory_gib: memory, nodes_max: most } = options;
  const count = numberOf(settings, 'nodes');
  return {
    name: 'node',
    image_cached: options['image_cached'] !== false,
    ...(typeof cores === 'number' ? { cpu_m: Math.round(cores * 1000) } : {}),
    ...(typeof memory === 'number' ? { memory_mb: Math.round(memory * 1024) } : {}),
    ...(typeof most === 'number' ? { min: count, max: Math.max(count, most) } : {}),
  };
}

/** What the installation does with logs, as far as it is set. */
function logsOf({ options }: Settings): Pick<Base, 'logs'> {
  const logs = {
    ...(options['log_volume'] === true ? { shared_volume: true } : {}),
    ...(options['log_elasticsearch'] === true ? { elasticsearch: true } : {}),
    ...(options['log_upload_fails'] === true ? { upload_fails: true } : {}),
    ...(options['log_disk_lost'] === true ? { disk: 'lost' as const } : {}),
  };
  return Object.keys(logs).length > 0 ? { logs } : {};
}

/** What pods ask for, the quota and the autoscaler's time, as far as they are set. */
function clusterOf({ options }: Settings): Pick<FleetSpec, 'cluster'> {
  const scaled = (id: string, by: number): number | null => {
    const value = options[id];
    return typeof value === 'number' ? Math.round(value * by) : null;
  };
  const pod = given({
    cpu_m: scaled('pod_cores', 1000),
    memory_mb: scaled('pod_memory_mib', 1),
    memory_limit_mb: scaled('pod_memory_limit_mib', 1),
  });
  const quota = given({
    pods: scaled('quota_pods', 1),
    cpu_m: scaled('quota_cores', 1000),
    memory_mb: scaled('quota_memory_gib', 1024),
  });
  const autoscaler = given({ scale_down_after_s: scaled('scale_down_s', 1) });
  const cluster = {
    ...(pod ? { pod } : {}),
    ...(quota ? { quota } : {}),
    ...(autoscaler ? { autoscaler } : {}),
  };
  return Object.keys(cluster).length > 0 ? { cluster } : {};
}

/** Entries with a value, null when there is none. */
function given(values: Record<string, number | null>): Record<string, number> | null {
  const set = Object.entries(values).flatMap(([key, value]) =>
    value === null ? [] : [[key, value] as const],
  );
  return set.length > 0 ? Object.fromEntries(set) : null;
}

function latenciesOf(settings: Settings): Scenario['latencies'] {
  const start = settings.options['pod_start_s'];
  if (typeof start !== 'number') return { ...settings.latencies };
  const container = Math.min(CONTAINER_S, start / 2);
  return {
    'kubernetes.container_start': container,
    'kubernetes.interpreter': start - container,
    ...settings.latencies,
  };
}

function laneOf(lane: LaneChoice, at: number, settings: Settings, catalog: Catalog): Lane {
  const config: Config = {};
  for (const field of FIELDS) {
    const value = valueOf(settings, field);
    if (field.option === null || value === null || !appliesTo(field, lane)) continue;
    if (field.option in catalog.options[lane.airflow]) config[field.option] = value;
  }
  const { executor, airflow, beside, hybrid } = lane;
  const patch = {
    config,
    ...(beside && beside !== executor ? { beside: [beside] } : {}),
    ...(hybrid ? { hybrid } : {}),
  };
  return { executor, airflow, id: laneId(at), patch };
}

export function appliesTo(field: FieldSpec, lane: Ran): boolean {
  return field.executors === null || field.executors.includes(lane.executor);
}

/** A start value that differs from Airflow's default. */
export function startOf(field: FieldSpec): number | string | boolean | null {
  return field.start ?? null;
}

/** A number that always has a value. */
function numberOf(settings: Settings, id: string): number {
  const field = FIELDS.find((one) => one.id === id);
  const value = field ? valueOf(settings, field) : null;
  return typeof value === 'number' ? value : 1;
}
