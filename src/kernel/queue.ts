/**
 * The event queue: a binary heap over three typed arrays (time, sequence, slot). Equal times come
 * out in the order of their pushes. What an event says lies by slot in one more array, so that the
 * heap moves 20 bytes per level and `pop` allocates nothing.
 *
 * A calendar queue is faster on spread-out times and collapses on equal ones; schedules that are
 * aligned to the minute are exactly that.
 */
import { assert } from '../base/assert.ts';
import type { Hasher } from '../base/hash.ts';
import { resized } from './typedArray.ts';
import type { Saveable } from './saveable.ts';

/** Names one pending event; a whole number below 2^53, fit for an `f64` column. */
export type EventHandle = number & { readonly __eventHandle?: never };

/** A handle that no event ever has. */
export const NO_EVENT: EventHandle = -1;

/** Highest event kind that a model may use. */
export const KIND_MAX = 254;

const CANCELLED = 255;
const SLOTS_MAX = 2 ** 22;
const FIRST_CAPACITY = 64;
/** Cells of one slot in the data array, and what lies in which. */
const CELLS = 5;
const KIND = 0;
const SUBJECT = 1;
const ARG = 2;
const EXTRA = 3;
const CAUSE = 4;
/** In a free slot: the next free one, -1 at the end. */
const NEXT_FREE = SUBJECT;
/** Fewer cancelled entries than this are not worth a clean-up. */
const SWEEP_MIN = 64;

export interface SavedQueue {
  readonly count: number;
  readonly cancelled: number;
  readonly nextSequence: number;
  readonly slotTop: number;
  readonly freeSlot: number;
  readonly time: Float64Array;
  readonly sequence: Float64Array;
  readonly slot: Int32Array;
  readonly data: Int32Array;
  readonly handles: Float64Array;
}

export class EventQueue implements Saveable<SavedQueue> {
  /** The event that `pop` took last. */
  time = 0;
  kind = 0;
  subject = 0;
  arg = 0;
  extra = 0;
  cause = -1;

  private heapTime = new Float64Array(FIRST_CAPACITY);
  private heapSequence = new Float64Array(FIRST_CAPACITY);
  private heapSlot = new Int32Array(FIRST_CAPACITY);
  private count = 0;
  private cancelled = 0;
  private nextSequence = 0;

  private data = new Int32Array(FIRST_CAPACITY * CELLS);
  /** Handle of the event in a slot; rises when the slot is given back, so old handles stay wrong. */
  private handles = numbered(new Float64Array(FIRST_CAPACITY), 0);
  /** Slots below this have been used; free ones among them are chained. */
  private slotTop = 0;
  private freeSlot = -1;

  /** Most entries ever pending together, cancelled ones that were not swept yet included. */
  readonly limit: number;

  constructor(limit = SLOTS_MAX) {
    assert(limit > 0 && limit <= SLOTS_MAX, 'queue limit out of range', { limit, SLOTS_MAX });
    this.limit = limit;
  }

  /** Pending events. */
  get size(): number {
    return this.count - this.cancelled;
  }

  /** Time of the next event, Infinity when there is none. */
  get nextTime(): number {
    return this.count === 0 ? Infinity : this.heapTime[0]!;
  }

  /** Subject of the next event, 0 when there is none. */
  get nextSubject(): number {
    return this.count === 0 ? 0 : this.data[this.heapSlot[0]! * CELLS + SUBJECT]!;
  }

  /**
   * Adds an event; among equal times the order is the order of pushes. NO_EVENT when it does not fit
   * any more.
   */
  push(time: number, kind: number, subject: number, arg = 0, extra = 0, cause = -1): EventHandle {
    if (this.count === this.limit) return NO_EVENT;
    const slot = this.takeSlot();
    const { data } = this;
    const at = slot * CELLS;
    data[at + KIND] = kind;
    data[at + SUBJECT] = subject;
    data[at + ARG] = arg;
    data[at + EXTRA] = extra;
    data[at + CAUSE] = cause;
    this.siftUp(this.count++, time, this.nextSequence++, slot);
    return this.handles[slot]!;
  }

