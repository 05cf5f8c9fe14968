/**
 * A plant on a bench: executors and workers without the scheduler. Rows are kept by a small stand-in
 * for the database; heartbeats come each second unless an executor blocks them.
 */
import { must } from '../../../src/base/assert.ts';
import { Simulation } from '../../../src/kernel/index.ts';
import { createPlant, type Plant } from '../../../src/airflow/executors/plant.ts';
import type { ExecutorEvent } from '../../../src/airflow/executors/executor.ts';
import type { Port, StartAnswer, TaskEnd } from '../../../src/airflow/runner/port.ts';
import type { ExecutorName, FleetSpec, Scenario } from '../../../src/airflow/scenario.ts';
import { plainDag, plainTask } from '../../../src/airflow/plainSpecs.ts';
import type { AirflowVersion, TaskSpec } from '../../../src/airflow/spec.ts';

export const SECOND = 1_000_000;
const HEARTBEAT = 1;

export interface Row {
  task: number;
  mapIndex: number;
  tryNumber: number;
  maxTries: number;
  state: string;
  resuming: boolean;
  queued: number;
  start: number;
  end: number;
}

export interface Bench {
  readonly simulation: Simulation;
  readonly plant: Plant;
  readonly rows: Row[];
  readonly events: (ExecutorEvent & { t: number })[];
  readonly calls: string[];
  /** Hands a task instance to the executor. */
  queue(ti: number, priority?: number): void;
  run(seconds: number): void;
  row(ti: number): Row;
}

export interface BenchOptions {
  executor: ExecutorName;
  airflow?: AirflowVersion;
  tasks: TaskSpec[];
  config?: Scenario['config'];
  fleet?: Partial<FleetSpec>;
  latencies?: Scenario['latencies'];
  behaviour?: Scenario['behaviour'];
  seed?: number;
  /** Rows: task number each; default one per task. */
  of?: number[];
  refuse?: (ti: number) => StartAnswer;
}

export function task(task_id: string, seconds: number, more: Partial<TaskSpec> = {}): TaskSpec {
  const behaviour = { kind: 'bash', duration_s: seconds, duration_source: 'bash_sleep' } as const;
  return plainTask(task_id, { retry_exponential_backoff: false, behaviour, ...more });
}

export function scenarioOf(options: BenchOptions): Scenario {
  return {
    format: 1,
    airflow: options.airflow ?? '3.3.2',
    executor: options.executor,
    dags: [plainDag('bench', options.tasks)],
    start: '2026-01-01T00:00:00Z',
    until_s: 10_000,
    seed: options.seed ?? 1,
    config: options.config ?? {},
    pools: {},
    fleet: {
      workers: [{ name: 'worker-1', count: 1, concurrency: 2, queues: null }],
      broker: 'redis',
      nodes: [{ name: 'node-1', count: 1, pods: 4, image_cached: true }],
      schedulers: 1,
      triggerers: 1,
      ...options.fleet,
    },
    behaviour: options.behaviour ?? { by_kind: {}, rules: [] },
    actions: [],
    faults: [],
    latencies: options.latencies ?? {},
  };
}

