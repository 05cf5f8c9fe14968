/** The page's handle on the simulation worker: start, restart after a crash, end. */
import { proxy, transfer, wrap } from 'comlink';
import type { Remote } from 'comlink';
import type { LaneScenario } from '../../interchange/standardScenario.ts';
import type { LogAnswer } from '../../explain/taskLog/index.ts';
import type { AirflowVersion } from '../../airflow/spec.ts';
import type { MachineDescription } from '../../machines/describe.ts';
import type { LaneFacts } from '../../lesson/facts.ts';
import type { Prices } from '../../airflow/scenario.ts';
import type {
  Catalog,
  ExportQuery,
  LaneMetrics,
  LogQuery,
  Look,
  RunReport,
  Seen,
  SimulationApi,
  StepQuery,
} from '../protocol.ts';

export interface SimulationRemote {
  catalog(): Promise<Catalog>;
  connect(port: MessagePort): void;
  start(run: number, lanes: readonly LaneScenario[], report: (report: RunReport) => void): void;
  facts(run: number): Promise<LaneFacts[] | null>;
  metrics(run: number, prices: Prices): Promise<LaneMetrics[] | null>;
  exportMetrics(query: ExportQuery): Promise<string>;
  look(query: Look): Promise<Seen>;
  step(query: StepQuery): Promise<number | null>;
  taskLog(query: LogQuery): Promise<LogAnswer | null>;
  machines(airflow: AirflowVersion): Promise<MachineDescription[]>;
  end(): void;
}

/** `failed` is told once, when the worker could not start or died. */
export function startSimulation(failed: (message: string) => void): SimulationRemote {
  const worker = new Worker(new URL('../simulation/sim.worker.ts', import.meta.url), {
    type: 'module',
    name: 'simulation',
  });
  worker.onerror = (event) => failed(event.message || 'worker');
  return remoteOf(wrap<SimulationApi>(worker), () => worker.terminate(), failed);
}

function remoteOf(
  api: Remote<SimulationApi>,
  end: () => void,
  failed: (message: string) => void,
): SimulationRemote {
  const watch = (work: Promise<unknown>): void => void work.catch((error) => failed(String(error)));
  return {
    catalog: () => api.catalog(),
    connect: (port) => watch(api.connect(transfer(port, [port]))),
    start: (run, lanes, report) => watch(api.start(run, lanes, proxy(report))),
    facts: (run) => api.facts(run),
    metrics: (run, prices) => api.metrics(run, prices),
    exportMetrics: (query) => api.exportMetrics(query),
    look: (query) => api.look(query),
    step: (query) => api.step(query),
    taskLog: (query) => api.taskLog(query),
    machines: (airflow) => api.machines(airflow),
    end,
  };
}
