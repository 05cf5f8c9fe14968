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
  sortRuns,
} from '../dagRun/runningOrder.ts';
import { markTi } from '../taskInstance/candidates.ts';

const chosen: number[] = [];

/** Returns how many runs were looked at. */
export function examineRunningRuns(ctx: EngineContext): number {
  const { dagRuns, counters } = ctx.world;
  wakeTis(ctx);
  const alike = firstRunning(ctx, ctx.options.maxDagrunsPerLoopToSchedule, chosen);
  const count = chosen.length;
  if (count === 0) return 0;
  const keeps = keepsOrder(ctx, count);
  const lists = counters.runningList;
  let stamped = true;
  for (let i = 0; i < count; i++) {
    examineRun(ctx, chosen[i]!);
    // Its logical date is to come: it keeps its old stamp, and with it its place at the front.
    if (dagRuns.last_scheduling_decision[chosen[i]!] !== ctx.sim.now) stamped = false;
  }
  if (!stamped) counters.sweptList = -1;
  if (keeps) return count;
  const unmoved = alike && stamped && counters.runningList === lists;
  if (!unmoved || !sendBehind(ctx, chosen[count - 1]!)) relist(ctx);
  return count;
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
