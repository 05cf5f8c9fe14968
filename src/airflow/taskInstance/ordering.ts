/**
 * The order of the critical section (semantics 5.4): scheduled task instances by priority_weight
 * descending, logical_date ascending with NULL last, map_index ascending; Airflow orders no
 * further, we add order of creation of the run, then of the row (22.1).
 *
 * Task instances of one run in one pool form a bucket. Inside it the order is known beforehand
 * (plan/slots.ts): the bucket is a set of slots. Mapped ones share a slot; those that wait are
 * kept in order by `world.mappedWaiting`. `world.openBuckets[pool]` has the buckets by their
 * heads, but only those whose run may be asked at all (running, DAG not paused, below
 * max_active_tasks). A run at its limit thus costs nothing, however much it has scheduled.
 */
import { DAG_RUN } from '../../machines/index.ts';
import type { EngineContext } from '../context.ts';
import { NONE, NULL_TIME } from '../rows.ts';

/** Map index and a row number in one exact double; likewise a bucket and a slot. */
const ROW_SPAN = 2 ** 31;
const SLOT_SPAN = 2 ** 22;

/** A task instance became scheduled. */
export function addScheduled(ctx: EngineContext, ti: number): void {
  const { taskInstances: tis, buckets, slotsTaken } = ctx.world;
  const { tasks } = ctx.plan;
  const task = tis.task[ti]!;
  const bucket = bucketOf(ctx, tis.dag_run[ti]!, tasks.pool[task]!);
  const mapped = tis.map_index[ti]! >= 0;
  const slot = mapped ? tasks.mappedSlot[task]! : tasks.slot[task]!;
  slotsTaken.add(bucket, slot);
  if (mapped) addMapped(ctx, ti, bucket, slot);
  const head = buckets.head[bucket]!;
  if (head !== NONE) {
    const before = slot - buckets.head_slot[bucket]!;
    if (before > 0 || (before === 0 && !goesFirst(ctx, ti, head))) return;
  }
  buckets.head[bucket] = ti;
  buckets.head_slot[bucket] = slot;
  refreshBucket(ctx, bucket);
}

/** A task instance leaves the state scheduled. */
export function removeScheduled(ctx: EngineContext, ti: number): void {
  const { taskInstances: tis, buckets, slotsTaken, openBuckets } = ctx.world;
  const { tasks } = ctx.plan;
  const task = tis.task[ti]!;
  const pool = tasks.pool[task]!;
  const bucket = bucketOf(ctx, tis.dag_run[ti]!, pool);
  if (tis.map_index[ti]! >= 0) removeMapped(ctx, ti, bucket, tasks.mappedSlot[task]!);
  else slotsTaken.remove(bucket, tasks.slot[task]!);
  if (buckets.head[bucket] !== ti) return;
  setHead(ctx, bucket, slotsTaken.next(bucket, buckets.head_slot[bucket]!));
  // Whether the run may be asked has not changed.
  if (openBuckets[pool]!.has(bucket)) placeBucket(ctx, bucket, pool);
}

/** The scheduled task instance that follows in the same bucket, -1 at its end. */
export function nextInBucket(ctx: EngineContext, ti: number): number {
  const { taskInstances: tis, slotsTaken } = ctx.world;
  const { tasks } = ctx.plan;
  const task = tis.task[ti]!;
  const bucket = bucketOf(ctx, tis.dag_run[ti]!, tasks.pool[task]!);
  let slot = tasks.slot[task]!;
  if (tis.map_index[ti]! >= 0) {
    slot = tasks.mappedSlot[task]!;
    const next = nextMapped(ctx, ti, bucket, slot);
    if (next !== NONE) return next;
  }
  return rowAt(ctx, bucket, slotsTaken.next(bucket, slot + 1));
}

function setHead(ctx: EngineContext, bucket: number, slot: number): void {
  const { buckets } = ctx.world;
  buckets.head[bucket] = rowAt(ctx, bucket, slot);
  buckets.head_slot[bucket] = slot;
}

/** First task instance of a slot that is taken; -1 for slot -1. */
function rowAt(ctx: EngineContext, bucket: number, slot: number): number {
  if (slot < 0) return NONE;
  const { buckets, dagRuns, runTasks, mappedWaiting, places } = ctx.world;
  const run = buckets.dag_run[bucket]!;
  const position = ctx.plan.dags[dagRuns.dag[run]!]!.slots[slot]!;
  if (position >= 0) return runTasks.ti[dagRuns.first_task[run]! + position]!;
  return places.ti[mappedWaiting.from(slotKey(bucket, slot))]!;
}

function slotKey(bucket: number, slot: number): number {
  return bucket * SLOT_SPAN + slot;
}

function addMapped(ctx: EngineContext, ti: number, bucket: number, slot: number): void {
  const { taskInstances: tis, places, mappedWaiting } = ctx.world;
  const place = places.addRow();
  places.ti[place] = ti;
  mappedWaiting.add(place, slotKey(bucket, slot), tis.map_index[ti]!, ti);
  tis.due[ti] = place;
}

