/**
 * Checkpoints of one run: a copy of its whole state every 16,384 events, for going back to a place
 * and living on from there. (The picture of the past needs none: see seek.ts.)
 *
 * They are thinned with age: all of the last eight, of those before every second, then every
 * fourth, and so on. About 8 log2(n / 8) of n remain. A large world is copied less often, so that
 * copying stays a small part of the work: every further mebibyte doubles, triples... the distance.
 */
import type { SavedSimulation } from './simulation.ts';

export const CHECKPOINT_EVENTS = 16_384;
/** So many neighbours are kept on each level of age. */
const KEPT_PER_LEVEL = 8;

/** A copy of so many bytes costs a few percent of the work of CHECKPOINT_EVENTS events. */
const BYTES_PER_STRIDE = 2 ** 20;

export class Checkpoints {
  readonly every: number;
  /** Events between checkpoints at present: a multiple of `every`. */
  private stride: number;
  /** By number of events, ascending. The first, the start of the run, always stays. */
  private kept: SavedSimulation[];

  constructor(start: SavedSimulation, every = CHECKPOINT_EVENTS) {
    this.kept = [start];
    this.every = every;
    this.stride = every * strides(start);
  }

  get start(): SavedSimulation {
    return this.kept[0]!;
  }

  get all(): readonly SavedSimulation[] {
    return this.kept;
  }

  /** Events from `events` up to the next place for a checkpoint; at least 1. */
  distance(events: number): number {
    return this.stride - (events % this.stride);
  }

  /** Is there a checkpoint to be taken at this position? */
  due(events: number): boolean {
    return events % this.stride === 0 && events > this.kept.at(-1)!.events;
  }

  add(checkpoint: SavedSimulation): void {
    this.kept.push(checkpoint);
    this.stride = this.every * strides(checkpoint);
    const latest = Math.floor(checkpoint.events / this.every);
    const { start } = this;
    this.kept = this.kept.filter(
      (saved) => saved === start || isKept(Math.floor(saved.events / this.every), latest),
    );
  }

  /** The last one with at most so many events. */
  beforeEvents(events: number): SavedSimulation | undefined {
    return this.kept.findLast((saved) => saved.events <= events);
  }

  /** The last one whose clock is not past `time`. */
  beforeTime(time: number): SavedSimulation | undefined {
    return this.kept.findLast((saved) => saved.now <= time);
  }
}

/** The rule depends on age and number only, so what it drops once it would never want again. */
function isKept(number: number, latest: number): boolean {
  let step = 1;
  for (let reach = KEPT_PER_LEVEL; latest - number >= reach; reach *= 2) step *= 2;
  return number % step === 0;
}

function strides(saved: SavedSimulation): number {
  return Math.max(1, Math.ceil(bytesIn(saved) / BYTES_PER_STRIDE));
}

/** Bytes of all typed arrays in a saved state; what else is in it is small. */
function bytesIn(value: unknown): number {
  if (ArrayBuffer.isView(value)) return value.byteLength;
  if (Array.isArray(value)) return 8 * value.length;
  if (typeof value !== 'object' || value === null) return 0;
  return Object.values(value).reduce((sum: number, part) => sum + bytesIn(part), 0);
}
