/**
 * The event queue: a binary heap over two typed arrays (time, slot). Equal times come out in the
 * order of their pushes. What an event says lies by slot in further arrays, so that the heap moves
 * 12 bytes per level and neither `push` nor `pop` allocates anything.
 *
 * An event is most often followed by one that its handler pushes. So `pop` leaves a hole at the
 * top, and the next `push` falls down from there: one walk through the heap instead of two.
 *
 * A calendar queue is faster on spread-out times and collapses on equal ones; schedules that are
 * aligned to the minute are exactly that.
 */
import { assert } from '../base/assert.ts';
import type { Hasher } from '../base/hash.ts';
import { rise, sink } from './heapWalk.ts';
import { resized } from './typedArray.ts';
import type { Saveable } from './saveable.ts';

/** Names one pending event; a whole number below 2^53, fit for an `f64` column. */
export type EventHandle = number & { readonly __eventHandle?: never };

/** A handle that no event ever has. */
export const NO_EVENT: EventHandle = -1;

/** Highest event kind that a model may use. */
export const KIND_MAX = 254;

/** No slot: the one that is never used, so that its handle can be read like any other. */
const NO_SLOT = 0;
const CANCELLED = 255;
const SLOTS_MAX = 2 ** 22;
/** A handle is sequence * SLOTS_MAX + slot and stays below 2^53. */
const SEQUENCE_MAX = 2 ** 31 - 1;
const FIRST_CAPACITY = 64;
/** Cells of one slot in the data array, and what lies in which. */
const CELLS = 5;
const KIND = 0;
const SUBJECT = 1;
const ARG = 2;
const EXTRA = 3;
const CAUSE = 4;
/** In a free slot: the next free one, NO_SLOT at the end. */
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
  private heapSlot = new Int32Array(FIRST_CAPACITY);
  /** Entries of the heap, the hole included. */
  private count = 0;
  /** 1 while the top entry is one that was popped. */
  private hole = 0;
  private cancelled = 0;
  private nextSequence = 0;

  private data = new Int32Array(FIRST_CAPACITY * CELLS);
  /** Handle of the event in a slot. It rises with each push, so it is the order among equals too. */
  private handles = new Float64Array(FIRST_CAPACITY).fill(NO_EVENT);
  /** Time of the event that `insert` adds. */
  due = 0;
  /** Events after this time stay. */
  until = Infinity;
  /** Slots below this have been used; free ones among them are chained. */
  private slotTop = NO_SLOT + 1;
  private freeSlot = NO_SLOT;

  /** Most entries ever pending together, cancelled ones that were not swept yet included. */
  readonly limit: number;

  constructor(limit = SLOTS_MAX) {
    assert(limit > 0 && limit <= SLOTS_MAX, 'queue limit out of range', { limit, SLOTS_MAX });
    this.limit = limit;
  }

  /** Pending events. */
  get size(): number {
    return this.count - this.hole - this.cancelled;
  }

  /** Time of the next event, Infinity when there is none. */
  get nextTime(): number {
    if (this.hole === 1) this.closeHole();
    return this.count === 0 ? Infinity : this.heapTime[0]!;
  }

  /** Subject of the next event, 0 when there is none. */
  get nextSubject(): number {
    if (this.hole === 1) this.closeHole();
    return this.count === 0 ? 0 : this.data[this.heapSlot[0]! * CELLS + SUBJECT]!;
  }

  /**
   * Adds an event; among equal times the order is the order of pushes. NO_EVENT when it does not fit
   * any more.
   */
  push(time: number, kind: number, subject: number, arg = 0, extra = 0, cause = -1): EventHandle {
    this.due = time;
    return this.handleOf(this.insert(kind, subject, arg, extra, cause));
  }

  /**
   * `push` in two parts, for the simulation: an event at `due`; returns its slot. A double that is
   * passed to a function which is too large to be inlined, or returned by it, would be allocated.
   */
  insert(kind: number, subject: number, arg: number, extra: number, cause: number): number {
    const { hole } = this;
    const at = this.count - hole;
    if (at >= this.limit || this.nextSequence > SEQUENCE_MAX) return NO_SLOT;
    let slot = this.freeSlot;
    if (slot === NO_SLOT) slot = this.newSlot();
    else this.freeSlot = this.data[slot * CELLS + NEXT_FREE]!;
    const { data } = this;
    const first = slot * CELLS;
    data[first + KIND] = kind;
    data[first + SUBJECT] = subject;
    data[first + ARG] = arg;
    data[first + EXTRA] = extra;
    data[first + CAUSE] = cause;
    this.handles[slot] = this.nextSequence++ * SLOTS_MAX + slot;
    if (hole === 1) this.fillHole(slot);
    else this.append(at, slot);
    return slot;
  }

  /** The handle of the event in a slot that `insert` gave. */
  handleOf(slot: number): EventHandle {
    return this.handles[slot]!;
  }

  /** Takes the next event into the public fields. False when nothing is pending up to `until`. */
  pop(): boolean {
    if (this.hole === 1) this.closeHole();
    if (this.count === 0 || this.heapTime[0]! > this.until) return false;
    const slot = this.heapSlot[0]!;
    this.time = this.heapTime[0]!;
    const { data } = this;
    const at = slot * CELLS;
    this.kind = data[at + KIND]!;
    this.subject = data[at + SUBJECT]!;
    this.arg = data[at + ARG]!;
    this.extra = data[at + EXTRA]!;
    this.cause = data[at + CAUSE]!;
    this.hole = 1;
    this.releaseSlot(slot);
    return true;
  }

  /** Still to come? False for a handle whose event was popped or cancelled. */
  has(handle: EventHandle): boolean {
    if (handle < 0) return false;
    const slot = slotOf(handle);
    return slot < this.slotTop && this.handles[slot] === handle && !this.isCancelled(slot);
  }

  /** Removes an event before its time; false when it is no longer pending. */
  cancel(handle: EventHandle): boolean {
    if (!this.has(handle)) return false;
    if (this.hole === 1) this.closeHole();
    this.data[slotOf(handle) * CELLS + KIND] = CANCELLED;
    this.cancelled += 1;
    this.dropCancelledFirst();
    if (this.cancelled >= SWEEP_MIN && this.cancelled * 2 > this.count) this.sweep();
    return true;
  }

  save(): SavedQueue {
    if (this.hole === 1) this.closeHole();
    const { count, cancelled, nextSequence, slotTop, freeSlot } = this;
    return {
      count,
      cancelled,
      nextSequence,
      slotTop,
      freeSlot,
      time: this.heapTime.slice(0, count),
      slot: this.heapSlot.slice(0, count),
      data: this.data.slice(0, slotTop * CELLS),
      handles: this.handles.slice(0, slotTop),
    };
  }

  load(saved: SavedQueue): void {
    this.reserve(Math.max(saved.count, saved.slotTop));
    this.count = saved.count;
    this.hole = 0;
    this.cancelled = saved.cancelled;
    this.nextSequence = saved.nextSequence;
    this.slotTop = saved.slotTop;
    this.freeSlot = saved.freeSlot;
    this.heapTime.set(saved.time);
    this.heapSlot.set(saved.slot);
    this.data.fill(0).set(saved.data);
    this.handles.fill(NO_EVENT).set(saved.handles);
  }

  /** Pending events in their order; neither heap layout nor slot numbers count. */
  hash(hasher: Hasher): void {
    if (this.hole === 1) this.closeHole();
    const live = this.livePositions();
    hasher.number(this.nextSequence).word(live.length);
    for (const at of live) {
      const slot = this.heapSlot[at]!;
      hasher.number(this.heapTime[at]!).number(Math.floor(this.handles[slot]! / SLOTS_MAX));
      const first = slot * CELLS;
      for (let cell = KIND; cell <= CAUSE; cell++) hasher.word(this.data[first + cell]!);
    }
  }

  /** Memory held, in bytes. */
  bytes(): number {
    return this.heapTime.length * (8 + 4 + 4 * CELLS + 8);
  }

  private livePositions(): number[] {
    const live: number[] = [];
    for (let at = 0; at < this.count; at++) {
      if (!this.isCancelled(this.heapSlot[at]!)) live.push(at);
    }
    const { heapTime } = this;
    return live.sort((a, b) => heapTime[a]! - heapTime[b]! || this.orderAt(a) - this.orderAt(b));
  }

  private orderAt(at: number): number {
    return this.handles[this.heapSlot[at]!]!;
  }

  /** A slot that was never used. */
  private newSlot(): number {
    if (this.slotTop === this.heapTime.length) this.reserve(this.slotTop + 1);
    return this.slotTop++;
  }

  private releaseSlot(slot: number): void {
    this.handles[slot] = NO_EVENT;
    this.data[slot * CELLS + NEXT_FREE] = this.freeSlot;
    this.freeSlot = slot;
  }

  private isCancelled(slot: number): boolean {
    return this.data[slot * CELLS + KIND] === CANCELLED;
  }

  private fillHole(slot: number): void {
    this.hole = 0;
    this.heapTime[0] = this.due;
    this.heapSlot[0] = slot;
    sink(this.heapTime, this.heapSlot, this.handles, this.count, 0);
    if (this.cancelled > 0) this.dropCancelledFirst();
  }

  private append(at: number, slot: number): void {
    this.count = at + 1;
    this.heapTime[at] = this.due;
    this.heapSlot[at] = slot;
    rise(this.heapTime, this.heapSlot, at);
  }

  /** Nobody filled the hole: the last entry does. */
  private closeHole(): void {
    this.hole = 0;
    this.removeFirst();
    if (this.cancelled > 0) this.dropCancelledFirst();
  }

  private removeFirst(): void {
    const last = --this.count;
    if (last === 0) return;
    this.heapTime[0] = this.heapTime[last]!;
    this.heapSlot[0] = this.heapSlot[last]!;
    sink(this.heapTime, this.heapSlot, this.handles, last, 0);
  }

  /** Keeps the promise that the first entry is never a cancelled one. */
  private dropCancelledFirst(): void {
    while (this.count > 0 && this.isCancelled(this.heapSlot[0]!)) {
      this.cancelled -= 1;
      this.releaseSlot(this.heapSlot[0]!);
      this.removeFirst();
    }
  }

  /** Throws all cancelled entries out and builds the heap anew, in linear time. */
  private sweep(): void {
    const { heapTime, heapSlot } = this;
    let kept = 0;
    for (let at = 0; at < this.count; at++) {
      const slot = heapSlot[at]!;
      if (this.isCancelled(slot)) {
        this.releaseSlot(slot);
        continue;
      }
      heapTime[kept] = heapTime[at]!;
      heapSlot[kept++] = slot;
    }
    this.count = kept;
    this.cancelled = 0;
    for (let at = (kept >> 1) - 1; at >= 0; at--) {
      sink(heapTime, heapSlot, this.handles, kept, at);
    }
  }

  private reserve(needed: number): void {
    let capacity = this.heapTime.length;
    if (needed <= capacity) return;
    while (capacity < needed) capacity *= 2;
    this.heapTime = resized(this.heapTime, capacity);
    this.heapSlot = resized(this.heapSlot, capacity);
    this.data = resized(this.data, capacity * CELLS);
    this.handles = resized(this.handles, capacity);
  }
}

function slotOf(handle: number): number {
  return handle - Math.floor(handle / SLOTS_MAX) * SLOTS_MAX;
}
