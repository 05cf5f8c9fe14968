/** An application with the real simulation in the same thread, and a clock that a test moves. */
import { createApp } from '../../src/app/createApp.ts';
import type { App } from '../../src/app/context.ts';
import type { AppModel } from '../../src/app/model.ts';
import { problem } from '../../src/base/result.ts';
import type { AppPorts } from '../../src/app/ports.ts';
import type { ClockState } from '../../src/host/protocol.ts';
import type { PythonRemote } from '../../src/host/remotes/python.ts';
import type { SimulationRemote } from '../../src/host/remotes/simulation.ts';
import type { StorageRemote } from '../../src/host/remotes/storage.ts';
import { lanesOfFile } from '../../src/host/remotes/scenarioFiles.ts';
import { dagSpec, taskSpec } from '../airflow/engine/specs.ts';
import { simulationService } from '../host/services.ts';

export interface Stage {
  readonly app: App;
  readonly clocks: ClockState[];
  readonly stored: Map<string, unknown>;
  /** What was put on the clipboard. */
  readonly copied: string[];
  /** Lets real time pass, with everything that waits for it. */
  pass(ms: number): Promise<void>;
  until(ready: () => boolean): Promise<void>;
  /** The simulation worker dies. */
  crash(): void;
}

export interface StageOptions {
  readonly stored?: Map<string, unknown>;
  readonly python?: PythonRemote;
  readonly storage?: () => Promise<StorageRemote>;
  readonly reducedMotion?: boolean;
  readonly address?: string;
}

export const demoDag = dagSpec('demo_dag', [taskSpec('a'), taskSpec('b', ['a'])]);

export function openStage(options: StageOptions = {}): Stage {
  const stored = options.stored ?? new Map<string, unknown>();
  const clocks: ClockState[] = [];
  const copied: string[] = [];
  const beats: (() => void)[] = [];
  let now = 1_000_000;
  let crash = (): void => undefined;
  const ports: AppPorts = {
    time: {
      now: () => now,
      nextFrame: (action) => queueMicrotask(action),
      every(_, action) {
        beats.push(action);
        return () => undefined;
      },
    },
    picture: {
      scene: { attach: () => Promise.reject(new Error('no canvas here')) as never },
      onPage: false,
      clock: (clock) => void clocks.push(clock),
      connect: () => undefined,
    },
    startSimulation(failed) {
      crash = () => failed('killed');
      return remote();
    },
    python: () => (options.python ? Promise.resolve(options.python) : Promise.reject(new Error())),
    storage: options.storage ?? (() => Promise.resolve(memory(stored))),
    lanesOfFile: (file, dagsOf) => Promise.resolve(lanesOfFile(file, dagsOf)),
    demo: () => Promise.resolve({ dags: [demoDag], behaviour: { by_kind: {}, rules: [] } }),
    browser: {
      locale: 'en',
      reducedMotion: options.reducedMotion ?? false,
      copy: (text) => {
        copied.push(text);
        return Promise.resolve(true);
      },
      save: (name, text) => void copied.push(`${name}\n${text}`),
      address: options.address ?? 'https://windtunnel.example/',
      forgetLink: () => undefined,
      channel: () => new MessageChannel(),
    },
  };
  const app = createApp(ports);
  const pass = async (ms: number): Promise<void> => {
    now += ms;
    for (const beat of beats) beat();
    for (let i = 0; i < 20; i++) await new Promise((resolve) => setImmediate(resolve));
  };
  const until = async (ready: () => boolean): Promise<void> => {
    // Decompression has its own threads: on a busy machine they answer late.
    for (let i = 0; i < 20_000 && !ready(); i++) await pass(0);
    if (!ready()) throw new Error('it did not come to that');
  };
  return { app, clocks, stored, copied, pass, until, crash: () => crash() };
}

function memory(stored: Map<string, unknown>): StorageRemote {
  return {
    read: async (name) => structuredClone(stored.get(name)),
    write: async (name, value) => void stored.set(name, structuredClone(value)),
    problem: () => null,
  };
}

function remote(): SimulationRemote {
  const service = simulationService();
  return {
    catalog: async () => service.catalog(),
    connect: () => undefined,
    start: (run, lanes, report) =>
      service.start(run, structuredClone(lanes), (one) => report(structuredClone(one))),
    facts: async (run) => service.facts(run),
    metrics: async (run, prices) => service.metrics(run, prices),
    exportMetrics: async (query) => service.exportMetrics(query),
    look: async (query) => service.look(query),
    step: async (query) => service.step(query),
    taskLog: async (query) => service.taskLog(query),
    machines: async (airflow) => service.machines(airflow),
    end: () => undefined,
  };
}

export const get = ({ app }: Stage): AppModel => app.store.get();
export const computed = (stage: Stage) => (): boolean => {
  const { lanes, verdict, settings } = get(stage);
  const done = lanes.every((lane) => !lane.computing && lane.snapshot !== null);
  return done && verdict !== null && settings.fields.length > 0;
};

export async function ready(stage: Stage): Promise<Stage> {
  await stage.until(computed(stage));
  return stage;
}

const imported = dagSpec('mine', [taskSpec('only')]);
/** Reads one DAG, `mine`; text with (( is broken, airflow.sdk is for 3.x. */
export const python: PythonRemote = {
  import: async (files, airflow) => {
    const broken = files.find(
      (file) => file.source.includes('import airflow.sdk') && airflow !== '3.3.2',
    );
    if (broken) return { dags: [], problems: [problem('dag_module_newer')] };
    if (files.some((file) => file.source.includes('(('))) {
      return { dags: [], problems: [problem('dag_syntax_error', {}, { file: 'a.py', line: 1 })] };
    }
    return { dags: [{ spec: imported, file: 'a.py' }], problems: [] };
  },
  prepare: () => undefined,
  cancel: () => undefined,
};
