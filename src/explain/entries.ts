/**
 * The moves of all task instances of a lane, in the order of the log, as growing columns. Entries
 * of one task instance are linked both ways, so that a reader walks through its life.
 */
import type { LaneFrame } from './frame.ts';

/** No entry, no slot, no record. */
export const NONE = -1;

export class Entries {
  length = 0;
  /** Simulated microseconds. */
  t = new Float64Array(256);
  /** Record of the log that made the move. */
  seq = new Int32Array(256);
  ti = new Int32Array(256);
  state = new Uint8Array(256);
  /** Index into STAGES. */
  stage = new Uint8Array(256);
  slot = new Int16Array(256);
  tryNumber = new Uint16Array(256);
  /** Neighbours of the same task instance. */
  prev = new Int32Array(256);
  next = new Int32Array(256);

  push(t: number, seq: number, ti: number, prev: number): number {
    if (this.length === this.t.length) this.grow();
    const at = this.length++;
    this.t[at] = t;
    this.seq[at] = seq;
    this.ti[at] = ti;
    this.prev[at] = prev;
    this.next[at] = NONE;
    if (prev !== NONE) this.next[prev] = at;
    return at;
  }

  private grow(): void {
    const size = this.t.length * 2;
    this.t = into(new Float64Array(size), this.t);
    this.seq = into(new Int32Array(size), this.seq);
    this.ti = into(new Int32Array(size), this.ti);
    this.state = into(new Uint8Array(size), this.state);
    this.stage = into(new Uint8Array(size), this.stage);
    this.slot = into(new Int16Array(size), this.slot);
    this.tryNumber = into(new Uint16Array(size), this.tryNumber);
    this.prev = into(new Int32Array(size), this.prev);
    this.next = into(new Int32Array(size), this.next);
  }
}

/** A frame for `capacity` task instances, or a larger copy of `old`. */
export function makeFrame(capacity: number, old?: LaneFrame): LaneFrame {
  const frame = {
    t: 0,
    epoch: 0,
    count: 0,
    state: new Uint8Array(capacity),
    stage: new Uint8Array(capacity),
    slot: new Int16Array(capacity).fill(NONE),
    stateSince: new Float64Array(capacity),
    stageSince: new Float64Array(capacity),
    stageUntil: new Float64Array(capacity).fill(Infinity),
    fromStage: new Uint8Array(capacity),
    rank: new Int32Array(capacity),
  };
  if (!old) return frame;
  for (const name of COLUMNS) into(frame[name], old[name]);
  return { ...frame, t: old.t, epoch: old.epoch, count: old.count };
}

const COLUMNS = [
  'state',
  'stage',
  'slot',
  'stateSince',
  'stageSince',
  'stageUntil',
  'fromStage',
  'rank',
] as const;

function into<A extends { set(values: ArrayLike<number>): void }>(
  target: A,
  values: ArrayLike<number>,
): A {
  target.set(values);
  return target;
}
