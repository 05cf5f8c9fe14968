/** scheduled -> queued, and the hand-over to the executor (semantics 5.4, 6.1.2). */
import { DAG_RUN, TI_EVENT } from '../../machines/index.ts';
import { newGate, reasonNumber, type Gate } from '../dependencies/gate.ts';
import type { EngineContext } from '../context.ts';
import { holdLimits } from '../invariants.ts';
import * as limits from '../limits.ts';
import { CORE_RECORD } from '../records.ts';
import { changeTi } from '../taskInstance/change.ts';
import { queueStraight } from '../taskInstance/straight.ts';
import { beginRows, nextRow } from './rowMerge.ts';
import { newStarved, type Starved } from './starved.ts';

const gate = newGate();
/** Rows of the present query, and those that were taken. Arrays keep their room for the next time. */
const rows: number[] = [];
let rowCount = 0;
const taken: number[] = [];
let takenCount = 0;

/** Queues and hands over what the limits allow; returns how many. */
export function criticalSection(ctx: EngineContext): number {
  if (!hasOpenBucket(ctx) || ctx.executor.slotsAvailable() <= 0) return 0;
  const batch = limits.batchSize(ctx);
  if (batch === 0) return 0;
  choose(ctx, batch, note);
  for (let i = 0; i < takenCount; i++) {
    ctx.world.taskInstances.held_by[taken[i]!] = 0;
    queueStraight(ctx, taken[i]!);
    holdLimits(ctx, taken[i]!);
  }
  for (let i = 0; i < takenCount; i++) handOver(ctx, taken[i]!);
  return takenCount;
}

/**
 * What a critical section would do now with a task instance that is scheduled: take it, hold it (by
 * what `why` says then, those before it counted), or not even read it. Changes nothing.
 */
export function forecast(ctx: EngineContext, ti: number, why: Gate): 'taken' | 'held' | 'unread' {
  let held = false;
  takenCount = 0;
  const batch = limits.batchSize(ctx);
  if (batch > 0 && ctx.executor.slotsAvailable() > 0) {
    choose(ctx, batch, (_, row) => {
      if (row !== ti) return;
      held = true;
      Object.assign(why, gate);
    });
  }
  if (taken.slice(0, takenCount).includes(ti)) return 'taken';
  return held ? 'held' : 'unread';
}

/** Something is scheduled in a run that may be asked. */
function hasOpenBucket(ctx: EngineContext): boolean {
  const { openBuckets } = ctx.world;
  for (let pool = 0; pool < openBuckets.length; pool++) {
    if (openBuckets[pool]!.size > 0) return true;
  }
  return false;
}

/** Queries until something was taken, or nothing new was left out of the next query. */
function choose(ctx: EngineContext, batch: number, refused: typeof note): void {
  takenCount = 0;
  const starved = newStarved(ctx);
  for (;;) {
    const before = starved.count;
    query(ctx, batch, starved);
    for (let i = 0; i < rowCount; i++) {
      const ti = rows[i]!;
      if (limits.passesPlainly(ctx, ti, starved) || grants(ctx, ti, starved)) take(ti, starved);
      else refused(ctx, ti);
    }
    if (takenCount > 0 || rowCount < batch || starved.count === before) return;
  }
}

/** The first rows in order; of a run at most max_active_tasks of them (3.x). */
function query(ctx: EngineContext, batch: number, starved: Starved): void {
  rowCount = 0;
  starved.beginQuery(batch);
  beginRows(ctx, starved);
  while (rowCount < batch) {
    const ti = nextRow(ctx);
    if (ti < 0) return;
    if (!starved.hasTi(ti) && starved.inWindow(ti)) rows[rowCount++] = ti;
  }
}

/**
 * All limits in Airflow's order; the first that holds says what is left out from now on. Airflow also
 * asks the executor of the task instance for a free slot. That cannot fail: each executor has
 * core.parallelism slots, and a batch is at most what is left of these over all of them.
 */
function grants(ctx: EngineContext, ti: number, starved: Starved): boolean {
  const used = starved.usedBy(ti);
  if (!limits.checkPoolExists(ctx, ti, gate)) return starved.addPool(ti);
  if (!limits.checkPoolOpen(ctx, ti, used.pool, gate)) return starved.addPool(ti);
  if (!limits.checkPoolLargeEnough(ctx, ti, gate)) return starved.addTask(ti);
  if (!limits.checkPoolRoom(ctx, ti, used.pool, gate)) return starved.addTask(ti);
  if (!limits.checkActiveTasks(ctx, ti, used.active, gate)) return starved.addDag(ti);
  if (!limits.checkTaskPerDag(ctx, ti, used.task, gate)) return starved.addTask(ti);
  if (!limits.checkTaskPerRun(ctx, ti, used.runTask, gate)) return starved.addRunTask(ti);
  return true;
}

function take(ti: number, starved: Starved): void {
  taken[takenCount++] = ti;
  starved.use(ti);
}

function note(ctx: EngineContext, ti: number): void {
  const { held_by } = ctx.world.taskInstances;
  const reason = reasonNumber((gate satisfies Gate).code);
  if (held_by[ti] === reason) return;
  held_by[ti] = reason;
  ctx.sim.record(ti, CORE_RECORD.held, reason);
}

/** A task instance whose run has ended meanwhile goes back to none (T7). */
function handOver(ctx: EngineContext, ti: number): void {
  const { taskInstances: tis, dagRuns } = ctx.world;
  const state = dagRuns.state[tis.dag_run[ti]!]!;
  if (state === DAG_RUN.success || state === DAG_RUN.failed) {
    changeTi(ctx, ti, TI_EVENT.dagrun_finished);
    return;
  }
  if (ctx.observers.length > 0) tellQueued(ctx, ti);
  ctx.executor.queueWorkload(ti, tis.try_number[ti]!, tis.priority_weight[ti]!);
}

function tellQueued(ctx: EngineContext, ti: number): void {
  for (const observer of ctx.observers) observer.queued?.(ti);
}
