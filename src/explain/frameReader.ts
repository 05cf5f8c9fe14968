/**
 * The frame of the picture at any time. A cursor per task instance walks through its moves, so that
 * playing costs only what happens, and a jump as many steps as there are moves in between.
 */
import { makeFrame, NONE } from './entries.ts';
import type { LaneFrame } from './frame.ts';
import { STAGE } from './stageOf.ts';
import type { Timeline } from './timeline.ts';

export class FrameReader {
  private readonly timeline: Timeline;
  private frame: LaneFrame = makeFrame(64);
  private cursor = new Int32Array(64).fill(NONE);
  private known = 0;

  constructor(timeline: Timeline) {
    this.timeline = timeline;
  }

  /** Valid until the next call. `epoch` must rise whenever time jumps. */
  at(t: number, epoch: number): LaneFrame {
    this.reserve();
    const { timeline } = this;
    const { entries } = timeline;
    const grown = entries.length !== this.known;
    this.known = entries.length;
    const count = this.countAt(t);
    for (let ti = 0; ti < count; ti++) {
      const before = this.cursor[ti]!;
      const at = this.walk(ti, t);
      const open = grown && this.frame.stageUntil[ti] === Infinity;
      if (at !== before || open) this.show(ti, at);
    }
    this.frame.count = count;
    this.frame.t = t;
    this.frame.epoch = epoch;
    return this.frame;
  }

  /** Rows whose creation lies at or before `t`. */
  private countAt(t: number): number {
    const { heads, entries } = this.timeline;
    let low = 0;
    let high = heads.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (entries.t[heads[middle]!]! <= t) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private walk(ti: number, t: number): number {
    const { entries, heads } = this.timeline;
    let at = this.cursor[ti]!;
    if (at === NONE) at = heads[ti]!;
    while (entries.t[at]! > t && entries.prev[at] !== NONE) at = entries.prev[at]!;
    for (let next = entries.next[at]!; next !== NONE && entries.t[next]! <= t;) {
      at = next;
      next = entries.next[at]!;
    }
    return at;
  }

  private show(ti: number, at: number): void {
    const { entries } = this.timeline;
    const { frame } = this;
    this.cursor[ti] = at;
    const state = entries.state[at]!;
    const stage = entries.stage[at]!;
    const stateFrom = firstOf(entries.state, entries.prev, at);
    const stageFrom = firstOf(entries.stage, entries.prev, at);
    const before = entries.prev[stageFrom]!;
    frame.state[ti] = state;
    frame.stage[ti] = stage;
    frame.slot[ti] = entries.slot[at]!;
    frame.stateSince[ti] = entries.t[stateFrom]!;
    frame.stageSince[ti] = entries.t[stageFrom]!;
    frame.stageUntil[ti] = this.stageEnd(at, stage);
    frame.fromStage[ti] = before === NONE ? stage : entries.stage[before]!;
    // In the chamber scheduled ones stand in the order in which they became so.
    frame.rank[ti] = entries.seq[stage === STAGE.chamber ? stateFrom : stageFrom]!;
  }

  private stageEnd(at: number, stage: number): number {
    const { entries } = this.timeline;
    let next = entries.next[at]!;
    while (next !== NONE && entries.stage[next] === stage) next = entries.next[next]!;
    return next === NONE ? Infinity : entries.t[next]!;
  }

  private reserve(): void {
    const needed = this.timeline.taskInstances;
    if (needed <= this.cursor.length) return;
    const size = Math.max(needed, this.cursor.length * 2);
    const cursor = new Int32Array(size).fill(NONE);
    cursor.set(this.cursor);
    this.cursor = cursor;
    this.frame = makeFrame(size, this.frame);
  }
}

/** The first of the entries before `at` that all have its value in the column. */
function firstOf(column: Uint8Array, prev: Int32Array, at: number): number {
  let first = at;
  for (let p = prev[at]!; p !== NONE && column[p] === column[at]; p = prev[p]!) first = p;
  return first;
}
