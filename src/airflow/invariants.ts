/**
 * Invariants that hold in every run (reliability 3), asserted where they are cheap: a few reads of
 * columns at the change that could break them. A broken one ends the run with a Problem that names
 * it, so that nobody looks at a wrong picture. Chance and the independent checker look for the rest.
 */
import { problem } from '../base/result.ts';
import { DAG_RUN } from '../machines/index.ts';
import type { EngineContext } from './context.ts';
import { usedSlots } from './limits.ts';
import { storedDag } from './world/versions.ts';

/** `row`: number of the pool, run or task instance that it is about. */
export function broken(ctx: EngineContext, invariant: string, what: string, row: number): void {
  const at_s = ctx.sim.now / 1_000_000;
  ctx.sim.broken(problem('invariant_broken', { invariant, what, row, at_s }));
}

/** I1, I10: a task instance has just been queued, and no limit may be passed by it. */
export function holdLimits(ctx: EngineContext, ti: number): void {
  const { pools, dagRuns, dags, taskInstances: tis, taskCounts } = ctx.world;
  const { tasks } = ctx.plan;
  const task = tis.task[ti]!;
  const pool = tasks.pool[task]!;
  const slots = pools.slots[pool]!;
  if (slots >= 0 && usedSlots(ctx, pool) > slots) broken(ctx, 'I1', 'pool slots', pool);
  const run = tis.dag_run[ti]!;
  const dag = dagRuns.dag[run]!;
  const active = ctx.profile.maxActiveTasksPerRun ? dagRuns.active[run]! : dags.active[dag]!;
  if (active > storedDag(ctx, dag).maxActiveTasks) broken(ctx, 'I10', 'max_active_tasks', run);
  const limit = tasks.maxActivePerDag[task]!;
  if (limit >= 0 && taskCounts.active[tasks.counter[task]!]! > limit) {
    broken(ctx, 'I10', 'max_active_tis_per_dag', ti);
  }
  if (dagRuns.state[run] !== DAG_RUN.running)
    broken(ctx, 'I7', 'queued in a run that is not running', ti);
}

/** I8: a run ends as a success or a failure only when nothing of it is on its way. */
export function holdNothingLeft(ctx: EngineContext, run: number): void {
  const { in_progress, parked, unfinished } = ctx.world.dagRuns;
  if (in_progress[run] === 0 && parked[run] === 0 && unfinished[run] === 0) return;
  broken(ctx, 'I8', 'a run ends with unfinished task instances', run);
}
