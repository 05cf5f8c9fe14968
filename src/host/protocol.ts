/**
 * What the threads say to each other. Plain data and transferables only.
 *
 *     page --- SimulationApi ---> simulation worker: runs lanes ahead, answers about them
 *     page --- DrawerApi -------> render worker (or the page itself): owns the canvases
 *     simulation worker -- DrawerFeed over a MessagePort --> drawer: log chunks as they close
 */
import type { AirflowVersion } from '../airflow/spec.ts';
import type { FaultKind } from '../airflow/faults/kinds.ts';
import type { LatencyTable } from '../airflow/latencies/index.ts';
import type { ExecutorName } from '../airflow/scenario.ts';
import type { Problem } from '../base/result.ts';
import type { LogCodes } from '../explain/codes.ts';
import type { MachineSeen } from '../explain/machinesAt.ts';
import type { MetaTable } from '../explain/metadataTables.ts';
import type { Edit, LaneInfo, LaneSnapshot, Reason } from '../explain/frame.ts';
import type { Prices } from '../airflow/scenario.ts';
import type { MetricRow } from '../explain/metrics/table.ts';
import type { Span } from '../explain/life.ts';
import type { Series } from '../explain/series.ts';
import type { LogAnswer } from '../explain/taskLog/index.ts';
import type { VerdictOf } from '../explain/verdict.ts';
import type { LaneScenario } from '../interchange/standardScenario.ts';
import type { LaneFacts } from '../lesson/facts.ts';
import type { MachineDescription } from '../machines/describe.ts';
import type { Chunk } from '../kernel/index.ts';

/** Defaults that pages show, from the code that uses them. */
export interface Catalog {
  /** `section.option` -> default, per version. Null: Airflow declares none. */
  options: Record<AirflowVersion, Record<string, string | number | boolean | null>>;
  /** Seconds of user code by kind of operator. */
  durations: Record<string, number>;
  /** What can be done to parts, with the arguments of each. */
  faults: readonly FaultKind[];
  /** How long each step takes, and where that is from. */
  latencies: Record<AirflowVersion, Record<ExecutorName, LatencyTable>>;
}

/** How far a run is; comes at most ten times a second and once at its end. */
export interface RunReport {
  run: number;
  lanes: LaneReport[];
  /** True when every lane is computed (or cannot run). */
  done: boolean;
}

export interface LaneReport {
  id: string;
  executor: ExecutorName;
  airflow: AirflowVersion;
  info: LaneInfo | null;
  /** Up to where the log is known, microseconds. */
  horizon: number;
  computing: boolean;
  problem: Problem | null;
  /** Things to tell that stop nothing. */
  notices: readonly Problem[];
  /** What people did to it so far. */
  edits: readonly Edit[];
  /** With the end of the lane. */
  series: Series | null;
  /** Hash of world and log, with the end of the lane. */
  hash: string | null;
}

export interface LaneMetrics {
  lane: string;
  rows: MetricRow[];
}

export interface ExportQuery {
  run: number;
  prices: Prices;
  form: 'csv' | 'json';
  names: Record<string, string>;
}

/** A question about one moment of all lanes. */
export interface Look {
  run: number;
  t: number;
  selection: { lane: string; ti: number } | null;
  /** Lane whose rows are wanted. */
  table: string | null;
  /** Lane whose workers are wanted. */
  workers: string | null;
  /** Lane whose state machines and metadata tables are wanted. */
  machines: string | null;
}

export interface Seen {
  run: number;
  t: number;
  lanes: { id: string; snapshot: LaneSnapshot | null }[];
  verdict: VerdictOf | null;
  why: WhySeen | null;
  table: { lane: string; rows: RowSeen[] } | null;
  workers: { lane: string; workers: WorkerSeen[] } | null;
  machines: MachinesSeen | null;
}

/** A state machine as plain data. */
export type MachineKind = MachineDescription;

