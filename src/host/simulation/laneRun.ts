/** One lane in the simulation worker: its engine, its moves, and the copy of its log for drawing. */
import { problem } from '../../base/result.ts';
import type { Problem } from '../../base/result.ts';
import type { Lane, Scenario } from '../../airflow/scenario.ts';
import { causesOf } from '../../explain/causes.ts';
import type { Cause } from '../../explain/causes.ts';
import type { LogCodes } from '../../explain/codes.ts';
import type { LaneFrame, LaneInfo } from '../../explain/frame.ts';
import { FrameReader } from '../../explain/frameReader.ts';
import { seriesOf } from '../../explain/series.ts';
import { medianStartup } from '../../explain/startup.ts';
import { Timeline } from '../../explain/timeline.ts';
import { factsOf } from '../../lesson/factsOf.ts';
import type { LaneFacts } from '../../lesson/facts.ts';
import { copyChunk } from '../../kernel/index.ts';
import type { Chunk } from '../../kernel/index.ts';
import type { LaneReport } from '../protocol.ts';
import { LaneCheckpoints } from './checkpoints.ts';
import type { EngineGate, LaneEngine, MakeEngine } from './laneEngine.ts';

const SLICE_EVENTS = 1_000;

export class LaneRun {
  readonly lane: Lane;
  readonly timeline: Timeline;
  problem: Problem | null = null;
  done = false;
  info: LaneInfo | null = null;
  private readonly scenario: Scenario;
  private readonly make: MakeEngine;
  private readonly checkpoints = new LaneCheckpoints();
  private readonly reader: FrameReader;
  private engine: LaneEngine | null = null;
  private probe: LaneEngine | null = null;
  private chunksSent = 0;
  private startup: number | null | undefined;
  private reported = false;

  constructor(lane: Lane, scenario: Scenario, make: MakeEngine, codes: LogCodes) {
    this.lane = lane;
    this.scenario = scenario;
    this.make = make;
    this.timeline = new Timeline(codes);
    this.reader = new FrameReader(this.timeline);
    this.guard(() => {
      const made = make(scenario);
      if (made.ok) this.engine = made.value;
      else this.fail(made.error[0] ?? problem('engine_failed'));
    });
  }

  /** Goes on for about so many milliseconds of the clock that is given. */
  slice(ms: number, now: () => number): void {
    this.guard(() => {
      const end = now() + ms;
      const { engine } = this;
      while (engine && !this.done) {
        this.checkpoints.offer(engine);
        this.done = engine.advance(SLICE_EVENTS);
        if (now() >= end) break;
      }
    });
  }

  /** What is new in the log, as copies that may be transferred. */
  takeChunks(): Chunk[] {
    const { engine } = this;
    if (!engine) return [];
    const closed = engine.log.closedChunks(this.chunksSent);
    this.chunksSent += closed.length;
    const tail = engine.log.tail();
    const chunks = [...closed.map((chunk) => copyChunk(chunk)), ...(tail ? [tail] : [])];
    for (const chunk of chunks) this.timeline.add(chunk);
    this.info = engine.info(this.lane.id);
    return chunks;
  }

  report(): LaneReport {
    const { id, executor, airflow } = this.lane;
    const { info, problem: wrong, timeline } = this;
    const ends = this.done && this.engine !== null && !this.reported;
    this.reported ||= ends;
    return {
      id,
      executor,
      airflow,
      info,
      horizon: timeline.endTime,
      computing: !this.done,
      problem: wrong,
      series: ends && info ? seriesOf(timeline, Math.max(1, info.end)) : null,
      hash: ends && this.engine ? this.engine.hash() : null,
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
    const { engine, timeline, info } = this;
    if (!engine || !info) return [];
    const facts = {
      causeOf: (seq: number) => engine.log.causeOf(seq),
      rule: (row: number) => engine.rule(row),
      retries: (row: number) => engine.retries(row),
    };
    return causesOf({ timeline, info, facts }, ti, t);
  }

  /** What lessons judge, once the lane is computed. */
  get facts(): LaneFacts | null {
    const { engine, info, done } = this;
    return engine && info && done ? factsOf(this.timeline, info, engine.hash()) : null;
  }

  /** Gates at a time: asked of an engine that stands there. */
  gatesAt(ti: number, t: number): EngineGate[] {
    const { engine } = this;
    if (!engine) return [];
    let gates: EngineGate[] = [];
    this.guard(() => {
      const made = this.probe ? null : this.make(this.scenario);
      if (made?.ok) this.probe = made.value;
      if (!this.probe) return;
      this.checkpoints.restore(this.probe, engine, Math.min(t, engine.now));
      gates = this.probe.gates(ti);
    });
    return gates;
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
