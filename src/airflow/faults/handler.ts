/** What the code of a fault gets, and how it looks up what the fault names. */
import type { EngineContext } from '../context.ts';
import type { Plant } from '../executors/plant.ts';
import { findTask } from '../plan/index.ts';
import { NONE } from '../rows.ts';
import type { Fault, Scenario } from '../scenario.ts';
import { eachTi, findRun } from '../world/lookup.ts';
import type { Part } from './partNames.ts';
import { dagOfRun } from '../world/versions.ts';

/** The simulated installation, as far as faults reach into it. */
export interface Installation {
  readonly ctx: EngineContext;
  readonly plant: Plant;
  readonly scenario: Scenario;
  /** A scheduler's process starts now. */
  start(scheduler: number): void;
}

/** One fault that happens now, its part read, its arguments checked. */
export interface Hit {
  readonly fault: Fault;
  readonly part: Part;
  number(name: string, otherwise: number): number;
  word(name: string, otherwise: string): string;
}

/**
 * Does it, at the present time; what it changes has the fault as its cause. False: there is
 * nothing to break now (a task that does not run, a worker that is down), and nothing happens.
 */
export type FaultHandler = (at: Installation, hit: Hit) => boolean;

/** By `<what> <part kind>`. */
export type FaultHandlers = Readonly<Record<string, FaultHandler>>;

/** Row of the task instance that the part names, -1 when there is none yet. */
export function tiOf({ ctx }: Installation, { ti }: Part): number {
  if (ti === null) return NONE;
  const dag = ctx.plan.dagIndex.get(ti.dag_id) ?? NONE;
  if (dag === NONE) return NONE;
  const { last_run } = ctx.world.dags;
  const run = ti.run_id === '*' ? last_run[dag]! : findRun(ctx, dag, ti.run_id);
  if (run === NONE) return NONE;
  const task = findTask(ctx.plan, dagOfRun(ctx, run), ti.task_id);
  let found = NONE;
  if (task === NONE) return NONE;
  eachTi(ctx, run, task, (row) => {
    if (ctx.world.taskInstances.map_index[row] === ti.map_index) found = row;
  });
  return found;
}
