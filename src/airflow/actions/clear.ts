/** Clear: task instances start anew, and so does their run (semantics 14.1). */
import { DAG_RUN, DAG_RUN_EVENT, TI, TI_EVENT } from '../../machines/index.ts';
import type { EngineContext } from '../context.ts';
import { changeRun } from '../dagRun/changeRun.ts';
import { moveDeadlines } from '../deadlines.ts';
import { forgetReschedules } from '../taskInstance/reschedules.ts';
import { changeTi } from '../taskInstance/change.ts';
import { isIn, UNFINISHED } from '../taskInstance/states.ts';
import { NULL_TIME } from '../rows.ts';
import { findTask, TASK, withStored, type Csr } from '../plan/index.ts';
import { goOnByLatest } from '../dagRun/newVersion.ts';
import { readDag, storedDag } from '../world/versions.ts';

/** What may be said about the runs of a clear; both are false when absent. */
export interface OfRuns {
  /** They keep their state. */
  readonly leavesRuns?: boolean;
  /** 3.x: from now on they go by the newest version of the DAG. */
  readonly onLatest?: boolean;
}

/**
 * Clears the given task instances; their runs go back to queued when they had ended, unless they
 * are to be left alone.
 */
export function clearTis(ctx: EngineContext, tis: readonly number[], of: OfRuns = {}): void {
  const runs = new Set<number>();
  for (const ti of tis) {
    runs.add(ctx.world.taskInstances.dag_run[ti]!);
    clearTi(ctx, ti, of.onLatest === true);
  }
  if (of.leavesRuns === true) return;
  for (const run of runs) {
    const ended = requeueRun(ctx, run);
    if (of.onLatest === true) goOnByLatest(ctx, run, ended);
  }
}

function clearTi(ctx: EngineContext, ti: number, onLatest: boolean): void {
  const { taskInstances: tis, dagRuns, stuckCount } = ctx.world;
  const before = tis.state[ti]!;
  dagRuns.disturbed[tis.dag_run[ti]!] = 1;
  endOpenTry(ctx, ti);
  changeTi(ctx, ti, TI_EVENT.clear);
  stuckCount.delete(ti);
  forgetReschedules(ctx, ti);
  if (ctx.world.asked.remove(ti)) ctx.world.answers.delete(ti);
  if (before !== TI.running) refreshFromTask(ctx, ti, onLatest);
  tis.priority_weight[ti] = ctx.plan.tasks.weight[tis.task[ti]!]!;
  if (before === TI.running) ctx.workers.abandon(ti);
  if (before === TI.deferred) ctx.workers.cancelTrigger(ti);
}

/** The row takes the fields, and the retries, of the version that the run reads. */
function refreshFromTask(ctx: EngineContext, ti: number, onLatest: boolean): void {
  const { plan, world } = ctx;
  if (plan.versions.length === plan.dags.length) return;
  const { taskInstances: tis } = world;
  const run = tis.dag_run[ti]!;
  const task = tis.task[ti]!;
  const read = onLatest ? storedDag(ctx, world.dagRuns.dag[run]!) : readDag(ctx, run);
  const own = findTask(plan, read, plan.taskIds[task]!);
  if (own < 0) return;
  tis.task[ti] = withStored(plan, task, plan.tasks.stored[own]!);
  tis.max_tries[ti] = tis.try_number[ti]! + plan.tasks.retries[own]!;
}

/**
 * The history gets the try that is cleared, with an end if it had none, and the row keeps that end:
 * 3.x where the row has no end yet, 2.x whenever the history does not know this try yet.
 */
function endOpenTry(ctx: EngineContext, ti: number): void {
  const { taskInstances: tis, clearedTry } = ctx.world;
  const state = tis.state[ti]!;
  const isOpen = isIn(UNFINISHED, state) && state !== TI.up_for_retry;
  if (ctx.profile.clearKeepsEnd) {
    if (isOpen && tis.end_date[ti] === NULL_TIME) tis.end_date[ti] = ctx.sim.now;
    return;
  }
  if (isOpen && clearedTry.get(ti, -1) !== tis.try_number[ti]) tis.end_date[ti] = ctx.sim.now;
  clearedTry.set(ti, tis.try_number[ti]!);
}

/** 3.x counts and stamps every clear; 2.x only that of a finished run. True when it had ended. */
function requeueRun(ctx: EngineContext, run: number): boolean {
  const { dagRuns } = ctx.world;
  const state = dagRuns.state[run]!;
  const finished = state === DAG_RUN.success || state === DAG_RUN.failed;
  if (!finished && !ctx.profile.clearRunAlwaysCounts) return false;
  changeRun(ctx, run, DAG_RUN_EVENT.clear);
  moveDeadlines(ctx, run);
  if (!finished) return false;
  dagRuns.last_scheduling_decision[run] = -Infinity;
  dagRuns.start_date[run] = NULL_TIME;
  return true;
}

/**
 * A DAG's partial subset: the tasks themselves, up- or downstream if asked, and the setups and
 * teardowns that belong to them, so that the environment exists again (semantics 13.3).
 */
export function partialSubset(
  ctx: EngineContext,
  tasks: readonly number[],
  upstream: boolean,
  downstream: boolean,
): Set<number> {
  const { up, down } = ctx.plan.tasks;
  const chosen = new Set(tasks);
  const add = (list: readonly number[]): void => list.forEach((task) => chosen.add(task));
  for (const task of tasks) {
    if (downstream)
      for (const each of reach(down, task)) {
        chosen.add(each);
        if (!isFixture(ctx, each)) add(setupsAround(ctx, each));
      }
    if (upstream)
      for (const each of reach(up, task)) {
        chosen.add(each);
        add(teardownsOf(ctx, each));
      }
    if (!upstream && !isFixture(ctx, task)) add(setupsAround(ctx, task));
    if (!downstream) add(teardownsOf(ctx, task));
  }
  return chosen;
}

/** A setup or a teardown. */
function isFixture(ctx: EngineContext, task: number): boolean {
  return (ctx.plan.tasks.flags[task]! & (TASK.isSetup | TASK.isTeardown)) !== 0;
}

/** Setups upstream whose scope holds the task, and the teardowns of those. */
function setupsAround(ctx: EngineContext, task: number): number[] {
  const { up, down, flags } = ctx.plan.tasks;
  const after = new Set(reach(down, task));
  return reach(up, task).flatMap((setup) => {
    if ((flags[setup]! & TASK.isSetup) === 0) return [];
    const teardowns = teardownsOf(ctx, setup);
    const around = teardowns.length === 0 || teardowns.some((each) => after.has(each));
    return around ? [setup, ...teardowns] : [];
  });
}

/** Direct teardowns of a setup; none for other tasks. */
function teardownsOf(ctx: EngineContext, task: number): number[] {
  const { down, flags } = ctx.plan.tasks;
  if ((flags[task]! & TASK.isSetup) === 0) return [];
  return neighbours(down, task).filter((each) => (flags[each]! & TASK.isTeardown) !== 0);
}

export function neighbours(of: Csr, task: number): number[] {
  return [...of.to.subarray(of.from[task], of.from[task + 1])];
}

/** All tasks reachable along the edges, without the task itself. */
export function reach(of: Csr, task: number): number[] {
  const seen = new Set<number>();
  const stack = neighbours(of, task);
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    stack.push(...neighbours(of, next));
  }
  return [...seen];
}
