/**
 * The simulation worker's work: computes up to four lanes in turn, in short slices, sends their
 * logs to the drawer, and answers questions about any moment.
 */
import type { LogCodes } from '../../explain/codes.ts';
import { stepInLane, stepOf, stepOfLoop } from '../../explain/life.ts';
import { snapshotOf } from '../../explain/snapshot.ts';
import { verdictOf } from '../../explain/verdict.ts';
import type { LaneScenario } from '../../interchange/standardScenario.ts';
import type { LaneFacts } from '../../lesson/facts.ts';
import { chunkBuffers } from '../../kernel/index.ts';
import type {
  Catalog,
  DrawerFeed,
  Look,
  RunReport,
  Seen,
  SimulationApi,
  StepQuery,
} from '../protocol.ts';
import { LaneRun } from './laneRun.ts';
import type { MakeEngine } from './laneEngine.ts';
import { rowsAt, whyAt } from './seen.ts';

const SLICE_MS = 8;
const REPORT_MS = 100;

export interface ServiceOptions {
  readonly make: MakeEngine;
  readonly codes: LogCodes;
  readonly catalog: Catalog;
  readonly now: () => number;
  /** Lets messages in between two slices. */
  readonly pause: () => Promise<void>;
}

export class SimulationService implements SimulationApi {
  private readonly options: ServiceOptions;
  private port: Pick<MessagePort, 'postMessage'> | null = null;
  private run = -1;
  private lanes: LaneRun[] = [];

  constructor(options: ServiceOptions) {
    this.options = options;
  }

  catalog(): Catalog {
    return this.options.catalog;
  }

  connect(port: Pick<MessagePort, 'postMessage'>): void {
    this.port = port;
  }

  start(run: number, wanted: readonly LaneScenario[], report: (report: RunReport) => void): void {
    const { make, codes } = this.options;
    this.run = run;
    this.lanes = wanted.map(({ lane, scenario }) => new LaneRun(lane, scenario, make, codes));
    this.tell({ kind: 'run', run, codes, lanes: this.lanes.map(({ lane }) => lane.id) });
    void this.work(run, report);
  }

  facts(run: number): LaneFacts[] | null {
    const facts = this.lanes.flatMap((lane) => lane.facts ?? []);
    return run === this.run && facts.length === this.lanes.length ? facts : null;
  }

  look(query: Look): Seen {
    const { t } = query;
    const known = query.run === this.run ? this.lanes : [];
    const seen = known.map((lane) => {
      const { info } = lane;
      const snapshot = info ? snapshotOf(lane.timeline, lane.frameAt(t), info) : null;
      return { lane, info, snapshot };
    });
    const judged = seen.flatMap(({ lane, info, snapshot }) =>
      info && snapshot ? [{ info, snapshot, startup: lane.startupMedian }] : [],
    );
    const computing = known.some((lane) => !lane.done);
    const { selection, table } = query;
    const selected = known.find(({ lane }) => lane.id === selection?.lane);
    const shown = known.find(({ lane }) => lane.id === table);
    return {
      run: this.run,
      t,
      lanes: seen.map(({ lane, snapshot }) => ({ id: lane.lane.id, snapshot })),
      verdict: known.length > 0 ? verdictOf(judged, computing, t) : null,
      why: selection && selected ? whyAt(selected, selection.ti, t) : null,
      table: shown ? { lane: shown.lane.id, rows: rowsAt(shown, t) } : null,
    };
  }

  step(query: StepQuery): number | null {
    const { t, way, of, ti } = query;
    const own = this.lanes.filter(({ lane }) => lane.id === query.lane);
    const lanes = own.length > 0 && of !== 'all' ? own : this.lanes;
    const times = lanes.flatMap(({ timeline }) => {
      if (of === 'loop') return stepOfLoop(timeline, t, way) ?? [];
      if (of === 'selection' && ti !== null) return stepOf(timeline, ti, t, way) ?? [];
      return stepInLane(timeline, t, way) ?? [];
    });
    if (times.length === 0) return null;
    return way === 1 ? Math.min(...times) : Math.max(...times);
  }

  private async work(run: number, report: (report: RunReport) => void): Promise<void> {
    const { now, pause } = this.options;
    const { lanes } = this;
    let told = -Infinity;
    for (let first = true; this.run === run; first = false) {
      for (const lane of lanes) if (!lane.done) lane.slice(first ? 2 : SLICE_MS, now);
      const done = lanes.every((lane) => lane.done);
      if (first || done || now() - told >= REPORT_MS) {
        told = now();
        this.publish(run);
        report({ run, lanes: lanes.map((lane) => lane.report()), done });
      }
      if (done) return;
      await pause();
    }
  }

  private publish(run: number): void {
    for (const lane of this.lanes) {
      const { id } = lane.lane;
      const chunks = lane.takeChunks();
      if (lane.info) this.tell({ kind: 'info', run, lane: id, info: lane.info });
      for (const chunk of chunks) {
        this.tell({ kind: 'chunk', run, lane: id, chunk }, chunkBuffers(chunk));
      }
    }
  }

  private tell(message: DrawerFeed, transfer: Transferable[] = []): void {
    this.port?.postMessage(message, transfer);
  }
}
