/** What predicates look at: the lanes that ran, up to a time, and what the learner did. */
import type { LaneFacts, StateSpan, TiFacts } from '../facts.ts';
import { spanAt } from '../facts.ts';
import type { Who, Witness } from './pred.ts';

export interface Scene {
  readonly lanes: ReadonlyMap<string, LaneFacts>;
  /** Everything after it has not happened yet. Microseconds. */
  readonly t: number;
  /** Prediction -> guess in microseconds, made before the run. */
  readonly guesses: ReadonlyMap<string, number>;
  /** Prediction -> lane whose makespan it guesses. */
  readonly guessLanes: ReadonlyMap<string, string>;
  readonly settings: ReadonlyMap<string, number | string>;
  /** How many controls differ from the start. */
  readonly changes: number;
}

/** Nothing in the lane changes after `t`. */
export function isOver(lane: LaneFacts, t: number): boolean {
  return t >= (lane.makespan ?? lane.end);
}

export function chosen(lane: LaneFacts, who: Who): TiFacts[] {
  return lane.taskInstances.filter(
    (ti) =>
      (who.tasks === null || who.tasks.includes(ti.task_id)) &&
      (who.run === null || who.run === ti.run_id),
  );
}

export function witnessOf(lane: LaneFacts, ti: TiFacts, span: StateSpan): Witness {
  const { state, from, seq } = span;
  return { lane: lane.lane, task_id: ti.task_id, state, t: from, seq };
}

/** First time by `t` that one of them enters the state. */
export function firstEntry(
  lane: LaneFacts,
  tis: readonly TiFacts[],
  state: string,
  t: number,
): Witness | null {
  let first: Witness | null = null;
  for (const ti of tis) {
    const span = ti.spans.find((one) => one.state === state && one.from <= t);
    if (span && (first === null || span.from < first.t)) first = witnessOf(lane, ti, span);
  }
  return first;
}

export function stateAt(ti: TiFacts, t: number): string | null {
  return spanAt(ti.spans, t)?.state ?? null;
}
