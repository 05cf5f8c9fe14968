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
import { dagOfRun, storedDag } from '../world/versions.ts';

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
  if (head !== NONE && (slot > head || (slot === head && !mapped))) return;
  buckets.head[bucket] = slot;
  refreshBucket(ctx, bucket);
}

/** A task instance leaves the state scheduled. */
export function removeScheduled(ctx: EngineContext, ti: number): void {
  const { taskInstances: tis, buckets, slotsTaken, openBuckets } = ctx.world;
  const { tasks } = ctx.plan;
  const task = tis.task[ti]!;
  const pool = tasks.pool[task]!;
  const bucket = bucketOf(ctx, tis.dag_run[ti]!, pool);
  const mapped = tis.map_index[ti]! >= 0;
  const slot = mapped ? tasks.mappedSlot[task]! : tasks.slot[task]!;
  if (mapped) removeMapped(ctx, ti, bucket, slot);
  else slotsTaken.remove(bucket, slot);
  if (slot !== buckets.head[bucket]) return;
  buckets.head[bucket] = slotsTaken.next(bucket, slot);
  // Whether the run may be asked has not changed.
  if (openBuckets[pool]!.has(bucket)) placeBucket(ctx, bucket, pool);
}

/**
 * First of the mapped task instances that wait in a slot, as a row of `world.places`; -1 when the
 * slot is not shared.
 */
export function firstPlace(ctx: EngineContext, bucket: number, slot: number): number {
  const { buckets, mappedWaiting } = ctx.world;
  if (dagOfRun(ctx, buckets.dag_run[bucket]!).slots[slot]! >= 0) return NONE;
  return mappedWaiting.from(slotKey(bucket, slot));
}

/** The mapped task instance after that at a place in the same slot, as a place; -1 at its end. */
export function nextPlace(ctx: EngineContext, place: number): number {
  const { mappedWaiting } = ctx.world;
  const next = mappedWaiting.after(place);
  return next >= 0 && mappedWaiting.key1(next) === mappedWaiting.key1(place) ? next : NONE;
}

/** The task instance that waits in a slot, at a place of it where it is shared. */
export function rowAt(ctx: EngineContext, bucket: number, slot: number, place: number): number {
  const { buckets, dagRuns, runTasks, places } = ctx.world;
  if (place !== NONE) return places.ti[place]!;
  const run = buckets.dag_run[bucket]!;
  const position = dagOfRun(ctx, run).slots[slot]!;
  return runTasks.ti[dagRuns.first_task[run]! + position]!;
}

/** What the order compares: first the weight (negative: the largest comes first), ... */
export function weightKey(ctx: EngineContext, bucket: number, slot: number): number {
  return -dagOfRun(ctx, ctx.world.buckets.dag_run[bucket]!).slotWeights[slot]!;
}

/** ... then the logical date, then this: map index and run in one number. */
export function indexKey(ctx: EngineContext, bucket: number, place: number): number {
  const { buckets, mappedWaiting } = ctx.world;
  const index = place === NONE ? NONE : mappedWaiting.key2(place);
  return (index + 1) * ROW_SPAN + buckets.dag_run[bucket]!;
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

/** Whether scheduled task instances of the run are asked at all; 2.x asks those of full DAGs too. */
export function isRunOpen(ctx: EngineContext, run: number): boolean {
  const { dagRuns, dags } = ctx.world;
  const dag = dagRuns.dag[run]!;
  if (dagRuns.state[run] !== DAG_RUN.running || dags.is_paused[dag] === 1) return false;
  if (!ctx.profile.queryLeavesOutFullRuns) return true;
  return dagRuns.active[run]! < storedDag(ctx, dag).maxActiveTasks;
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

function refreshBucket(ctx: EngineContext, bucket: number): void {
  const { buckets, openBuckets } = ctx.world;
  const pool = buckets.pool[bucket]!;
  if (isRunOpen(ctx, buckets.dag_run[bucket]!)) placeBucket(ctx, bucket, pool);
  else openBuckets[pool]!.remove(bucket);
}

/** The place of a bucket that may be asked, by its head; an empty one has none. */
function placeBucket(ctx: EngineContext, bucket: number, pool: number): void {
  const { buckets, openBuckets } = ctx.world;
  const head = buckets.head[bucket]!;
  if (head === NONE) {
    openBuckets[pool]!.remove(bucket);
    return;
  }
  const open = openBuckets[pool]!;
  const { keys } = open;
  keys.key1[bucket] = weightKey(ctx, bucket, head);
  keys.key3[bucket] = indexKey(ctx, bucket, firstPlace(ctx, bucket, head));
  open.put(bucket);
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
  const { dagRuns, buckets, slotsTaken, openBuckets } = ctx.world;
  const bucket = buckets.addRow();
  // Both count up together: a bucket's set has its number.
  slotsTaken.addSet(dagOfRun(ctx, run).slots.length);
  const open = openBuckets[pool]!;
  open.reserve(bucket);
  open.keys.key2[bucket] = dagRuns.logical_date[run]!;
  buckets.dag_run[bucket] = run;
  buckets.pool[bucket] = pool;
  buckets.next[bucket] = dagRuns.first_bucket[run]!;
  dagRuns.first_bucket[run] = bucket;
  return bucket;
}
