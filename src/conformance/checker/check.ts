/** What every check of the checker is: one invariant of reliability 3, asked after each record. */
import type { Replay } from './replay.ts';
import type { Step } from './step.ts';

export interface Check {
  /** I1 to I20. */
  readonly invariant: string;
  /** Sees each record after it was carried out; a sentence when the invariant is broken. */
  see(step: Step, replay: Replay): string | null;
  /** Asked once after the last record. */
  end?(replay: Replay): string | null;
}

/** The first broken invariant. */
export interface Violation {
  readonly invariant: string;
  /** Sequence number of the record, -1 when it is not about one. */
  readonly record: number;
  readonly sentence: string;
}
