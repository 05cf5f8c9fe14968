/**
 * Goals as data. A predicate is pure JSON with one key, such as
 * `{ "makespan": { "lane": "local", "atMost_s": 200 } }`; here it is in checked form.
 */

/** Exactly one of them, or a range. */
export interface Bounds {
  readonly is?: number;
  readonly atLeast?: number;
  readonly atMost?: number;
}

/** Which task instances of a lane: every one when nothing more is said. */
export interface Who {
  readonly lane: string;
  readonly tasks: readonly string[] | null;
  readonly run: string | null;
}

/** A task entering a state for the first time. */
export interface Moment {
  readonly task: string;
  readonly state: string;
}

export type Pred =
  | { kind: 'makespan'; lane: string; bounds: Bounds }
  | { kind: 'guessed'; of: readonly string[] }
  | { kind: 'predicted'; of: readonly string[]; within: number }
  | { kind: 'changes'; bounds: Bounds }
  | { kind: 'set'; control: string; bounds: Bounds; value: string | null }
  | { kind: 'guess'; prediction: string; bounds: Bounds }
  | { kind: 'state'; who: Who; is: string }
  | { kind: 'everState'; who: Who; is: string }
  | { kind: 'never'; who: Who; is: string; longerThan: number }
  | { kind: 'order'; lane: string; first: Moment; next: Moment }
  | { kind: 'within'; lane: string; from: Moment; to: Moment; atMost: number }
  | { kind: 'startBefore'; who: Who; at: number }
  | {
      kind: 'count';
      of: 'task_instances' | 'dag_runs';
      who: Who;
      is: string | null;
      bounds: Bounds;
    }
  | { kind: 'peak'; who: Who; is: string; bounds: Bounds }
  | { kind: 'total'; who: Who; is: string; bounds: Bounds }
  | { kind: 'and' | 'or'; of: readonly Pred[] }
  | { kind: 'not'; of: Pred };

export type PredKind = Pred['kind'];

/** As of time t: met, not to be met any more in this run, or still open. */
export type Verdict = 'yes' | 'no' | 'open';

/** The live number beside a goal. Times are microseconds. */
export type Value =
  | { kind: 'none' }
  | { kind: 'time'; us: number; expected: boolean }
  | { kind: 'share'; share: number }
  | { kind: 'of'; have: number; of: number }
  | { kind: 'count'; count: number };

/** The record that shows why: who, when, in what state. */
export interface Witness {
  readonly lane: string;
  readonly task_id: string;
  readonly state: string;
  readonly t: number;
  /** Sequence number in the lane's log, -1 for what lies outside it. */
  readonly seq: number;
}

/** A sentence about it, in code; words.ts has the words. */
export interface Note {
  readonly code: string;
  readonly params: Readonly<Record<string, string | number>>;
}

export interface Outcome {
  readonly verdict: Verdict;
  /** From 0 to 1. */
  readonly progress: number;
  readonly value: Value;
  readonly witness: Witness | null;
  readonly note: Note | null;
}

export const nothingYet: Outcome = {
  verdict: 'open',
  progress: 0,
  value: { kind: 'none' },
  witness: null,
  note: null,
};

export function inBounds(value: number, { is, atLeast, atMost }: Bounds): boolean {
  if (is !== undefined && value !== is) return false;
  return value >= (atLeast ?? -Infinity) && value <= (atMost ?? Infinity);
}