  /** Takes the next event into the public fields. False when nothing is pending. */
  pop(): boolean {
    if (this.count === 0) return false;
    const slot = this.heapSlot[0]!;
    this.time = this.heapTime[0]!;
    const { data } = this;
    const at = slot * CELLS;
    this.kind = data[at + KIND]!;
    this.subject = data[at + SUBJECT]!;
    this.arg = data[at + ARG]!;
    this.extra = data[at + EXTRA]!;
    this.cause = data[at + CAUSE]!;
    this.removeFirst(slot);
    if (this.cancelled > 0) this.dropCancelledFirst();
    return true;
  }

  /** Still to come? False for a handle whose event was popped or cancelled. */
  has(handle: EventHandle): boolean {
    const slot = handle % SLOTS_MAX;
    return slot < this.slotTop && this.handles[slot] === handle && !this.isCancelled(slot);
  }

  /** Removes an event before its time; false when it is no longer pending. */
  cancel(handle: EventHandle): boolean {
    if (!this.has(handle)) return false;
    this.data[(handle % SLOTS_MAX) * CELLS + KIND] = CANCELLED;
    this.cancelled += 1;
    this.dropCancelledFirst();
    if (this.cancelled >= SWEEP_MIN && this.cancelled * 2 > this.count) this.sweep();
    return true;
  }

  save(): SavedQueue {
    const { count, cancelled, nextSequence, slotTop, freeSlot } = this;
    return {
      count,
      cancelled,
      nextSequence,
      slotTop,
      freeSlot,
      time: this.heapTime.slice(0, count),
      sequence: this.heapSequence.slice(0, count),
      slot: this.heapSlot.slice(0, count),
      data: this.data.slice(0, slotTop * CELLS),
      handles: this.handles.slice(0, slotTop),
    };
  }

  load(saved: SavedQueue): void {
    this.reserve(Math.max(saved.count, saved.slotTop));
    this.count = saved.count;
    this.cancelled = saved.cancelled;
    this.nextSequence = saved.nextSequence;
    this.slotTop = saved.slotTop;
    this.freeSlot = saved.freeSlot;
    this.heapTime.set(saved.time);
    this.heapSequence.set(saved.sequence);
    this.heapSlot.set(saved.slot);
    this.data.fill(0).set(saved.data);
    numbered(this.handles, 0).set(saved.handles);
  }

  /** Pending events in their order; neither heap layout nor slot numbers count. */
  hash(hasher: Hasher): void {
    const live = this.livePositions();
    hasher.number(this.nextSequence).word(live.length);
    for (const at of live) {
      hasher.number(this.heapTime[at]!).number(this.heapSequence[at]!);
      const first = this.heapSlot[at]! * CELLS;
      for (let cell = KIND; cell <= CAUSE; cell++) hasher.word(this.data[first + cell]!);
    }
  }

  /** Memory held, in bytes. */
  bytes(): number {
    return this.heapTime.length * (8 + 8 + 4 + 4 * CELLS + 8);
  }

  private livePositions(): number[] {
    const live: number[] = [];
    for (let at = 0; at < this.count; at++) {
      if (!this.isCancelled(this.heapSlot[at]!)) live.push(at);
    }
    const { heapTime, heapSequence } = this;
    return live.sort((a, b) => heapTime[a]! - heapTime[b]! || heapSequence[a]! - heapSequence[b]!);
  }

  private takeSlot(): number {
    const free = this.freeSlot;
    if (free >= 0) {
      this.freeSlot = this.data[free * CELLS + NEXT_FREE]!;
      return free;
    }
    if (this.slotTop === this.heapTime.length) this.reserve(this.slotTop + 1);
    return this.slotTop++;
  }

