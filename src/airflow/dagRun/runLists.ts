/**
 * In which lists a run is, by its state, its DAG's pause and limits:
 *
 *     queued    world.queuedRuns[dag]; the DAG is in startableDags while it has room
 *     running   world.runningOf[dag], and, unless the DAG is paused, the runs to examine
 *               (runningOrder.ts)
 */
import { DAG_RUN } from '../../machines/index.ts';
import type { EngineContext } from '../context.ts';
import { isLive } from '../live.ts';
import { NONE } from '../rows.ts';
import { refreshDue } from '../scheduler/runLimits.ts';
import { refreshDag } from '../taskInstance/ordering.ts';
import { listRunning, unlistRunning } from './runningOrder.ts';
import { storedDag } from '../world/versions.ts';

/** Takes the run out of the lists of its present state. */
export function dropRun(ctx: EngineContext, run: number): void {
  const { dagRuns, queuedRuns, runningOf, pausedTouched } = ctx.world;
  if (dagRuns.state[run] === DAG_RUN.queued) queuedRuns.remove(run);
  if (dagRuns.state[run] !== DAG_RUN.running) return;
  runningOf.remove(run);
  unlistRunning(ctx, run);
  ctx.world.counters.runningList += 1;
  pausedTouched.remove(run);
}

/** Puts the run into the lists of its present state. */
export function listRun(ctx: EngineContext, run: number): void {
  const { dagRuns, queuedRuns, runningOf } = ctx.world;
  const dag = dagRuns.dag[run]!;
  if (dagRuns.state[run] === DAG_RUN.queued) queuedRuns.append(dag, run);
  if (dagRuns.state[run] === DAG_RUN.running) {
    runningOf.append(dag, run);
    ctx.world.counters.runningList += 1;
    if (isLive(ctx, dag)) listRunning(ctx, run);
  }
  refreshStartable(ctx, dag);
}

export function countRun(ctx: EngineContext, run: number, state: number, by: number): void {
  const { dagRuns, dags, backfills } = ctx.world;
  const dag = dagRuns.dag[run]!;
  const backfill = dagRuns.backfill[run]!;
  if (state === DAG_RUN.queued) {
    dags.queued_runs[dag]! += by;
    if (backfill === NONE) dags.queued_regular[dag]! += by;
    else backfills.queued_runs[backfill]! += by;
  } else if (state === DAG_RUN.running) {
    dags.running_runs[dag]! += by;
    if (backfill === NONE) dags.running_regular[dag]! += by;
    else backfills.running_runs[backfill]! += by;
  }
}

/** A DAG is startable while it has queued runs, is not paused, and some limit has room. */
export function refreshStartable(ctx: EngineContext, dag: number): void {
  const { queuedRuns, startableDags } = ctx.world;
  const asked = queuedRuns.count(dag) > 0 && isLive(ctx, dag);
  if (asked && hasRoom(ctx, dag)) startableDags.add(dag);
  else startableDags.remove(dag);
}

function hasRoom(ctx: EngineContext, dag: number): boolean {
  const { dags, backfills } = ctx.world;
  if (dags.running_regular[dag]! < storedDag(ctx, dag).maxActiveRuns) return true;
  // Runs of a backfill have a limit of their own; it is asked run by run.
  return backfills.rows > 0;
}

/** Pause and unpause: runs of a paused DAG are not examined, its tasks not queued. */
export function setPaused(ctx: EngineContext, dag: number, paused: boolean): void {
  ctx.world.dags.is_paused[dag] = paused ? 1 : 0;
  relist(ctx, dag);
}

/** Stale: the scheduler does not look at its runs; what is scheduled already goes on. */
export function setStale(ctx: EngineContext, dag: number, stale: boolean): void {
  ctx.world.dags.is_stale[dag] = stale ? 1 : 0;
  relist(ctx, dag);
}

/** Whatever its lists ask of the DAG may have changed: pause, staleness, limits. */
export function relist(ctx: EngineContext, dag: number): void {
  const { runningOf } = ctx.world;
  const live = isLive(ctx, dag);
  ctx.world.counters.runningList += 1;
  for (let run = runningOf.first(dag); run !== NONE; run = runningOf.after(run)) {
    if (live) listRunning(ctx, run);
    else unlistRunning(ctx, run);
  }
  refreshStartable(ctx, dag);
  refreshDue(ctx, dag);
  refreshDag(ctx, dag);
}
