/** What a check says, and what it works with. */
import type { Term } from '../glossary.ts';
import type { RunLanes } from '../play.ts';

export interface Check {
  /** As the list of the contract counts them; 13 is ours. */
  readonly number: number;
  readonly name: string;
  readonly ok: boolean;
  readonly seen: string;
}

export interface CheckTools {
  readonly run: RunLanes;
  /** Milliseconds of a real clock; the pure layers have none. */
  readonly now: () => number;
  readonly terms: readonly Term[];
}
