/**
 * The event queue: a binary heap over three typed arrays (time, sequence, slot). Equal times come
 * out in the order of their pushes. What an event says lies in columns by slot, so that the heap
 * moves 20 bytes per level and `pop` allocates nothing.
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
  readonly kinds: Uint8Array;
  readonly subjects: Int32Array;
  readonly args: Int32Array;
  readonly extras: Int32Array;
  readonly causes: Int32Array;
  readonly generations: Int32Array;
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

  private kinds = new Uint8Array(FIRST_CAPACITY);
  private subjects = new Int32Array(FIRST_CAPACITY);
  private args = new Int32Array(FIRST_CAPACITY);
  private extras = new Int32Array(FIRST_CAPACITY);
  private causes = new Int32Array(FIRST_CAPACITY);
  /** How often a slot was given back; makes old handles of it invalid. */
  private generations = new Int32Array(FIRST_CAPACITY);
  /** Slots below this have been used; free ones among them are chained through `subjects`. */
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

  /** No further event fits; `push` would throw. */
  get full(): boolean {
    return this.count === this.limit;
  }

  /** Time of the next event, Infinity when there is none. */
  get nextTime(): number {
    return this.count === 0 ? Infinity : this.heapTime[0]!;
  }

  /** Adds an event. Times are compared only; order among equal times is the order of pushes. */
  push(time: number, kind: number, subject: number, arg = 0, extra = 0, cause = -1): EventHandle {
    if (this.count >= this.limit) assert(false, 'event queue is full', { limit: this.limit });
    const slot = this.takeSlot();
    this.kinds[slot] = kind;
    this.subjects[slot] = subject;
    this.args[slot] = arg;
    this.extras[slot] = extra;
    this.causes[slot] = cause;
    this.siftUp(this.count++, time, this.nextSequence++, slot);
    return this.generations[slot]! * SLOTS_MAX + slot;
  }

  /** Takes the next event into the public fields. False when nothing is pending. */
  pop(): boolean {
    if (this.count === 0) return false;
    const slot = this.heapSlot[0]!;
    this.time = this.heapTime[0]!;
    this.kind = this.kinds[slot]!;
    this.subject = this.subjects[slot]!;
    this.arg = this.args[slot]!;
    this.extra = this.extras[slot]!;
    this.cause = this.causes[slot]!;
    this.removeFirst(slot);
    if (this.cancelled > 0) this.dropCancelledFirst();
    return true;
  }

  /** Still to come? False for a handle whose event was popped or cancelled. */
  has(handle: EventHandle): boolean {
    const slot = handle % SLOTS_MAX;
    return (
      handle >= 0 &&
      slot < this.slotTop &&
      this.generations[slot] === (handle - slot) / SLOTS_MAX &&
      this.kinds[slot] !== CANCELLED
    );
  }

  /** Removes an event before its time; false when it is no longer pending. */
  cancel(handle: EventHandle): boolean {
    if (!this.has(handle)) return false;
    this.kinds[handle % SLOTS_MAX] = CANCELLED;
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
      kinds: this.kinds.slice(0, slotTop),
      subjects: this.subjects.slice(0, slotTop),
      args: this.args.slice(0, slotTop),
      extras: this.extras.slice(0, slotTop),
      causes: this.causes.slice(0, slotTop),
      generations: this.generations.slice(0, slotTop),
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
    this.kinds.set(saved.kinds);
    this.subjects.set(saved.subjects);
    this.args.set(saved.args);
    this.extras.set(saved.extras);
    this.causes.set(saved.causes);
    this.generations.fill(0).set(saved.generations);
  }

  /** Pending events in their order; neither heap layout nor slot numbers count. */
  hash(hasher: Hasher): void {
    const live = this.livePositions();
    hasher.number(this.nextSequence).word(live.length);
    for (const at of live) {
      const slot = this.heapSlot[at]!;
      hasher.number(this.heapTime[at]!).number(this.heapSequence[at]!);
      hasher.word(this.kinds[slot]!).word(this.subjects[slot]!);
      hasher.word(this.args[slot]!).word(this.extras[slot]!).word(this.causes[slot]!);
    }
  }

  /** Memory held, in bytes. */
  bytes(): number {
    return this.heapTime.length * (8 + 8 + 4 + 1 + 4 * 5);
  }

  private livePositions(): number[] {
    const live: number[] = [];
    for (let at = 0; at < this.count; at++) {
      if (this.kinds[this.heapSlot[at]!] !== CANCELLED) live.push(at);
    }
    const { heapTime, heapSequence } = this;
    return live.sort((a, b) => heapTime[a]! - heapTime[b]! || heapSequence[a]! - heapSequence[b]!);
  }

  private takeSlot(): number {
    const free = this.freeSlot;
    if (free >= 0) {
      this.freeSlot = this.subjects[free]!;
      return free;
    }
    if (this.slotTop === this.heapTime.length) this.reserve(this.slotTop + 1);
    return this.slotTop++;
  }

  private releaseSlot(slot: number): void {
    this.generations[slot]! += 1;
    this.subjects[slot] = this.freeSlot;
    this.freeSlot = slot;
  }

  private removeFirst(slot: number): void {
    this.releaseSlot(slot);
    const last = --this.count;
    if (last === 0) return;
    this.siftDown(0, this.heapTime[last]!, this.heapSequence[last]!, this.heapSlot[last]!);
  }

  /** Keeps the promise that the first entry is never a cancelled one. */
  private dropCancelledFirst(): void {
    while (this.count > 0 && this.kinds[this.heapSlot[0]!] === CANCELLED) {
      this.cancelled -= 1;
      this.removeFirst(this.heapSlot[0]!);
    }
  }

  /** Throws all cancelled entries out and builds the heap anew, in linear time. */
  private sweep(): void {
    const { heapTime, heapSequence, heapSlot, kinds } = this;
    let kept = 0;
    for (let at = 0; at < this.count; at++) {
      const slot = heapSlot[at]!;
      if (kinds[slot] === CANCELLED) {
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

  /** Puts an entry at the open place `at` or above it. */
  private siftUp(at: number, time: number, sequence: number, slot: number): void {
    const { heapTime, heapSequence, heapSlot } = this;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const parentTime = heapTime[parent]!;
      if (parentTime < time || (parentTime === time && heapSequence[parent]! < sequence)) break;
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
    let capacity = this.heapTime.length;
    if (needed <= capacity) return;
    while (capacity < needed) capacity *= 2;
    this.heapTime = resized(this.heapTime, capacity);
    this.heapSequence = resized(this.heapSequence, capacity);
    this.heapSlot = resized(this.heapSlot, capacity);
    this.kinds = resized(this.kinds, capacity);
    this.subjects = resized(this.subjects, capacity);
    this.args = resized(this.args, capacity);
    this.extras = resized(this.extras, capacity);
    this.causes = resized(this.causes, capacity);
    this.generations = resized(this.generations, capacity);
  }
}
