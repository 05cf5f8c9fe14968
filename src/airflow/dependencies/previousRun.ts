/** Previous Dagrun State: depends_on_past and wait_for_downstream (semantics 4.4). */
import type { EngineContext } from '../context.ts';
import { TASK } from '../plan/index.ts';
import { NONE, RUN_TYPE } from '../rows.ts';
import { isIn, SUCCESS_STATES } from '../taskInstance/states.ts';
import { eachTiIn } from '../world/lookup.ts';
import { put, type Gate } from './gate.ts';
import { dagOfRun } from '../world/versions.ts';

/** For tasks with depends_on_past. */
export function checkPreviousRun(ctx: EngineContext, ti: number, gate: Gate): boolean {
  const { taskInstances: tis, dagRuns } = ctx.world;
  const { tasks } = ctx.plan;
  const task = tis.task[ti]!;
  const flags = tasks.flags[task]!;
  const run = tis.dag_run[ti]!;
  if (dagRuns.backfill[run] !== NONE && dagRuns.sort_ordinal[run] === 1) return pass(gate);
  const { catchup } = dagOfRun(ctx, run);
  const previous = previousRun(ctx, run, catchup);
  if (previous === NONE) return pass(gate);
  if (catchup && dagRuns.logical_date[previous]! < tasks.startDate[task]!) return pass(gate);
  const found = countUnsuccessful(ctx, previous, task);
  if (found < 0) {
    const first = (flags & TASK.ignoreFirstDependsOnPast) !== 0 && !hasPrior(ctx, run, task);
    return put(gate, first, 'past_wait', 'depends_on_past');
  }
  if (found > 0) return put(gate, false, 'past_wait', 'depends_on_past', found, 0);
  if ((flags & TASK.waitForDownstream) === 0) return pass(gate);
  const below = unsuccessfulBelow(ctx, previous, task);
  return put(gate, below === 0, 'past_wait', 'wait_for_downstream', below, 0);
}

/** Newest run with an earlier logical date, for those that have one; with catchup not a manual one. */
export function previousRun(ctx: EngineContext, run: number, catchup: boolean): number {
  const { dagRuns } = ctx.world;
  let previous = dagRuns.earlier[run]!;
  while (previous !== NONE && catchup && dagRuns.run_type[previous] === RUN_TYPE.manual) {
    previous = dagRuns.earlier[previous]!;
  }
  return previous;
}

function pass(gate: Gate): boolean {
  return put(gate, true, 'past_wait', 'depends_on_past');
}

/** Task instances of the task that are neither success nor skipped; -1 when it has none at all. */
function countUnsuccessful(ctx: EngineContext, run: number, task: number): number {
  const { taskInstances: tis } = ctx.world;
  let rows = 0;
  let bad = 0;
  eachTiIn(ctx, run, task, (ti) => {
    rows += 1;
    if (!isIn(SUCCESS_STATES, tis.state[ti]!)) bad += 1;
  });
  return rows === 0 ? -1 : bad;
}

function unsuccessfulBelow(ctx: EngineContext, run: number, task: number): number {
  const { down } = ctx.plan.tasks;
  let bad = 0;
  for (let i = down.from[task]!; i < down.from[task + 1]!; i++) {
    bad += Math.max(0, countUnsuccessful(ctx, run, down.to[i]!));
  }
  return bad;
}

function hasPrior(ctx: EngineContext, run: number, task: number): boolean {
  const { dagRuns } = ctx.world;
  for (let at = dagRuns.earlier[run]!; at !== NONE; at = dagRuns.earlier[at]!) {
    if (countUnsuccessful(ctx, at, task) >= 0) return true;
  }
  return false;
}
