/**
 * Walks scheduled task instances over all pools and runs in the order of the critical section,
 * without looking at more of them than are asked for: a merge of the open buckets, each of which
 * is in order by itself. A bucket comes into play only when its head could be the next.
 */
import type { EngineContext } from '../context.ts';
import { goesFirst, nextInBucket } from '../taskInstance/ordering.ts';

/** Heap of the next task instance of each bucket in play. */
const heap: number[] = [];
/** How much of it is in use: setting the length of an array again and again is slow. */
let size = 0;
/** Next bucket of each pool that is not in play yet, -1 at the end. */
let frontier = new Int32Array(0);
let pools = 0;

/** Begins a walk over the pools that `isOpen` lets through. */
export function beginRows(ctx: EngineContext, isOpen: (pool: number) => boolean): void {
  const { openBuckets } = ctx.world;
  size = 0;
  pools = openBuckets.length;
  if (frontier.length < pools) frontier = new Int32Array(pools);
  for (let pool = 0; pool < pools; pool++) {
    frontier[pool] = isOpen(pool) ? openBuckets[pool]!.first() : -1;
  }
}

/** The next task instance in order, -1 when there is none. */
export function nextRow(ctx: EngineContext): number {
  advanceFrontier(ctx);
  if (size === 0) return -1;
  const ti = heap[0]!;
  const next = nextInBucket(ctx, ti);
  heap[0] = next >= 0 ? next : heap[--size]!;
  siftDown(ctx);
  return ti;
}

/** Takes buckets into play as long as their head comes before all that are. */
function advanceFrontier(ctx: EngineContext): void {
  const { buckets, openBuckets } = ctx.world;
  for (let pool = 0; pool < pools; pool++) {
    for (let bucket = frontier[pool]!; bucket >= 0; bucket = frontier[pool]!) {
      const head = buckets.head[bucket]!;
      if (size > 0 && goesFirst(ctx, heap[0]!, head)) break;
      frontier[pool] = openBuckets[pool]!.after(bucket);
      heap[size++] = head;
      siftUp(ctx);
    }
  }
}

function siftUp(ctx: EngineContext): void {
  let at = size - 1;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    if (!goesFirst(ctx, heap[at]!, heap[parent]!)) return;
    swap(at, parent);
    at = parent;
  }
}

function siftDown(ctx: EngineContext): void {
  let at = 0;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= size) return;
    const right = child + 1;
    if (right < size && goesFirst(ctx, heap[right]!, heap[child]!)) child = right;
    if (goesFirst(ctx, heap[at]!, heap[child]!)) return;
    swap(at, child);
    at = child;
  }
}

function swap(a: number, b: number): void {
  const held = heap[a]!;
  heap[a] = heap[b]!;
  heap[b] = held;
}
