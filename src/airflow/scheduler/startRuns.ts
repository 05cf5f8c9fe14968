/** Queued runs -> running (semantics 2.2, 5.1 A3). */
import { DAG_RUN_EVENT } from '../../machines/index.ts';
import type { EngineContext } from '../context.ts';
import { changeRun } from '../dagRun/changeRun.ts';
import { broken } from '../invariants.ts';
import { NONE } from '../rows.ts';
import { storedDag } from '../world/versions.ts';

const candidates: number[] = [];

/** Starts what the limits allow; returns how many. */
export function startQueuedRuns(ctx: EngineContext): number {
  const { startableDags } = ctx.world;
  if (startableDags.size === 0) return 0;
  candidates.length = 0;
  for (let dag = startableDags.next(0); dag >= 0; dag = startableDags.next(dag + 1)) {
    collect(ctx, dag);
  }
  candidates.sort((a, b) => order(ctx, a, b));
  const most = Math.min(candidates.length, ctx.options.maxDagrunsPerLoopToSchedule);
  let started = 0;
  for (let i = 0; i < most; i++) {
    const run = candidates[i]!;
    if (runningOf(ctx, run) >= limitOf(ctx, run)) continue;
    ctx.world.dagRuns.start_date[run] = ctx.sim.now;
    changeRun(ctx, run, DAG_RUN_EVENT.start);
    if (runningOf(ctx, run) > limitOf(ctx, run)) broken(ctx, 'I10', 'max_active_runs', run);
    started += 1;
  }
  return started;
}

/** Queued runs of a DAG that the query finds: due, and below the limit when it is asked. */
function collect(ctx: EngineContext, dag: number): void {
  const { queuedRuns, dagRuns, backfills } = ctx.world;
  for (let run = queuedRuns.first(dag); run !== NONE; run = queuedRuns.after(run)) {
    if (!isDue(ctx, run) || runningOf(ctx, run) >= limitOf(ctx, run)) continue;
    const backfill = dagRuns.backfill[run]!;
    if (backfill !== NONE && backfills.is_paused[backfill] === 1) continue;
    candidates.push(run);
  }
}

function isDue(ctx: EngineContext, run: number): boolean {
  const { dagRuns } = ctx.world;
  if (ctx.profile.hasRunAfter) return dagRuns.run_after[run]! <= ctx.sim.now;
  return ctx.options.allowTriggerInFuture || dagRuns.logical_date[run]! <= ctx.sim.now;
}

function runningOf(ctx: EngineContext, run: number): number {
  const { dagRuns, dags, backfills } = ctx.world;
  const backfill = dagRuns.backfill[run]!;
  if (backfill !== NONE) return backfills.running_runs[backfill]!;
  return dags.running_regular[dagRuns.dag[run]!]!;
}

function limitOf(ctx: EngineContext, run: number): number {
  const { dagRuns, backfills } = ctx.world;
  const backfill = dagRuns.backfill[run]!;
  if (backfill !== NONE) return backfills.max_active_runs[backfill]!;
  return storedDag(ctx, dagRuns.dag[run]!).maxActiveRuns;
}

/** Backfill ordinal, last decision, running runs (NULL, that is none, first), run_after, row. */
function order(ctx: EngineContext, a: number, b: number): number {
  const { dagRuns } = ctx.world;
  const date = ctx.profile.hasRunAfter ? dagRuns.run_after : dagRuns.logical_date;
  const ordinal = dagRuns.sort_ordinal[a]! - dagRuns.sort_ordinal[b]!;
  if (ordinal !== 0) return ordinal;
  const decided = compare(
    dagRuns.last_scheduling_decision[a]!,
    dagRuns.last_scheduling_decision[b]!,
  );
  if (decided !== 0) return decided;
  if (ctx.profile.hasRunAfter) {
    const running = runningOf(ctx, a) - runningOf(ctx, b);
    if (running !== 0) return running;
  }
  return compare(date[a]!, date[b]!) || a - b;
}

function compare(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
