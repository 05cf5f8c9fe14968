/** What a person has set, as one plain value: undo, storage and links keep just this. */
import type { ExecutorName, Fault, MachineSpec, UserAction } from '../airflow/scenario.ts';
import type { AirflowVersion } from '../airflow/spec.ts';
import type { ArrivalSetting, FleetGroup } from './settingsModel.ts';

export interface LaneChoice {
  executor: ExecutorName;
  airflow: AirflowVersion;
  /** A second executor beside it: 3.x and 2.10 on; a task names the one it wants. */
  beside?: ExecutorName;
  /** 2.x: Celery or Local with Kubernetes in one class; the queue decides. */
  hybrid?: true;
}

export interface Settings {
  source: string;
  seed: number;
  lanes: LaneChoice[];
  /** By id of the field; only what was changed. */
  options: Record<string, number | string | boolean>;
  workers: FleetGroup[];
  pools: Record<string, { slots: number; include_deferred: boolean }>;
  /** Seconds by kind of operator; only what was changed. */
  durations: Record<string, number>;
  /** Named latencies as one number each; only what was changed. */
  latencies: Record<string, number>;
  /** Of an hour of a scheduler, triggerer, worker, node, pod or slot; only what was set. */
  prices: Record<string, number>;
  /** What comes by itself, over the whole run. */
  arrivals: ArrivalSetting[];
  /** Machines with parts on them; parts that none names have one of their own. */
  machines: MachineSpec[];
  /** What breaks, and what people do, each at its time. */
  faults: Fault[];
  actions: UserAction[];
}

export const MAX_LANES = 4;

export const DEFAULT_LANES: readonly LaneChoice[] = [
  { executor: 'sequential', airflow: '2.11.2' },
  { executor: 'local', airflow: '3.3.2' },
  { executor: 'celery', airflow: '3.3.2' },
  { executor: 'kubernetes', airflow: '3.3.2' },
];

export function defaultSettings(source: string): Settings {
  return {
    source,
    seed: 7,
    lanes: DEFAULT_LANES.map((lane) => ({ ...lane })),
    options: {},
    workers: [{ name: 'worker', count: 2, concurrency: 12, queues: null }],
    pools: {},
    durations: {},
    latencies: {},
    prices: {},
    arrivals: [],
    machines: [],
    faults: [],
    actions: [],
  };
}

/** Ids of lanes stay, so that their canvases stay. */
export function laneId(index: number): string {
  return `lane${index + 1}`;
}
