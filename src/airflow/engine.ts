/**
 * The engine: a scenario becomes a simulation that can be run, stopped, saved, branched and asked.
 *
 *     const engine = createEngine(scenario);            // Result: problems name their field
 *     engine.value.simulation.run({ until, events });   // as far as wanted
 *     engine.value.ctx.world.taskInstances.state[ti]    // tables under Airflow's names
 */
import { err, ok, type Problem, type Result } from '../base/result.ts';
import { group, Simulation, type Model, type SimulationContext } from '../kernel/index.ts';
import { versionGuards } from '../machines/compile.ts';
import { dagRun, taskInstance } from '../machines/index.ts';
import { carryOut } from './actions/userActions.ts';
import { arrivalProblems, arrivalsOf } from './behaviour/arrivals.ts';
import { checkSpecs } from './checkSpecs.ts';
import {
  booleanOption,
  makeConfig,
  option,
  optionInfo,
  type Config,
  type OptionName,
} from './config/index.ts';
import type { EngineContext, Observer } from './context.ts';
import { laterDags, versionProblems } from './dagVersions.ts';
import { isoToMicros } from './dates.ts';
import { EVENT, makeHandlers, PLANT_FIRST } from './eventKinds.ts';
import { routesOf } from './executors/executorChoice.ts';
import { createPlant, type Plant } from './executors/plant.ts';
import { plantProblems } from './executors/plantCheck.ts';
import { applyFault } from './faults/apply.ts';
import { faultProblems } from './faults/index.ts';
import { resolveLatencies } from './latencies/index.ts';
import { readOptions } from './options.ts';
import { compilePlan, type Plan } from './plan/index.ts';
import { profileOf } from './profile/index.ts';
import type { GateResult } from './gateResult.ts';
import { gatesOf } from './reasons.ts';
import { timingsOf } from './runner/timings.ts';
import type { Fault, Scenario, UserAction } from './scenario.ts';
import { makeLoop } from './scheduler/loop.ts';
import { miniSchedule } from './scheduler/miniScheduler.ts';
import { parseDag } from './scheduler/nextRun.ts';
import { scheduleScenario } from './scenarioEvents.ts';
import { createPort } from './workerPort.ts';
import { setUpPools } from './world/pools.ts';
import { makeWorld } from './world/world.ts';

export interface Engine {
  readonly scenario: Scenario;
  readonly simulation: Simulation<EngineModel>;
  readonly ctx: EngineContext;
  readonly plant: Plant;
  /** Every run has ended, nothing more will be made before `until_s`, no worker is busy. */
  done(): boolean;
  /** Why a task instance does not go on now: all gates on its way (reasons.ts). */
  gates(ti: number): GateResult[];
}

/** A change from outside, between two events. */
export type EngineEdit = UserAction | Fault;

export interface EngineModel extends Model<EngineEdit> {
  readonly ctx: EngineContext;
  readonly plant: Plant;
}

export interface EngineOptions {
  readonly observers?: readonly Observer[];
  /** Hard bounds of the kernel, for tests. */
  readonly maxRecords?: number;
}

/** Checks what only the engine can check; the shape is parseScenario's business. */
export function createEngine(scenario: Scenario, options: EngineOptions = {}): Result<Engine> {
  const config = makeConfig(scenario.airflow, scenario.config);
  const problems: Problem[] = [
    ...checkSpecs(scenario.dags, profileOf(scenario.airflow)),
    ...versionProblems(scenario),
    ...plantProblems(scenario),
    ...faultProblems(scenario),
    ...arrivalProblems(scenario),
    ...(config.ok ? [] : config.error),
  ];
  if (!config.ok || problems.length > 0) return err(problems);
  const plan = compilePlan({
    dags: scenario.dags,
    later: laterDags(scenario),
    ...bundleOf(scenario, config.value),
    profile: profileOf(scenario.airflow),
    origin: isoToMicros(scenario.start),
    pools: poolNames(scenario),
  });
  const observers = [...(options.observers ?? [])];
  const simulation = new Simulation<EngineModel>({
    seed: scenario.seed,
    make: (sim) => makeModel(scenario, config.value, plan, sim, observers),
    ...(options.maxRecords === undefined ? {} : { limits: { records: options.maxRecords } }),
  });
  const { ctx, plant } = simulation.model;
  const until = scenario.until_s * 1_000_000;
  const last = lastFromOutside(scenario);
  return ok({
    scenario,
    simulation,
    ctx,
    plant,
    done: () => isDone(ctx, plant, until, last),
    gates: (ti) => gatesOf(ctx, ti, (row) => plant.reason(row)),
  });
}

