/** One lane in the simulation worker: its engine, its moves, and the copy of its log for drawing. */
import { problem } from '../../base/result.ts';
import type { Problem } from '../../base/result.ts';
import { plantNotices } from '../../airflow/executors/plantCheck.ts';
import type { Lane, Scenario } from '../../airflow/scenario.ts';
import { causesOf } from '../../explain/causes.ts';
import type { Cause } from '../../explain/causes.ts';
import type { LogCodes } from '../../explain/codes.ts';
import { editsOf } from '../../explain/edits.ts';
import type { LaneFault, LaneFrame, LaneInfo } from '../../explain/frame.ts';
import type { Metrics } from '../../explain/metrics/metrics.ts';
import type { Prices } from '../../airflow/scenario.ts';
import { FrameReader } from '../../explain/frameReader.ts';
import { faultsHere } from '../../explain/parts.ts';
import type { MachineReader } from '../../explain/machinesAt.ts';
import type { MetaTable } from '../../explain/metadataTables.ts';
import { seriesOf } from '../../explain/series.ts';
import { medianStartup } from '../../explain/startup.ts';
import type { LogAnswer } from '../../explain/taskLog/index.ts';
import { Timeline } from '../../explain/timeline.ts';
import { factsOf } from '../../lesson/factsOf.ts';
import type { LaneFacts } from '../../lesson/facts.ts';
import { copyChunk, Log } from '../../kernel/index.ts';
import type { Chunk } from '../../kernel/index.ts';
import type { LaneReport, MachinesSeen, WorkerSeen } from '../protocol.ts';
import { LaneCheckpoints } from './checkpoints.ts';
import { machineReader, selectedStates } from './insideOf.ts';
import type { EngineGate, LaneEngine, MakeEngine } from './laneEngine.ts';

const SLICE_EVENTS = 1_000;
const MANY_ROWS = 5_000;
/** So long a lane is shown standing still, microseconds. */
const STILL_US = 60_000_000;

export interface KeptLaneRun {
  readonly info: LaneInfo;
  readonly hash: string;
  readonly chunks: readonly Chunk[];
}

export class LaneRun {
  readonly lane: Lane;
  readonly timeline: Timeline;
  problem: Problem | null = null;
  /** Of the scenario: known before anything is computed. */
  private readonly notices: readonly Problem[];
  /** Those of the comparison's faults whose part this lane has. */
  private readonly faults: readonly LaneFault[];
  done = false;
  info: LaneInfo | null = null;
  private readonly scenario: Scenario;
  private readonly make: MakeEngine;
  private readonly checkpoints = new LaneCheckpoints();
  private readonly reader: FrameReader;
  private engine: LaneEngine | null = null;
  private probe: LaneEngine | null = null;
  private chunksSent = 0;
  private turns = 0;
  private startup: number | null | undefined;
  private log: Log | null = null;
  private hash: string | null = null;
  private machines: MachineReader | null = null;
  private reported = false;

  constructor(lane: Lane, scenario: Scenario, make: MakeEngine, codes: LogCodes) {
    this.lane = lane;
    this.faults = faultsHere(scenario);
    this.scenario = { ...scenario, faults: this.faults.map((one) => scenario.faults[one.index]!) };
    this.make = make;
    this.notices = plantNotices(scenario);
    this.timeline = new Timeline(codes);
    this.reader = new FrameReader(this.timeline);
  }

  /** A run of the same scenario by the same program, as it was kept: nothing is computed again. */
  restore(kept: KeptLaneRun): void {
    this.log = Log.fromChunks(kept.chunks);
    for (const chunk of kept.chunks) this.timeline.add(chunk);
    this.info = kept.info;
    this.hash = kept.hash;
    this.done = true;
  }

  /** What may be kept, once the lane is computed without a problem. */
  get kept(): (KeptLaneRun & { tables: unknown }) | null {
    const { engine, info, hash } = this;
    if (!engine || !info || hash === null || this.problem) return null;
    const tail = engine.log.tail();
    const chunks = [...engine.log.closedChunks(), ...(tail ? [tail] : [])];
    return { info, hash, chunks, tables: engine.tables() };
  }

  private begin(): void {
    if (this.engine || this.done) return;
    const made = this.make(this.scenario);
    if (!made.ok) return this.fail(made.error[0] ?? problem('engine_failed'));
    this.engine = made.value;
    this.log = made.value.log;
  }

  /** Goes on for about so many milliseconds of the clock that is given. */
  slice(ms: number, now: () => number): void {
    this.guard(() => {
      this.begin();
      const end = now() + ms;
      const { engine } = this;
      while (engine && !this.done) {
        this.checkpoints.offer(engine);
        this.done = engine.advance(SLICE_EVENTS);
        if (now() >= end) break;
      }
      if (engine?.problem) this.problem = engine.problem;
      else if (engine && this.done) this.hash = engine.hash();
    });
  }