export function bench(options: BenchOptions): Bench {
  const scenario = scenarioOf(options);
  const { tasks } = must(scenario.dags[0], 'dag');
  const queueNames = [...new Set(tasks.map(({ queue }) => queue))];
  const rows: Row[] = (options.of ?? tasks.map((_, i) => i)).map((number, i) => ({
    task: number,
    mapIndex: options.of ? i : -1,
    tryNumber: 1,
    maxTries: tasks[number]?.retries ?? 0,
    state: 'none',
    resuming: false,
    queued: -1,
    start: -1,
    end: -1,
  }));
  const events: (ExecutorEvent & { t: number })[] = [];
  const calls: string[] = [];
  let plant!: Plant;
  const simulation = new Simulation({
    seed: scenario.seed,
    make: (context) => {
      const beat = (): void => {
        const held = plant.executor.heartbeat(context.now);
        if (typeof held !== 'number') return;
        plant.executor.drainEvents((event) => events.push({ ...event, t: context.now }));
        context.after(held + SECOND, HEARTBEAT, 0);
      };
      const row = (ti: number): Row => must(rows[ti], 'row');
      const current = (ti: number, tryNumber: number): boolean =>
        row(ti).state === 'running' && row(ti).tryNumber === tryNumber;
      const port: Port = {
        dagOf: () => 0,
        taskOf: (ti) => row(ti).task,
        numberOf: (ti) => row(ti).task,
        isInFile: () => true,
        reschedulesOf: () => 0,
        mapIndexOf: (ti) => row(ti).mapIndex,
        executorOf: () => 0,
        queueOf: (ti) => queueNames.indexOf(must(tasks[row(ti).task], 'task').queue),
        taskKeyOf: (ti) => row(ti).task + 1,
        runIdOf: () => 'run',
        runKeyOf: () => 7,
        tryNumberOf: (ti) => row(ti).tryNumber,
        shouldRetry: (ti) => row(ti).maxTries > 0 && row(ti).tryNumber <= row(ti).maxTries,
        isResuming: (ti) => row(ti).resuming,
        resumeFailed: () => false,
        resumeRaised: () => false,
        triggerRaised() {},
        isRunning: current,
        isQueued: (ti, tryNumber) => row(ti).state === 'queued' && row(ti).tryNumber === tryNumber,
        endOf: (ti) => {
          const { state } = row(ti);
          return state === 'success' || state === 'failed' ? state : null;
        },
        start(ti, tryNumber) {
          const startable = row(ti).state === 'queued' || row(ti).state === 'restarting';
          const fits = startable && row(ti).tryNumber === tryNumber;
          const answer = options.refuse?.(ti) ?? (fits ? 'started' : 'refused');
          calls.push(`start ${ti}/${tryNumber} ${answer}`);
          if (answer !== 'started') return answer;
          Object.assign(row(ti), { state: 'running', start: context.now });
          return answer;
        },
        finish(ti, tryNumber, end: TaskEnd, length) {
          calls.push(`finish ${ti}/${tryNumber} ${end} ${length}`);
          if (!current(ti, tryNumber)) return false;
          const retry = end === 'fail' && port.shouldRetry(ti);
          const ends = { succeed: 'success', skip: 'skipped', fail: 'failed' };
          const state = end === 'fail_without_retry' ? 'failed' : ends[end];
          Object.assign(row(ti), { state: retry ? 'up_for_retry' : state, end: context.now });
          return true;
        },
        reschedule(ti, _tryNumber, date) {
          calls.push(`reschedule ${ti} ${Math.round(date / SECOND)}`);
          row(ti).state = 'up_for_reschedule';
          return true;
        },
        defer(ti) {
          row(ti).state = 'deferred';
          return true;
        },
        triggerFired(ti) {
          calls.push(`fired ${ti}`);
          Object.assign(row(ti), { state: 'scheduled', resuming: true });
        },
        branch: (ti, chosen) => void calls.push(`branch ${ti} ${chosen?.join() ?? 'first'}`),
        shortCircuit: (ti) => void calls.push(`short ${ti}`),
        retryAfter: () => {},
        ask: (ti) => void calls.push(`ask ${ti}`),
        answer: () => {},
        park: (ti) => void calls.push(`park ${ti}`),
        answerOf: () => null,
        triggerEnded: (ti, _, end) => void calls.push(`${end} ${ti}`),
        triggerDagRun: () => ({ run: 0 }),
        runEnd: () => (context.now > 100 * SECOND ? 'met' : 'waiting'),
        externalState: () => (context.now > 100 * SECOND ? 'met' : 'waiting'),
        executorEnded() {},
        resumeScheduler() {
          plant.executor.drainEvents((event) => events.push({ ...event, t: context.now }));
          context.after(SECOND, HEARTBEAT, 0);
        },
      };
      plant = createPlant({
        sim: context,
        port,
        scenario,
        queueNames,
        readOption: (name) => scenario.config[name],
        serverStep: () => {},
      });
      context.at(0, HEARTBEAT, 0);
      return {
        state: plant.state,
        handle(kind, subject, arg) {
          if (kind === HEARTBEAT) beat();
          else plant.handle(kind, subject, arg);
        },
      };
    },
  });
  return {
    simulation,
    plant,
    rows,
    events,
    calls,
    queue(ti, priority = 1) {
      const row = must(rows[ti], 'row');
      Object.assign(row, { state: 'queued', queued: simulation.now });
      plant.executor.queueWorkload(ti, row.tryNumber, priority);
    },
    run(seconds) {
      simulation.run({ until: Math.round(seconds * SECOND) as never });
    },
    row: (ti) => must(rows[ti], 'row'),
  };
}
