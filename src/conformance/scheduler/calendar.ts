/** What happens outside the scheduler, at its own times: users first, then workers, then triggers. */

/** Smaller comes first at equal times. */
export const ORDER = { user: 0, worker: 1, trigger: 2 } as const;

interface Entry {
  readonly at: number;
  readonly order: number;
  readonly sequence: number;
  readonly run: () => void;
}

export class Calendar {
  private entries: Entry[] = [];
  private sequence = 0;

  add(at: number, order: number, run: () => void): void {
    this.entries.push({ at, order, sequence: this.sequence++, run });
  }

  /** Runs all entries up to and including `until` in order; `moveTo` sets the clock for each. */
  runUntil(until: number, moveTo: (at: number) => void): void {
    for (let next = this.next(until); next !== null; next = this.next(until)) {
      this.entries.splice(this.entries.indexOf(next), 1);
      moveTo(next.at);
      next.run();
    }
  }

  private next(until: number): Entry | null {
    let best: Entry | null = null;
    for (const entry of this.entries) {
      if (entry.at > until) continue;
      if (best === null || comesFirst(entry, best)) best = entry;
    }
    return best;
  }
}

function comesFirst(a: Entry, b: Entry): boolean {
  if (a.at !== b.at) return a.at < b.at;
  if (a.order !== b.order) return a.order < b.order;
  return a.sequence < b.sequence;
}