/** 2.x has no bundles: its files lie in a folder. */
function bundleOf(
  { bundle, airflow }: Scenario,
  config: Config,
): { git: boolean; pinsRuns: boolean } {
  const git = bundle === 'git' && airflow === '3.3.2';
  return {
    git,
    pinsRuns: git && !booleanOption(config, 'dag_processor.disable_bundle_versioning'),
  };
}

function poolNames(scenario: Scenario): string[] {
  const named = scenario.actions.flatMap((each) => (each.action === 'pool' ? [each.pool] : []));
  return [...Object.keys(scenario.pools), ...named];
}

function makeModel(
  scenario: Scenario,
  config: Config,
  plan: Plan,
  sim: SimulationContext,
  observers: Observer[],
): EngineModel {
  const handlers = makeHandlers();
  const world = makeWorld(plan);
  const ctx = makeContext(plan, config, sim, world, observers);
  const table = resolveLatencies(scenario.airflow, scenario.executor, scenario.latencies);
  const timings = timingsOf(table.ok ? table.value : new Map());
  const loop = makeLoop(ctx, handlers, timings, (span, kind, before, subject) => {
    plant.spend(span, kind, before, subject);
  });
  ctx.routes = routesOf(scenario, plan, (name) => readOption(config, name));
  ctx.port = createPort(ctx, () => loop.resume());
  const plant = createPlant({
    sim,
    port: ctx.port,
    scenario,
    queueNames: plan.queueNames,
    readOption: (name) => readOption(config, name),
    serverStep: (kind, subject) => handlers.handle(kind, subject, 0, 0),
  });
  ctx.executor = plant.executor;
  ctx.executors = plant.executors;
  world.schedulers.addRows(plant.executors.length);
  ctx.workers = plant;
  const installation = { ctx, plant, scenario, start: loop.start };
  handlers.register(EVENT.miniScheduler, EVENT.miniScheduler, (_, ti) => {
    miniSchedule(ctx, ti);
  });
  setUpPools(ctx, scenario.pools);
  for (const dag of plan.dags) parseDag(ctx, dag.index);
  scheduleScenario(installation, handlers);
  return {
    ctx,
    plant,
    state: group({ world: world.state, plant: plant.state }),
    // Most events are the plant's: they need no look into a table of handlers.
    handle(kind, subject, arg, extra) {
      if (kind >= PLANT_FIRST) plant.handle(kind, subject, arg, extra);
      else handlers.handle(kind, subject, arg, extra);
    },
    edit: (edit) =>
      void ('what' in edit ? applyFault(installation, edit, -1) : carryOut(ctx, edit, -1)),
  };
}

/** Executor, workers and port are set by who puts the engine together. */
export function makeContext(
  plan: Plan,
  config: Config,
  sim: SimulationContext,
  world: EngineContext['world'],
  observers: Observer[],
): EngineContext {
  const late = {} as Pick<EngineContext, 'executor' | 'executors' | 'workers' | 'port'>;
  return {
    sim,
    world,
    plan,
    profile: plan.profile,
    options: readOptions(config),
    versionGuards: versionGuards(taskInstance, plan.version),
    versionRunGuards: versionGuards(dagRun, plan.version),
    hasDagProcessor: true,
    routes: null,
    observers,
    ...late,
  };
}

function readOption(config: Config, name: string): string | number | boolean | undefined {
  const known = optionInfo(config.version, name as OptionName);
  return known === undefined ? undefined : (option(config, name as OptionName) ?? undefined);
}

/** Microseconds at which the last action of a person, or the last arrival, comes. */
function lastFromOutside(scenario: Scenario): number {
  const arrivals = arrivalsOf(scenario);
  const actions = scenario.actions.map(({ at_s }) => at_s * 1_000_000);
  return actions.reduce((last, at) => Math.max(last, at), arrivals.at(-1)?.at ?? -1);
}

function isDone(ctx: EngineContext, plant: Plant, until: number, last: number): boolean {
  // Asked after every event, and hardly ever yes: what is most often the case first.
  if (!plant.idle) return false;
  const { dags, dueDags, assetDags } = ctx.world;
  for (let dag = 0; dag < dags.rows; dag++) {
    if (dags.queued_runs[dag]! + dags.running_runs[dag]! > 0) return false;
  }
  if (last >= ctx.sim.now) return false;
  const due = dueDags.first();
  if (due >= 0 && dags.next_dagrun_create_after[due]! <= until) return false;
  return assetDags.size === 0;
}
