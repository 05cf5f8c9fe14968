/**
 * One examination of a running run (semantics 2.3): time-out, ready task instances and marks, the
 * run's state, then none -> scheduled.
 */
import { DAG_RUN, DAG_RUN_EVENT, TI, TI_EVENT } from '../../machines/index.ts';
import { runEnded } from '../callbacks.ts';
import type { EngineContext } from '../context.ts';
import { pruneDeadlines } from '../deadlines.ts';
import { specOfTask, TASK } from '../plan/index.ts';
import { holdNothingLeft } from '../invariants.ts';
import { NONE, NULL_TIME } from '../rows.ts';
import { putBack } from '../taskInstance/candidates.ts';
import { changeTi } from '../taskInstance/change.ts';
import { scheduleStraight } from '../taskInstance/straight.ts';
import { eachTiOfRun } from '../world/lookup.ts';
import { afterEnd } from '../scheduler/nextRun.ts';
import { changeRun } from './changeRun.ts';
import { pauseAfterFailures } from './consecutiveFailures.ts';
import { decide } from './decide.ts';
import { NOT_DECIDED, runEvent } from './runState.ts';
import { isOutdated, takeNewVersion } from './newVersion.ts';
import { dagOfRun, storedDag } from '../world/versions.ts';

/** Returns how many task instances became scheduled. */
export function examineRun(ctx: EngineContext, run: number): number {
  const { dagRuns } = ctx.world;
  const outdated = isOutdated(ctx, run);
  if (!outdated && isSettled(ctx, run)) {
    dagRuns.last_scheduling_decision[run] = ctx.sim.now;
    dagRuns.touched[run] = 0;
    return 0;
  }
  if (isTimedOut(ctx, run, outdated)) {
    timeOut(ctx, run);
    return 0;
  }
  const date = dagRuns.logical_date[run]!;
  if (date !== NULL_TIME && date > ctx.sim.now) return 0;
  if (outdated) takeNewVersion(ctx, run);
  return updateRun(ctx, run, true);
}

/**
 * Nothing to look at, and no time-out that could have passed: nothing of it has changed, or it has
 * something under way and nobody to ask, so that it neither ends nor is in a deadlock (runState.ts).
 */
function isSettled(ctx: EngineContext, run: number): boolean {
  const { touched, candidate_head, logical_date, disturbed } = ctx.world.dagRuns;
  const { unfinished, in_progress } = ctx.world.dagRuns;
  if (candidate_head[run] !== NONE) return false;
  if (touched[run] !== 0) {
    const goesOn = unfinished[run]! > 0 && in_progress[run]! > 0 && disturbed[run] === 0;
    if (!goesOn) return false;
  }
  if (logical_date[run] !== NULL_TIME && logical_date[run]! > ctx.sim.now) return false;
  return dagOfRun(ctx, run).dagrunTimeout === Infinity;
}

/** The part that a paused DAG's runs get too: marks and state, and scheduling only if asked. */
export function updateRun(ctx: EngineContext, run: number, schedules: boolean): number {
  const { dagRuns } = ctx.world;
  dagRuns.last_scheduling_decision[run] = ctx.sim.now;
  dagRuns.touched[run] = 0;
  const unfinished = dagRuns.unfinished[run]!;
  const decision = decide(ctx, run);
  const event = runEvent(ctx, run, unfinished, decision);
  if (event !== NOT_DECIDED) endRun(ctx, run, event);
  if (!schedules) return keepForLater(ctx, decision.ready);
  let scheduled = 0;
  for (const ti of decision.ready) scheduled += scheduleTi(ctx, ti);
  return scheduled;
}

/** What is ready now has to be looked at again when the run may schedule it. */
function keepForLater(ctx: EngineContext, ready: readonly number[]): number {
  for (const ti of ready) putBack(ctx, ti);
  return 0;
}

function endRun(ctx: EngineContext, run: number, event: number): void {
  if (event !== DAG_RUN_EVENT.deadlock) holdNothingLeft(ctx, run);
  changeRun(ctx, run, event);
  runEnded(ctx, run, event);
  if (event === DAG_RUN_EVENT.succeed) pruneDeadlines(ctx, run);
  if (event === DAG_RUN_EVENT.fail) pauseAfterFailures(ctx, run);
  afterEnd(ctx, run);
}

/** none, up_for_retry, up_for_reschedule -> scheduled; an empty operator is a success at once. */
function scheduleTi(ctx: EngineContext, ti: number): number {
  const { taskInstances: tis } = ctx.world;
  const flags = ctx.plan.tasks.flags[tis.task[ti]!]!;
  if ((flags & TASK.startsInTrigger) !== 0) return startInTrigger(ctx, ti);
  const empty = (flags & TASK.isEmpty) !== 0;
  const changed = empty ? changeTi(ctx, ti, TI_EVENT.succeed_empty) : scheduleStraight(ctx, ti);
  return changed ? 1 : 0;
}

/** The scheduler defers it: no worker, no slot. A sleeping sensor is scheduled as usual. */
function startInTrigger(ctx: EngineContext, ti: number): number {
  const task = ctx.world.taskInstances.task[ti]!;
  const spec = specOfTask(ctx.plan, task);
  const own = spec.behaviour?.start_trigger?.timeout_s ?? Infinity;
  const limit = Math.min(own, spec.execution_timeout_s ?? Infinity);
  const timeout = limit === Infinity ? Infinity : ctx.sim.now + Math.round(limit * 1_000_000);
  if (!changeTi(ctx, ti, TI_EVENT.defer_at_start, timeout)) {
    return changeTi(ctx, ti, TI_EVENT.schedule) ? 1 : 0;
  }
  ctx.workers.startTrigger(ti);
  return 1;
}

/** By the DAG as it is stored: that is what the scheduler reads. */
function isTimedOut(ctx: EngineContext, run: number, outdated: boolean): boolean {
  const { dagRuns } = ctx.world;
  const dag = outdated ? storedDag(ctx, dagRuns.dag[run]!) : dagOfRun(ctx, run);
  const limit = dag.dagrunTimeout;
  return dagRuns.start_date[run]! < ctx.sim.now - limit;
}

function timeOut(ctx: EngineContext, run: number): void {
  const { dagRuns } = ctx.world;
  if (dagRuns.state[run] !== DAG_RUN.running) return;
  eachTiOfRun(ctx, run, (ti) => {
    const running = ctx.world.taskInstances.state[ti] === TI.running;
    changeTi(ctx, ti, TI_EVENT.dagrun_timeout);
    if (running) ctx.workers.abandon(ti);
  });
  changeRun(ctx, run, DAG_RUN_EVENT.time_out);
  runEnded(ctx, run, DAG_RUN_EVENT.time_out);
  afterEnd(ctx, run);
}
