/**
 * The runs to examine in Airflow's order: backfill ordinal, last_scheduling_decision, run_after,
 * row. An examination stamps a run and thereby sends it behind the others, so nearly every run
 * comes to its place by a step or two from the end of a list. The few that do not (a run that has
 * just started, one that is unpaused) go into an ordered set, and the walk merges the two.
 */
import type { EngineContext } from '../context.ts';
import { NONE } from '../rows.ts';

/** So many steps back from the end of the list are tried. */
const STEPS = 24;

export function countRunning(ctx: EngineContext): number {
  const { runningRuns, runningOthers } = ctx.world;
  return runningRuns.count() + runningOthers.size;
}

export function isListed(ctx: EngineContext, run: number): boolean {
  const { runningRuns, runningOthers } = ctx.world;
  return runningRuns.listOf(run) >= 0 || runningOthers.has(run);
}

export function unlistRunning(ctx: EngineContext, run: number): void {
  const { runningRuns, runningOthers } = ctx.world;
  if (!runningRuns.remove(run)) runningOthers.remove(run);
}

/** Its place among the runs to examine, from its present columns; it may be listed already. */
export function listRunning(ctx: EngineContext, run: number): void {
  const { dagRuns, runningRuns, runningOthers } = ctx.world;
  unlistRunning(ctx, run);
  let before = runningRuns.last();
  for (let step = 0; step < STEPS; step++) {
    if (before === NONE || comesBefore(ctx, before, run)) {
      runningRuns.insertAfter(0, before, run);
      return;
    }
    before = runningRuns.before(before);
  }
  const stamp = dagRuns.last_scheduling_decision[run]!;
  runningOthers.add(run, ordinalOf(ctx, run), stamp, dagRuns.run_after[run]!);
}

/**
 * The first runs in order whose run_after has come, at most `most`. True when they are the first
 * of the list, without a gap and with one and the same stamp: given another one, they keep their
 * order.
 */
export function firstRunning(ctx: EngineContext, most: number, into: number[]): boolean {
  const { dagRuns, runningRuns, runningOthers } = ctx.world;
  if (runningOthers.size === 0 && !hasOrdinals(ctx)) return firstListed(ctx, most, into);
  let listed = runningRuns.first();
  let other = runningOthers.first();
  let count = 0;
  let alike = other === NONE;
  while (count < most && (listed !== NONE || other !== NONE)) {
    const fromList = other === NONE || (listed !== NONE && comesBefore(ctx, listed, other));
    const run = fromList ? listed : other;
    if (fromList) listed = runningRuns.after(listed);
    else other = runningOthers.after(other);
    if (dagRuns.run_after[run]! > ctx.sim.now) alike = false;
    else into[count++] = run;
    if (count > 1 && alike) alike = isAlike(ctx, run, into[0]!);
  }
  if (into.length > count) into.length = count;
  return alike;
}

/** The same where all are in the list and no backfill was ever made: nearly always. */
function firstListed(ctx: EngineContext, most: number, into: number[]): boolean {
  const { runningRuns } = ctx.world;
  const { last_scheduling_decision: stamps, run_after } = ctx.world.dagRuns;
  const { now } = ctx.sim;
  let run = runningRuns.first();
  if (run === NONE) {
    into.length = 0;
    return true;
  }
  const stamp = stamps[run];
  let alike = true;
  let count = 0;
  for (; run !== NONE && count < most; run = runningRuns.after(run)) {
    if (run_after[run]! > now || stamps[run] !== stamp) alike = false;
    if (run_after[run]! <= now) into[count++] = run;
  }
  if (into.length > count) into.length = count;
  return alike;
}

/**
 * Sends runs that were all stamped now behind the others, in their order. False where more than
 * that has to be looked at: some do not stand in the list, or others have the same stamp.
 */
export function sendStampedBehind(ctx: EngineContext, runs: number[]): boolean {
  const { runningRuns, runningOthers } = ctx.world;
  const { last_scheduling_decision: stamps } = ctx.world.dagRuns;
  if (runningOthers.size > 0 || hasOrdinals(ctx)) return false;
  const others = runs.length < runningRuns.count();
  if (others && stamps[runningRuns.last()]! >= ctx.sim.now) return false;
  sortRuns(ctx, runs);
  runningRuns.moveBehind(0, runs);
  return true;
}

/** Ordinals are those of backfills. */
function hasOrdinals(ctx: EngineContext): boolean {
  return ctx.world.backfills.rows > 0;
}

/** Sends the first of the list, up to `last`, behind the others; false when they do not belong. */
export function sendBehind(ctx: EngineContext, last: number): boolean {
  const { runningRuns } = ctx.world;
  const tail = runningRuns.last();
  if (last !== tail && !comesBefore(ctx, tail, runningRuns.first())) return false;
  runningRuns.rotate(0, last);
  return true;
}

/** By run_after and row. Few, and mostly two stretches that are in order: by insertion. */
export function sortRuns(ctx: EngineContext, runs: number[]): void {
  const { run_after } = ctx.world.dagRuns;
  for (let i = 1; i < runs.length; i++) {
    const run = runs[i]!;
    let at = i;
    for (; at > 0; at--) {
      const before = runs[at - 1]!;
      const behind =
        run_after[before] === run_after[run] ? before > run : run_after[before]! > run_after[run]!;
      if (!behind) break;
      runs[at] = before;
    }
    runs[at] = run;
  }
}

function isAlike(ctx: EngineContext, a: number, b: number): boolean {
  const { last_scheduling_decision: stamp } = ctx.world.dagRuns;
  return stamp[a] === stamp[b] && ordinalOf(ctx, a) === ordinalOf(ctx, b);
}

export function comesBefore(ctx: EngineContext, a: number, b: number): boolean {
  const { last_scheduling_decision: stamp, run_after } = ctx.world.dagRuns;
  const ordinal = ordinalOf(ctx, a) - ordinalOf(ctx, b);
  if (ordinal !== 0) return ordinal < 0;
  if (stamp[a] !== stamp[b]) return stamp[a]! < stamp[b]!;
  if (run_after[a] !== run_after[b]) return run_after[a]! < run_after[b]!;
  return a < b;
}

/** Runs outside of backfills come first. */
function ordinalOf(ctx: EngineContext, run: number): number {
  const { backfill, sort_ordinal } = ctx.world.dagRuns;
  return backfill[run] === NONE ? 0 : sort_ordinal[run]!;
}
