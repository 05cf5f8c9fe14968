/** Predicates on the length of a run and on what the learner did. */
import type { LaneFacts } from '../facts.ts';
import { inBounds, nothingYet } from './pred.ts';
import type { Bounds, Note, Outcome, Pred, Witness } from './pred.ts';
import { isOver, stateAt } from './scene.ts';
import type { Scene } from './scene.ts';

type EffortPred = Extract<
  Pred,
  { kind: 'makespan' | 'guessed' | 'predicted' | 'changes' | 'set' | 'guess' }
>;

export function evaluateEffort(pred: EffortPred, scene: Scene): Outcome {
  switch (pred.kind) {
    case 'makespan':
      return makespan(pred.lane, pred.bounds, scene);
    case 'guessed':
      return guessed(pred.of, scene);
    case 'predicted':
      return predicted(pred.of, pred.within, scene);
    case 'changes':
      return counted(scene.changes, pred.bounds);
    case 'set':
      return setTo(scene.settings.get(pred.control), pred.bounds, pred.value);
    case 'guess':
      return guessIs(scene.guesses.get(pred.prediction), pred.bounds);
  }
}

/** The run of a lane ends in time. What the engine knows ahead is shown as expected. */
function makespan(name: string, bounds: Bounds, scene: Scene): Outcome {
  const lane = scene.lanes.get(name);
  if (!lane) return { ...nothingYet, note: { code: 'lane_not_run', params: { lane: name } } };
  const over = isOver(lane, scene.t);
  if (lane.makespan === null) {
    const note: Note = { code: 'never_ends', params: { lane: name } };
    return { ...nothingYet, verdict: over ? 'no' : 'open', note };
  }
  const good = inBounds(lane.makespan, bounds);
  const value = { kind: 'time', us: lane.makespan, expected: !over } as const;
  const part = Math.min(1, scene.t / lane.makespan);
  const limit = bounds.atMost ?? bounds.is ?? lane.makespan;
  const progress = good ? part : part * Math.min(1, limit / lane.makespan);
  const witness = over ? lastEnd(lane) : null;
  const note = over ? missNote(lane.makespan, limit, good) : leftNote(lane, scene.t);
  return { verdict: over ? (good ? 'yes' : 'no') : 'open', progress, value, witness, note };
}

function missNote(us: number, limit: number, good: boolean): Note | null {
  return good ? null : { code: 'too_long', params: { us: us - limit } };
}

/** More are counted, not named. */
const MOST_NAMED = 3;

/** Which tasks are not finished at `t`. */
function leftNote(lane: LaneFacts, t: number): Note | null {
  const finished = ['success', 'failed', 'skipped', 'upstream_failed', 'removed'];
  const left = lane.taskInstances.filter((ti) => !finished.includes(stateAt(ti, t) ?? 'none'));
  if (t <= 0 || left.length === 0) return null;
  const tasks = [...new Set(left.map((ti) => `\`${ti.task_id}\``))];
  if (tasks.length > MOST_NAMED)
    return { code: 'many_left', params: { us: t, count: `${tasks.length}` } };
  return { code: 'left', params: { us: t, tasks: tasks.join(', ') } };
}

function lastEnd(lane: LaneFacts): Witness | null {
  let last: Witness | null = null;
  for (const ti of lane.taskInstances) {
    const span = ti.spans.at(-1);
    if (!span || (last && span.from < last.t)) continue;
    const { state, from, seq } = span;
    last = { lane: lane.lane, task_id: ti.task_id, state, t: from, seq };
  }
  return last;
}

function guessed(of: readonly string[], { guesses }: Scene): Outcome {
  const have = of.filter((id) => guesses.has(id)).length;
  const value = { kind: 'of', have, of: of.length } as const;
  const progress = of.length === 0 ? 1 : have / of.length;
  return { ...nothingYet, verdict: have === of.length ? 'yes' : 'open', progress, value };
}

/**
 * |guess - actual| / actual of each. The guess is made, so the difference may be shown at once; it
 * is judged when the last of the lanes has ended.
 */
function predicted(of: readonly string[], within: number, scene: Scene): Outcome {
  const parts = of.map((id) => errorOf(id, scene));
  const known = parts.flatMap((one) => (one ? [one] : []));
  const worst = known.toSorted((a, b) => b.error - a.error)[0];
  if (!worst || known.length < of.length) return nothingYet;
  const over = known.every((one) => isOver(one.lane, scene.t));
  const good = worst.error <= within;
  const end = Math.max(...known.map((one) => one.actual));
  const last = known.find((one) => one.actual === end);
  const note: Note | null = over
    ? good
      ? null
      : { code: 'guess_off', params: { id: worst.id, guess_us: worst.guess, us: worst.actual } }
    : { code: 'judged_at', params: { lane: last?.lane.lane ?? '', us: end } };
  return {
    verdict: over ? (good ? 'yes' : 'no') : 'open',
    progress: Math.max(0, 1 - worst.error),
    value: { kind: 'share', share: worst.error },
    witness: over ? lastEnd(worst.lane) : null,
    note,
  };
}

interface Miss {
  readonly id: string;
  readonly lane: LaneFacts;
  readonly guess: number;
  readonly actual: number;
  readonly error: number;
}

function errorOf(id: string, scene: Scene): Miss | null {
  const lane = scene.lanes.get(scene.guessLanes.get(id) ?? '');
  const guess = scene.guesses.get(id);
  if (!lane || guess === undefined || lane.makespan === null) return null;
  const actual = lane.makespan;
  return { id, lane, guess, actual, error: Math.abs(guess - actual) / actual };
}

function counted(count: number, bounds: Bounds): Outcome {
  const good = inBounds(count, bounds);
  const value = { kind: 'count', count } as const;
  return { ...nothingYet, verdict: good ? 'yes' : 'no', progress: good ? 1 : 0, value };
}

function setTo(now: number | string | undefined, bounds: Bounds, value: string | null): Outcome {
  if (typeof now === 'number') return counted(now, bounds);
  const good = now !== undefined && now === value;
  return { ...nothingYet, verdict: good ? 'yes' : 'no', progress: good ? 1 : 0 };
}

function guessIs(us: number | undefined, bounds: Bounds): Outcome {
  if (us === undefined) return nothingYet;
  const good = inBounds(us, bounds);
  const value = { kind: 'time', us, expected: false } as const;
  return { ...nothingYet, verdict: good ? 'yes' : 'no', progress: good ? 1 : 0, value };
}
