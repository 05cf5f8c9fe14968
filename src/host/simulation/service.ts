/**
 * The simulation worker's work: computes up to four lanes in turn, in short slices, sends their
 * logs to the drawer, and answers questions about any moment.
 */
import type { LogCodes } from '../../explain/codes.ts';
import { stepInLane, stepOf, stepOfLoop } from '../../explain/life.ts';
import type { Prices } from '../../airflow/scenario.ts';
import { metricRows, metricsCsv, metricsJson } from '../../explain/metrics/table.ts';
import { snapshotOf } from '../../explain/snapshot.ts';
import type { LogAnswer } from '../../explain/taskLog/index.ts';
import { verdictOf } from '../../explain/verdict.ts';
import type { LaneScenario } from '../../interchange/standardScenario.ts';
import type { LaneFacts } from '../../lesson/facts.ts';
import type { AirflowVersion } from '../../airflow/spec.ts';
import type { MachineDescription } from '../../machines/describe.ts';
import { chunkBuffers } from '../../kernel/index.ts';
import type {
  Catalog,
  DrawerFeed,
  ExportQuery,
  LaneMetrics,
  LogQuery,
  Look,
  RunReport,
  Seen,
  SimulationApi,
  StepQuery,
} from '../protocol.ts';
import { LaneRun } from './laneRun.ts';
import type { KeptLaneRun } from './laneRun.ts';
import type { MakeEngine } from './laneEngine.ts';
import { rowsAt, whyAt } from './seen.ts';

const SLICE_MS = 8;
const REPORT_MS = 100;

/** Where the last run is kept over a reload; without it everything works. */
export interface RunKeeper {
  read(wanted: readonly LaneScenario[]): Promise<ReadonlyMap<string, KeptLaneRun> | null>;
  write(wanted: readonly LaneScenario[], lanes: ReadonlyMap<string, KeptLaneRun>): Promise<void>;
}

export interface ServiceOptions {
  readonly keeper?: RunKeeper;
  readonly make: MakeEngine;
  readonly codes: LogCodes;
  readonly catalog: Catalog;
  readonly machines: (airflow: AirflowVersion) => MachineDescription[];
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
    void this.recall(run, wanted).then(() => this.work(run, report, wanted));
  }

  facts(run: number): LaneFacts[] | null {
    const facts = this.lanes.flatMap((lane) => lane.facts ?? []);
    return run === this.run && facts.length === this.lanes.length ? facts : null;
  }

  metrics(run: number, prices: Prices): LaneMetrics[] | null {
    if (run !== this.run) return null;
    return this.lanes.flatMap((lane) => {
      const metrics = lane.metrics(prices);
      return metrics ? [{ lane: lane.lane.id, rows: metricRows(metrics) }] : [];
    });
  }

  exportMetrics({ run, prices, form, names }: ExportQuery): string {
    const known = run === this.run ? this.lanes : [];
    const lanes = known.flatMap((lane) => {
      const metrics = lane.metrics(prices);
      return metrics ? [{ lane: names[lane.lane.id] ?? lane.lane.id, metrics }] : [];
    });
    return form === 'csv' ? metricsCsv(lanes) : metricsJson(lanes);
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
    const { selection, table, workers, machines } = query;
    const fleet = known.find(({ lane }) => lane.id === workers);
    const selected = known.find(({ lane }) => lane.id === selection?.lane);
    const shown = known.find(({ lane }) => lane.id === table);
    const inside = known.find(({ lane }) => lane.id === machines);
    return {
      run: this.run,
      t,
      lanes: seen.map(({ lane, snapshot }) => ({ id: lane.lane.id, snapshot })),
      verdict: known.length > 0 ? verdictOf(judged, computing, t) : null,
      why: selection && selected ? whyAt(selected, selection.ti, t) : null,
      table: shown ? { lane: shown.lane.id, rows: rowsAt(shown, t) } : null,
      machines: inside
        ? { lane: inside.lane.id, ...inside.insideAt(t, ownRow(query, inside.lane.id)) }
        : null,
      workers: fleet ? { lane: fleet.lane.id, workers: fleet.workersAt(t) } : null,
    };
  }

  taskLog({ run, lane, ti, tryNumber, t }: LogQuery): LogAnswer | null {
    const found = run === this.run ? this.lanes.find((one) => one.lane.id === lane) : undefined;
    return found?.logAt(ti, tryNumber, t) ?? null;
  }

  machines(airflow: AirflowVersion): MachineDescription[] {
    return this.options.machines(airflow);
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

  /** Puts kept lanes in place of computed ones, when they come soon enough. */
  private async recall(run: number, wanted: readonly LaneScenario[]): Promise<void> {
    const kept = await this.options.keeper?.read(wanted).catch(() => null);
    if (!kept || run !== this.run) return;
    for (const lane of this.lanes) {
      const found = kept.get(lane.lane.id);
      if (found) lane.restore(found);
    }
  }

  private keep(wanted: readonly LaneScenario[]): void {
    const { keeper } = this.options;
    const kept = this.lanes.flatMap((lane) => {
      const run = lane.kept;
      return run ? [[lane.lane.id, run] as const] : [];
    });
    // A failure to keep it is told by what keeps files and settings, in the same database.
    if (kept.length < this.lanes.length) return;
    void keeper?.write(wanted, new Map(kept)).catch(() => undefined);
  }

  private async work(
    run: number,
    report: (report: RunReport) => void,
    wanted: readonly LaneScenario[],
  ): Promise<void> {
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
      if (done) return this.keep(wanted);
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

/** The selected task instance, when it is one of this lane. */
function ownRow({ selection }: Look, lane: string): number | null {
  return selection?.lane === lane ? selection.ti : null;
}