/** The inside of one lane at a moment. */
export interface MachinesSeen {
  lane: string;
  machines: MachineSeen[];
  /** State of the selected task instance's machines, by the machine's id. */
  selected: Record<string, string>;
  tables: MetaTable[];
}

/** A Celery worker as its monitor (Flower) shows it. */
export interface WorkerSeen {
  name: string;
  mode: 'gone' | 'up' | 'draining' | 'deaf' | 'starting';
  /** Messages that are worked on, that it holds beside them, that it is through with. */
  active: number;
  reserved: number;
  processed: number;
  /** Processes of its pool. */
  pool: number;
}

export interface GateSeen {
  result: 'passed' | 'holds' | 'later';
  reason: Reason;
}

export interface CauseSeen {
  t: number;
  reason: Reason;
  state: string | null;
  root: boolean;
}

export interface WhySeen {
  lane: string;
  ti: number;
  t: number;
  question: 'waiting' | 'running' | 'retrying' | 'failed' | 'skipped' | 'succeeded';
  state: string;
  tryNumber: number;
  headline: Reason | null;
  gates: GateSeen[];
  life: Span[];
  causes: CauseSeen[];
}

/** A row of task_instance. Times in microseconds. */
export interface RowSeen {
  ti: number;
  dag_id: string;
  run_id: string;
  task_id: string;
  map_index: number;
  state: string;
  try_number: number;
  scheduled: number | null;
  queued: number | null;
  start: number | null;
  end: number | null;
  /** Worker, pod or process name, null when none. */
  hostname: string | null;
  reason: Reason | null;
}

/** Which try's log, and when. */
export interface LogQuery {
  run: number;
  lane: string;
  ti: number;
  tryNumber: number;
  t: number;
}

export interface StepQuery {
  t: number;
  way: 1 | -1;
  of: 'selection' | 'lane' | 'all' | 'loop';
  lane: string | null;
  ti: number | null;
}

export interface SimulationApi {
  catalog(): Catalog;
  /** Where log chunks go. */
  connect(port: MessagePort): void;
  /** Starts lanes and drops those before. Resolves when they are accepted. */
  start(run: number, lanes: readonly LaneScenario[], report: (report: RunReport) => void): void;
  /** What lessons judge; null until every lane is computed. */
  facts(run: number): LaneFacts[] | null;
  /** Of every lane that is computed; null when another run has begun. */
  metrics(run: number, prices: Prices): LaneMetrics[] | null;
  /** The same as a file; `names` of the lanes by their id. */
  exportMetrics(query: ExportQuery): string;
  look(query: Look): Seen | Promise<Seen>;
  /** Time of the next event, null when there is none. */
  step(query: StepQuery): number | null;
  /** Where the log of a try is; null before there is a try, or while the lane is computed. */
  taskLog(query: LogQuery): LogAnswer | null;
  /** Every state machine as it can go in a version, for drawing. */
  machines(airflow: AirflowVersion): MachineDescription[];
}

/** What the drawer is told by the simulation. */
export type DrawerFeed =
  | { kind: 'run'; run: number; codes: LogCodes; lanes: string[] }
  | { kind: 'info'; run: number; lane: string; info: LaneInfo }
  | { kind: 'chunk'; run: number; lane: string; chunk: Chunk };

/** The page's clock. Real times are milliseconds since 1970, equal in every thread. */
export interface ClockState {
  /** Simulated microseconds at `at`. */
  t: number;
  at: number;
  /** Simulated seconds per real second; 0 when it stands. */
  rate: number;
  /** The clock does not go beyond. */
  limit: number;
  /** Rises whenever time jumps or another run begins. */
  epoch: number;
}

/** Simulated time of a clock at a real time. */
export function timeOf(clock: ClockState, nowMs: number): number {
  const passed = Math.max(0, nowMs - clock.at) * 1000 * clock.rate;
  return Math.max(0, Math.min(clock.limit, clock.t + passed));
}