  private releaseSlot(slot: number): void {
    this.handles[slot]! += SLOTS_MAX;
    this.data[slot * CELLS + NEXT_FREE] = this.freeSlot;
    this.freeSlot = slot;
  }

  private isCancelled(slot: number): boolean {
    return this.data[slot * CELLS + KIND] === CANCELLED;
  }

  private removeFirst(slot: number): void {
    this.releaseSlot(slot);
    const last = --this.count;
    if (last === 0) return;
    this.siftDown(0, this.heapTime[last]!, this.heapSequence[last]!, this.heapSlot[last]!);
  }

  /** Keeps the promise that the first entry is never a cancelled one. */
  private dropCancelledFirst(): void {
    while (this.count > 0 && this.isCancelled(this.heapSlot[0]!)) {
      this.cancelled -= 1;
      this.removeFirst(this.heapSlot[0]!);
    }
  }

  /** Throws all cancelled entries out and builds the heap anew, in linear time. */
  private sweep(): void {
    const { heapTime, heapSequence, heapSlot } = this;
    let kept = 0;
    for (let at = 0; at < this.count; at++) {
      const slot = heapSlot[at]!;
      if (this.isCancelled(slot)) {
        this.releaseSlot(slot);
        continue;
      }
      heapTime[kept] = heapTime[at]!;
      heapSequence[kept] = heapSequence[at]!;
      heapSlot[kept++] = slot;
    }
    this.count = kept;
    this.cancelled = 0;
    for (let at = (kept >> 1) - 1; at >= 0; at--) {
      this.siftDown(at, heapTime[at]!, heapSequence[at]!, heapSlot[at]!);
    }
  }

  /** Puts the newest entry at the open place `at` or above it; it comes after all equal times. */
  private siftUp(at: number, time: number, sequence: number, slot: number): void {
    const { heapTime, heapSequence, heapSlot } = this;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const parentTime = heapTime[parent]!;
      if (parentTime <= time) break;
      heapTime[at] = parentTime;
      heapSequence[at] = heapSequence[parent]!;
      heapSlot[at] = heapSlot[parent]!;
      at = parent;
    }
    heapTime[at] = time;
    heapSequence[at] = sequence;
    heapSlot[at] = slot;
  }

  /** Puts an entry at the open place `at` or below it. */
  private siftDown(at: number, time: number, sequence: number, slot: number): void {
    const { heapTime, heapSequence, heapSlot, count } = this;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= count) break;
      let childTime = heapTime[child]!;
      const right = child + 1;
      if (right < count) {
        const rightTime = heapTime[right]!;
        const rightFirst =
          rightTime < childTime ||
          (rightTime === childTime && heapSequence[right]! < heapSequence[child]!);
        if (rightFirst) {
          child = right;
          childTime = rightTime;
        }
      }
      if (time < childTime || (time === childTime && sequence < heapSequence[child]!)) break;
      heapTime[at] = childTime;
      heapSequence[at] = heapSequence[child]!;
      heapSlot[at] = heapSlot[child]!;
      at = child;
    }
    heapTime[at] = time;
    heapSequence[at] = sequence;
    heapSlot[at] = slot;
  }

  private reserve(needed: number): void {
    const from = this.heapTime.length;
    let capacity = from;
    if (needed <= capacity) return;
    while (capacity < needed) capacity *= 2;
    this.heapTime = resized(this.heapTime, capacity);
    this.heapSequence = resized(this.heapSequence, capacity);
    this.heapSlot = resized(this.heapSlot, capacity);
    this.data = resized(this.data, capacity * CELLS);
    this.handles = numbered(resized(this.handles, capacity), from);
  }
}

/** First handles of unused slots: their own numbers. */
function numbered(handles: Float64Array<ArrayBuffer>, from: number): Float64Array<ArrayBuffer> {
  for (let slot = from; slot < handles.length; slot++) handles[slot] = slot;
  return handles;
}
