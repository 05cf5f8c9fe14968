/** What the host needs of an engine: one lane's run, to be moved on and asked. */
import type { Problem, Result } from '../../base/result.ts';
import type { Metrics } from '../../explain/metrics/metrics.ts';
import type { Prices } from '../../airflow/scenario.ts';
import type { LaneInfo, Reason } from '../../explain/frame.ts';
import type { LogAnswer } from '../../explain/taskLog/index.ts';
import type { MetaTable } from '../../explain/metadataTables.ts';
import type { Log, SavedSimulation } from '../../kernel/index.ts';
import type { WorkerSeen } from '../protocol.ts';
import type { Scenario } from '../../airflow/scenario.ts';

export interface EngineGate {
  result: 'passed' | 'holds' | 'later';
  reason: Reason;
}

export interface LaneEngine {
  readonly log: Log;
  /** Events handled so far. */
  readonly events: number;
  /** Microseconds. */
  readonly now: number;
  /** Handles at most so many events; true when nothing is left to do. */
  advance(events: number): boolean;
  /** Everything up to a time, to look at that moment. */
  goTo(time: number): void;
  save(): SavedSimulation;
  load(saved: SavedSimulation, log: Log): void;
  /** Why the run could not go on, null when it ended as it should. */
  readonly problem: Problem | null;
  hash(): string;
  info(id: string): LaneInfo;
  /** The gates of a task instance as they stand now, in the order of examination. */
  gates(ti: number): EngineGate[];
  /** Celery's workers as their monitor shows them now; empty under other executors. */
  workers(): WorkerSeen[];
  /** Where the log of a try is at a time up to which the engine has run. */
  taskLog(ti: number, tryNumber: number, t: number): LogAnswer;
  /** Metadata tables at the present moment. */
  metadata(): MetaTable[];
  /** What it cost and where the time went, so far. */
  metrics(prices: Prices): Metrics;
  /** Columns of the metadata tables as they stand, to be kept. */
  tables(): unknown;
  /** Airflow's name of the trigger rule of a task instance, and its retries. */
  rule(ti: number): string;
  retries(ti: number): number;
}

export type MakeEngine = (scenario: Scenario) => Result<LaneEngine>;
