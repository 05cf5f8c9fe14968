/**
 * Checkpoints of one run: a copy of its whole state every 16,384 events, for going back to a place
 * and living on from there. (The picture of the past needs none: see seek.ts.)
 *
 * They are thinned with age: all of the last eight, of those before every second, then every
 * fourth, and so on. About 8 log2(n / 8) of n remain.
 */
import type { SavedSimulation } from './simulation.ts';

export const CHECKPOINT_EVENTS = 16_384;
/** So many neighbours are kept on each level of age. */
const KEPT_PER_LEVEL = 8;

export class Checkpoints {
  readonly every: number;
  /** By number of events, ascending. The first, the start of the run, always stays. */
  private kept: SavedSimulation[];

  constructor(start: SavedSimulation, every = CHECKPOINT_EVENTS) {
    this.kept = [start];
    this.every = every;
  }

  get start(): SavedSimulation {
    return this.kept[0]!;
  }

  get all(): readonly SavedSimulation[] {
    return this.kept;
  }

  /** Events from `events` up to the next place for a checkpoint; at least 1. */
  distance(events: number): number {
    return this.every - (events % this.every);
  }

  /** Is there a checkpoint to be taken at this position? */
  due(events: number): boolean {
    return events % this.every === 0 && events > this.kept.at(-1)!.events;
  }

  add(checkpoint: SavedSimulation): void {
    this.kept.push(checkpoint);
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
