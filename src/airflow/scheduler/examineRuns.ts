/** Running runs, at most max_dagruns_per_loop_to_schedule of them (semantics 5.1 A4). */
import { DAG_RUN, TI } from '../../machines/index.ts';
import type { EngineContext } from '../context.ts';
import { examineRun } from '../dagRun/examine.ts';
import {
  countRunning,
  firstRunning,
  isListed,
  listRunning,
  sendBehind,
  sendStampedBehind,
  sortRuns,
} from '../dagRun/runningOrder.ts';
import { markTi } from '../taskInstance/candidates.ts';

const chosen: number[] = [];

/** Returns how many runs were looked at. */
export function examineRunningRuns(ctx: EngineContext): number {
  const { dagRuns, counters, schedulers } = ctx.world;
  wakeTis(ctx);
  const alike = firstRunning(ctx, ctx.options.maxDagrunsPerLoopToSchedule, chosen);
  const count = chosen.length;
  if (count === 0) return 0;
  const keeps = keepsOrder(ctx, count);
  const lists = counters.runningList;
  const alone = schedulers.rows < 2;
  let stamped = true;
  let examined = 0;
  for (let i = 0; i < count; i++) {
    if (alone || !isLocked(ctx, chosen[i]!)) {
      examineRun(ctx, chosen[i]!);
      examined += 1;
    }
    // Its logical date is to come: it keeps its old stamp, and with it its place at the front.
    if (dagRuns.last_scheduling_decision[chosen[i]!] !== ctx.sim.now) stamped = false;
  }
  if (!stamped) counters.sweptList = -1;
  if (keeps) return examined;
  const whole = stamped && counters.runningList === lists;
  if (whole && alike && sendBehind(ctx, chosen[count - 1]!)) return examined;
  if (!whole || !sendStampedBehind(ctx, chosen)) relist(ctx);
  return examined;
}

/**
 * SELECT ... FOR UPDATE SKIP LOCKED: the examination of all chosen runs is one transaction, which
 * ends `span` from now. Nobody comes to them in between; and nobody would take further runs in
 * their place, as those with newer stamps were chosen with them.
 */
export function lockRuns(ctx: EngineContext, span: number): void {
  if (ctx.world.schedulers.rows < 2) return;
  const { locked_until } = ctx.world.dagRuns;
  for (const run of chosen) {
    if (!isLocked(ctx, run)) locked_until[run] = ctx.sim.now + span;
  }
}

function isLocked(ctx: EngineContext, run: number): boolean {
  return ctx.world.dagRuns.locked_until[run]! > ctx.sim.now;
}

/** Each goes behind the others; one that has ended is in no list any more. */
function relist(ctx: EngineContext): void {
  const { state } = ctx.world.dagRuns;
  // In the order which they will have, so that each comes to stand right behind the one before.
  sortRuns(ctx, chosen);
  for (let i = 0; i < chosen.length; i++) {
    const run = chosen[i]!;
    if (state[run] === DAG_RUN.running && isListed(ctx, run)) listRunning(ctx, run);
  }
}

/**
 * When all running runs are looked at, loop after loop, each gets the same stamp as all others, so
 * that their order stays as the first such loop has made it.
 */
function keepsOrder(ctx: EngineContext, chosenRuns: number): boolean {
  const { counters } = ctx.world;
  const all = chosenRuns === countRunning(ctx);
  const same = all && counters.sweptList === counters.runningList;
  counters.sweptList = all ? counters.runningList : -1;
  return same;
}

/** Retry delays and reschedule dates that have passed: those rows are candidates again. */
export function wakeTis(ctx: EngineContext): void {
  const { wakes, taskInstances: tis } = ctx.world;
  while (wakes.nextTime <= ctx.sim.now) {
    wakes.pop();
    const ti = wakes.subject;
    const state = tis.state[ti]!;
    if (state === TI.up_for_retry || state === TI.up_for_reschedule) markTi(ctx, ti);
  }
}