  /** What is new in the log, as copies that may be transferred. */
  takeChunks(): Chunk[] {
    const { engine, log } = this;
    if (!log) return [];
    const closed = log.closedChunks(this.chunksSent);
    this.chunksSent += closed.length;
    const tail = log.tail();
    const chunks = [...closed.map((chunk) => copyChunk(chunk)), ...(tail ? [tail] : [])];
    for (const chunk of chunks) this.timeline.add(chunk);
    if (engine && this.infoIsDue()) {
      const info = { ...engine.info(this.lane.id), faults: [...this.faults] };
      this.info = this.shorten(info);
    }
    return chunks;
  }

  /** Labels of many rows are costly to hand over: while computing, only now and then. */
  private infoIsDue(): boolean {
    if (!this.info || this.done || this.timeline.taskInstances < MANY_ROWS) return true;
    return ++this.turns % 10 === 0;
  }

  /** What never ends would stretch the time line of all lanes: it stops after its last change. */
  private shorten(info: LaneInfo): LaneInfo {
    if (!this.done || info.makespan !== null) return info;
    const { entries } = this.timeline;
    const last = entries.length === 0 ? 0 : entries.t[entries.length - 1]!;
    return { ...info, end: Math.min(info.end, last + STILL_US) };
  }

  report(): LaneReport {
    const { id, executor, airflow } = this.lane;
    const { info, problem: wrong, timeline } = this;
    const ends = this.done && this.log !== null && !this.reported;
    this.reported ||= ends;
    return {
      id,
      executor,
      airflow,
      info,
      horizon: timeline.endTime,
      computing: !this.done,
      problem: wrong,
      notices: this.notices,
      edits: editsOf(timeline),
      series: ends && info ? seriesOf(timeline, Math.max(1, info.end)) : null,
      hash: ends ? this.hash : null,
    };
  }

  frameAt(t: number): LaneFrame {
    return this.reader.at(t, 0);
  }

  /** Median start-up, once the lane is computed. */
  get startupMedian(): number | null {
    if (!this.done) return null;
    this.startup ??= medianStartup(this.timeline);
    return this.startup;
  }

  /** How a task instance came to its end. */
  causesAt(ti: number, t: number): Cause[] {
    const { log, timeline, info } = this;
    let causes: Cause[] = [];
    this.guard(() => {
      const asked = this.probeAt(t);
      if (!log || !info || !asked) return;
      const facts = {
        causeOf: (seq: number) => log.causeOf(seq),
        rule: (row: number) => asked.rule(row),
        retries: (row: number) => asked.retries(row),
      };
      causes = causesOf({ timeline, info, facts }, ti, t);
    });
    return causes;
  }

  /** What lessons judge, once the lane is computed. */
  get facts(): LaneFacts | null {
    const { info, hash } = this;
    return info && hash !== null ? factsOf(this.timeline, info, hash) : null;
  }

  /** Gates at a time: asked of an engine that stands there. */
  gatesAt(ti: number, t: number): EngineGate[] {
    let gates: EngineGate[] = [];
    this.guard(() => {
      gates = this.probeAt(t)?.gates(ti) ?? [];
    });
    return gates;
  }

  /** Of the whole run, once the lane is computed. */
  metrics(prices: Prices): Metrics | null {
    let metrics: Metrics | null = null;
    this.guard(() => {
      const engine = this.engine ?? this.probeAt(Infinity);
      metrics = this.done ? (engine?.metrics(prices) ?? null) : null;
    });
    return metrics;
  }

  /** Where the log of a try is, once the lane is computed. */
  logAt(ti: number, tryNumber: number, t: number): LogAnswer | null {
    let answer: LogAnswer | null = null;
    this.guard(() => {
      if (!this.done || tryNumber <= 0) return;
      const whole = this.engine ?? this.probeAt(Infinity);
      answer = whole?.taskLog(ti, tryNumber, t) ?? null;
    });
    return answer;
  }

  /** State machines and metadata tables at a time; `ti` is the selected task instance. */
  insideAt(t: number, ti: number | null): Omit<MachinesSeen, 'lane'> {
    const { log, info } = this;
    if (!log) return { machines: [], selected: {}, tables: [] };
    this.machines ??= machineReader();
    const machines = this.machines.at(log, t);
    let tables: MetaTable[] = [];
    this.guard(() => {
      tables = this.probeAt(t)?.metadata() ?? [];
    });
    const selected = ti === null || !info ? {} : selectedStates(this.machines, machines, info, ti);
    return { machines, selected, tables };
  }

  workersAt(t: number): WorkerSeen[] {
    let workers: WorkerSeen[] = [];
    this.guard(() => {
      workers = this.probeAt(t)?.workers() ?? [];
    });
    return workers;
  }

  /** A second engine of the same scenario, brought to a time. */
  private probeAt(t: number): LaneEngine | null {
    const { log } = this;
    if (!log || this.problem) return null;
    if (!this.probe) {
      const made = this.make(this.scenario);
      if (!made.ok) return null;
      this.probe = made.value;
    }
    this.checkpoints.restore(this.probe, log, Math.min(t, this.timeline.endTime));
    return this.probe;
  }

  /** A throw of the engine stops this lane, not the others, and is shown. */
  private guard(action: () => void): void {
    try {
      action();
    } catch (error) {
      this.fail(problem('engine_failed', { message: String(error) }));
    }
  }

  private fail(wrong: Problem): void {
    this.problem = wrong;
    this.done = true;
  }
}