/** The slot stays taken while another mapped task instance waits in it. */
function removeMapped(ctx: EngineContext, ti: number, bucket: number, slot: number): void {
  const { taskInstances: tis, places, mappedWaiting, slotsTaken } = ctx.world;
  const place = tis.due[ti]!;
  mappedWaiting.remove(place);
  places.freeRow(place);
  tis.due[ti] = NULL_TIME;
  const rest = mappedWaiting.from(slotKey(bucket, slot));
  if (rest === NONE || mappedWaiting.key1(rest) !== slotKey(bucket, slot)) {
    slotsTaken.remove(bucket, slot);
  }
}

function nextMapped(ctx: EngineContext, ti: number, bucket: number, slot: number): number {
  const { taskInstances: tis, places, mappedWaiting } = ctx.world;
  const next = mappedWaiting.after(tis.due[ti]!);
  if (next === NONE || mappedWaiting.key1(next) !== slotKey(bucket, slot)) return NONE;
  return places.ti[next]!;
}

/** Whether scheduled task instances of the run are asked at all. */
export function isRunOpen(ctx: EngineContext, run: number): boolean {
  const { dagRuns, dags } = ctx.world;
  const dag = dagRuns.dag[run]!;
  if (dagRuns.state[run] !== DAG_RUN.running || dags.is_paused[dag] === 1) return false;
  return activeOf(ctx, run) < ctx.plan.dags[dag]!.maxActiveTasks;
}

/** What max_active_tasks is compared with: 3.x counts the run, 2.x the DAG. */
export function activeOf(ctx: EngineContext, run: number): number {
  const { dagRuns, dags } = ctx.world;
  if (ctx.profile.maxActiveTasksPerRun) return dagRuns.active[run]!;
  return dags.active[dagRuns.dag[run]!]!;
}

/** The run may have opened or closed. */
export function refreshRun(ctx: EngineContext, run: number): void {
  const { dagRuns, buckets } = ctx.world;
  let bucket = dagRuns.first_bucket[run]!;
  for (; bucket !== NONE; bucket = buckets.next[bucket]!) refreshBucket(ctx, bucket);
}

/** All running runs of a DAG may have opened or closed. */
export function refreshDag(ctx: EngineContext, dag: number): void {
  const { runningOf } = ctx.world;
  for (let run = runningOf.first(dag); run !== NONE; run = runningOf.after(run)) {
    refreshRun(ctx, run);
  }
}

/** Does `a` come before `b`? Both are scheduled. */
export function goesFirst(ctx: EngineContext, a: number, b: number): boolean {
  const { taskInstances: tis, dagRuns } = ctx.world;
  const weight = tis.priority_weight[b]! - tis.priority_weight[a]!;
  if (weight !== 0) return weight < 0;
  const runA = tis.dag_run[a]!;
  const runB = tis.dag_run[b]!;
  const dateA = dagRuns.logical_date[runA]!;
  const dateB = dagRuns.logical_date[runB]!;
  if (dateA !== dateB) return dateA < dateB;
  const index = tis.map_index[a]! - tis.map_index[b]!;
  if (index !== 0) return index < 0;
  return runA !== runB ? runA < runB : a < b;
}

function refreshBucket(ctx: EngineContext, bucket: number): void {
  const { buckets, openBuckets } = ctx.world;
  const pool = buckets.pool[bucket]!;
  if (isRunOpen(ctx, buckets.dag_run[bucket]!)) placeBucket(ctx, bucket, pool);
  else openBuckets[pool]!.remove(bucket);
}

/** The place of a bucket that may be asked, by its head; an empty one has none. */
function placeBucket(ctx: EngineContext, bucket: number, pool: number): void {
  const { buckets, dagRuns, openBuckets, taskInstances: tis } = ctx.world;
  const head = buckets.head[bucket]!;
  if (head === NONE) {
    openBuckets[pool]!.remove(bucket);
    return;
  }
  const run = buckets.dag_run[bucket]!;
  const key = (tis.map_index[head]! + 1) * ROW_SPAN + run;
  openBuckets[pool]!.put(bucket, -tis.priority_weight[head]!, dagRuns.logical_date[run]!, key);
}

function bucketOf(ctx: EngineContext, run: number, pool: number): number {
  const { dagRuns, buckets } = ctx.world;
  let bucket = dagRuns.first_bucket[run]!;
  for (; bucket !== NONE; bucket = buckets.next[bucket]!) {
    if (buckets.pool[bucket] === pool) return bucket;
  }
  return newBucket(ctx, run, pool);
}

function newBucket(ctx: EngineContext, run: number, pool: number): number {
  const { dagRuns, buckets, slotsTaken } = ctx.world;
  const bucket = buckets.addRow();
  // Both count up together: a bucket's set has its number.
  slotsTaken.addSet(ctx.plan.dags[dagRuns.dag[run]!]!.slots.length);
  buckets.dag_run[bucket] = run;
  buckets.pool[bucket] = pool;
  buckets.next[bucket] = dagRuns.first_bucket[run]!;
  dagRuns.first_bucket[run] = bucket;
  return bucket;
}
