/** Airflow's engine as the host runs it, and what the page is told about it at the start. */
import { DEFAULT_DURATIONS_S } from '../../airflow/behaviour/defaults.ts';
import { optionInfo, optionNames } from '../../airflow/config/index.ts';
import type { OptionName } from '../../airflow/config/index.ts';
import type { PlantReason } from '../../airflow/executors/plant.ts';
import { FAULTS } from '../../airflow/faults/index.ts';
import { latencyTable } from '../../airflow/latencies/index.ts';
import { logTable } from '../../airflow/logTable.ts';
import { gatesOf } from '../../airflow/reasons.ts';
import { TRIGGER_RULES } from '../../airflow/rules/triggerRuleNames.ts';
import type { Scenario } from '../../airflow/scenario.ts';
import type { AirflowVersion } from '../../airflow/spec.ts';
import { map } from '../../base/result.ts';
import type { Result } from '../../base/result.ts';
import { us } from '../../base/time.ts';
import { makeLogCodes } from '../../explain/codes.ts';
import type { LogCodes } from '../../explain/codes.ts';
import { startRun } from '../../explain/engineRun.ts';
import { metadataTables } from '../../explain/metadataTables.ts';
import { metricsOfRun } from '../../explain/metrics/ofRun.ts';
import type { EngineRun } from '../../explain/engineRun.ts';
import { describeMachine } from '../../machines/describe.ts';
import type { MachineDescription } from '../../machines/describe.ts';
import { machines } from '../../machines/index.ts';
import { TaskLogs } from '../../explain/taskLog/index.ts';
import type { Catalog, WorkerSeen } from '../protocol.ts';
import type { LaneEngine } from './laneEngine.ts';

export function makeLaneEngine(scenario: Scenario): Result<LaneEngine> {
  return map(startRun(scenario), laneEngine);
}

function laneEngine(run: EngineRun): LaneEngine {
  const { engine } = run;
  const { simulation, ctx, plant } = engine;
  const logs = new LogsOfOne(run);
  const taskOf = (ti: number): number => ctx.world.taskInstances.task[ti]!;
  return {
    get log() {
      return simulation.log;
    },
    get events() {
      return simulation.events;
    },
    get now() {
      return simulation.now;
    },
    advance: (events) => run.advance(events),
    goTo: (time) => void simulation.run({ until: us(Math.floor(time)) }),
    save: () => simulation.save(),
    load: (saved, log) => simulation.load(saved, log),
    get problem() {
      return run.problem;
    },
    hash: () => simulation.hash(),
    info: (id) => run.info(id),
    gates: (ti) => gatesOf(ctx, ti, (row) => plantReason(plant.reason(row))),
    tables: () => ({
      task_instance: ctx.world.taskInstances.save(),
      dag_run: ctx.world.dagRuns.save(),
    }),
    workers: () => workersOf(run),
    metadata: () => metadataTables(engine),
    taskLog: (ti, tryNumber, t) => logs.of(ti).at(ti, tryNumber, t),
    metrics: (prices) => metricsOfRun(run, prices),
    rule: (ti) => TRIGGER_RULES[ctx.plan.tasks.rule[taskOf(ti)]!] ?? '',
    retries: (ti) => ctx.plan.tasks.retries[taskOf(ti)]!,
  };
}

/** Reading a run's log takes a while: kept for the task instance that was asked for last. */
class LogsOfOne {
  private readonly run: EngineRun;
  private logs: TaskLogs | null = null;
  private ti = -1;
  private length = -1;

  constructor(run: EngineRun) {
    this.run = run;
  }

  of(ti: number): TaskLogs {
    const { length } = this.run.engine.simulation.log;
    if (!this.logs || ti !== this.ti || length !== this.length) {
      this.logs = new TaskLogs(this.run, ti);
      this.ti = ti;
      this.length = length;
    }
    return this.logs;
  }
}

function workersOf({ engine }: EngineRun): WorkerSeen[] {
  const { celery } = engine.plant;
  const count = engine.scenario.fleet.workers.reduce((sum, group) => sum + group.count, 0);
  if (!celery) return [];
  return Array.from({ length: count }, (_, worker) => {
    const { mode, ...figures } = celery.workers.figures(worker);
    return { ...figures, mode: WORKER_MODES[mode] ?? 'up' };
  });
}

/** In the order of WORKER of src/airflow/fleet/workerPlan.ts. */
const WORKER_MODES = ['gone', 'up', 'draining', 'deaf', 'starting'] as const;

function plantReason(reason: PlantReason | null) {
  return reason && { ...reason, params: { ...reason.params } };
}

export function laneCodes(): LogCodes {
  return makeLogCodes(logTable());
}

/** Machines as plain data, with what can happen in the version. */
export function machinesOf(airflow: AirflowVersion): MachineDescription[] {
  return machines.map((machine) => describeMachine(machine, airflow));
}

export function laneCatalog(): Catalog {
  return {
    options: { '3.3.2': defaultsOf('3.3.2'), '2.11.2': defaultsOf('2.11.2') },
    durations: { ...DEFAULT_DURATIONS_S },
    faults: FAULTS,
    latencies: { '3.3.2': latenciesOf('3.3.2'), '2.11.2': latenciesOf('2.11.2') },
  };
}

function latenciesOf(version: AirflowVersion): Catalog['latencies'][AirflowVersion] {
  return {
    sequential: latencyTable(version, 'sequential'),
    local: latencyTable(version, 'local'),
    celery: latencyTable(version, 'celery'),
    kubernetes: latencyTable(version, 'kubernetes'),
  };
}

function defaultsOf(version: AirflowVersion): Catalog['options'][AirflowVersion] {
  const names = optionNames(version) as readonly OptionName[];
  return Object.fromEntries(
    names.map((name) => [name, optionInfo(version, name)?.default ?? null]),
  );
}
