/**
 * Walks scheduled task instances over all pools and runs in the order of the critical section,
 * without looking at more of them than are asked for: a merge of the open buckets, each of which
 * is in order by itself. A bucket comes into play only when those above it in its pool's heap are.
 */
import type { EngineContext } from '../context.ts';
import { goesFirst, nextInBucket } from '../taskInstance/ordering.ts';

/** Heap of the next task instance of each bucket in play. */
let heap = new Int32Array(64);
/**
 * Beside it: where the bucket stands in its pool's heap, as long as the entry is the bucket's
 * head, because the buckets below that place come into play after it; else -1.
 */
let places = new Float64Array(64);
let size = 0;

/** A pool and a place of its heap in one number. */
const PLACE_SPAN = 2 ** 31;

/** Pools that are left out. */
export interface ClosedPools {
  hasPool(pool: number): boolean;
}

/** Begins a walk over all pools but the closed ones. */
export function beginRows(ctx: EngineContext, closed?: ClosedPools): void {
  const pools = ctx.world.openBuckets.length;
  size = 0;
  for (let pool = 0; pool < pools; pool++) {
    if (closed === undefined || !closed.hasPool(pool)) playBucket(ctx, pool, 0);
  }
}

/** The next task instance in order, -1 when there is none. */
export function nextRow(ctx: EngineContext): number {
  if (size === 0) return -1;
  const ti = heap[0]!;
  const from = places[0]!;
  const next = nextInBucket(ctx, ti);
  if (next >= 0) siftDown(ctx, next, -1);
  else if (--size > 0) siftDown(ctx, heap[size]!, places[size]!);
  if (from >= 0) {
    const pool = Math.floor(from / PLACE_SPAN);
    const place = from - pool * PLACE_SPAN;
    playBucket(ctx, pool, 2 * place + 1);
    playBucket(ctx, pool, 2 * place + 2);
  }
  return ti;
}

/** Takes the bucket at a place of its pool's heap into play, if there is one. */
function playBucket(ctx: EngineContext, pool: number, place: number): void {
  const open = ctx.world.openBuckets[pool]!;
  if (place >= open.size) return;
  if (size === heap.length) grow();
  siftUp(ctx, ctx.world.buckets.head[open.at(place)]!, pool * PLACE_SPAN + place);
}

function grow(): void {
  const [rows, beside] = [heap, places];
  heap = new Int32Array(rows.length * 2);
  places = new Float64Array(rows.length * 2);
  heap.set(rows);
  places.set(beside);
}

/** Adds an entry. */
function siftUp(ctx: EngineContext, ti: number, place: number): void {
  let at = size++;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    if (!goesFirst(ctx, ti, heap[parent]!)) break;
    heap[at] = heap[parent]!;
    places[at] = places[parent]!;
    at = parent;
  }
  heap[at] = ti;
  places[at] = place;
}

/** Puts an entry in place of the first. */
function siftDown(ctx: EngineContext, ti: number, place: number): void {
  let at = 0;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= size) break;
    if (child + 1 < size && goesFirst(ctx, heap[child + 1]!, heap[child]!)) child += 1;
    if (goesFirst(ctx, ti, heap[child]!)) break;
    heap[at] = heap[child]!;
    places[at] = places[child]!;
    at = child;
  }
  heap[at] = ti;
  places[at] = place;
}
