/**
 * Walks scheduled task instances over all pools and runs in the order of the critical section,
 * without looking at more of them than are asked for: a merge of the open buckets, each of which
 * is in order by itself. A bucket comes into play only when those above it in its pool's heap are.
 *
 * Only what is taken from the walk is looked up as a row; the order is compared by keys of slots.
 */
import type { EngineContext } from '../context.ts';
import { firstPlace, indexKey, nextPlace, rowAt, weightKey } from '../taskInstance/ordering.ts';

/** Buckets in play, each with the slot (and place in it) that comes next. */
let bucketOf = new Int32Array(64);
let slotOf = new Int32Array(64);
let placeOf = new Int32Array(64);
/** Its keys in the order of the critical section. */
let weights = new Float64Array(64);
let dates = new Float64Array(64);
let indexes = new Float64Array(64);
/**
 * Pool and place in that pool's heap, as long as the entry is the bucket's head, because the
 * buckets below that place come into play after it; else -1.
 */
let heads = new Float64Array(64);
let entries = 0;
/** Heap of the entries. */
let heap = new Int32Array(64);
let size = 0;

/** A pool and a place of its heap in one number. */
const HEAD_SPAN = 2 ** 31;

/** Pools and DAGs that are left out. */
export interface LeftOut {
  hasPool(pool: number): boolean;
  hasDag(dag: number): boolean;
}
let closed: LeftOut | undefined;

/** Begins a walk over all rows but those of closed pools and DAGs. */
export function beginRows(ctx: EngineContext, leftOut?: LeftOut): void {
  const pools = ctx.world.openBuckets.length;
  size = 0;
  entries = 0;
  closed = leftOut;
  for (let pool = 0; pool < pools; pool++) {
    if (closed === undefined || !closed.hasPool(pool)) playBucket(ctx, pool, 0);
  }
}

/** The next task instance in order, -1 when there is none. */
export function nextRow(ctx: EngineContext): number {
  if (size === 0) return -1;
  const entry = heap[0]!;
  const ti = rowAt(ctx, bucketOf[entry]!, slotOf[entry]!, placeOf[entry]!);
  const head = heads[entry]!;
  if (advance(ctx, entry)) siftDown(ctx, entry);
  else if (--size > 0) siftDown(ctx, heap[size]!);
  if (head >= 0) {
    const pool = Math.floor(head / HEAD_SPAN);
    const at = head - pool * HEAD_SPAN;
    playBucket(ctx, pool, 2 * at + 1);
    playBucket(ctx, pool, 2 * at + 2);
  }
  return ti;
}

/** To what follows in the bucket; false at its end. */
function advance(ctx: EngineContext, entry: number): boolean {
  const bucket = bucketOf[entry]!;
  let place = placeOf[entry]!;
  if (place >= 0) place = nextPlace(ctx, place);
  if (place < 0) {
    const slot = ctx.world.slotsTaken.next(bucket, slotOf[entry]! + 1);
    if (slot < 0) return false;
    slotOf[entry] = slot;
    place = firstPlace(ctx, bucket, slot);
    weights[entry] = weightKey(ctx, bucket, slot);
  }
  placeOf[entry] = place;
  indexes[entry] = indexKey(ctx, bucket, place);
  heads[entry] = -1;
  return true;
}

/** Takes the bucket at a place of its pool's heap into play, if there is one. */
function playBucket(ctx: EngineContext, pool: number, at: number): void {
  const { openBuckets, buckets, dagRuns } = ctx.world;
  const open = openBuckets[pool]!;
  if (at >= open.size) return;
  const bucket = open.at(at);
  if (closed?.hasDag(dagRuns.dag[buckets.dag_run[bucket]!]!) === true) {
    playBucket(ctx, pool, 2 * at + 1);
    playBucket(ctx, pool, 2 * at + 2);
    return;
  }
  if (entries === heap.length) grow();
  const entry = entries++;
  const slot = buckets.head[bucket]!;
  const place = firstPlace(ctx, bucket, slot);
  bucketOf[entry] = bucket;
  slotOf[entry] = slot;
  placeOf[entry] = place;
  weights[entry] = weightKey(ctx, bucket, slot);
  dates[entry] = dagRuns.logical_date[buckets.dag_run[bucket]!]!;
  indexes[entry] = indexKey(ctx, bucket, place);
  heads[entry] = pool * HEAD_SPAN + at;
  siftUp(ctx, entry);
}

function grow(): void {
  const ints = (old: Int32Array): Int32Array<ArrayBuffer> => {
    const larger = new Int32Array(old.length * 2);
    larger.set(old);
    return larger;
  };
  const doubles = (old: Float64Array): Float64Array<ArrayBuffer> => {
    const larger = new Float64Array(old.length * 2);
    larger.set(old);
    return larger;
  };
  [bucketOf, slotOf, placeOf, heap] = [ints(bucketOf), ints(slotOf), ints(placeOf), ints(heap)];
  [weights, dates] = [doubles(weights), doubles(dates)];
  [indexes, heads] = [doubles(indexes), doubles(heads)];
}

function siftUp(ctx: EngineContext, entry: number): void {
  let at = size++;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    if (!goesFirst(ctx, entry, heap[parent]!)) break;
    heap[at] = heap[parent]!;
    at = parent;
  }
  heap[at] = entry;
}

/** Puts an entry in place of the first. */
function siftDown(ctx: EngineContext, entry: number): void {
  let at = 0;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= size) break;
    if (child + 1 < size && goesFirst(ctx, heap[child + 1]!, heap[child]!)) child += 1;
    if (goesFirst(ctx, entry, heap[child]!)) break;
    heap[at] = heap[child]!;
    at = child;
  }
  heap[at] = entry;
}

function goesFirst(ctx: EngineContext, a: number, b: number): boolean {
  if (weights[a] !== weights[b]) return weights[a]! < weights[b]!;
  if (dates[a] !== dates[b]) return dates[a]! < dates[b]!;
  if (indexes[a] !== indexes[b]) return indexes[a]! < indexes[b]!;
  // One run, two pools: by row.
  const rowA = rowAt(ctx, bucketOf[a]!, slotOf[a]!, placeOf[a]!);
  return rowA < rowAt(ctx, bucketOf[b]!, slotOf[b]!, placeOf[b]!);
}
