/** Predicates on the states of task instances and DAG runs of one lane. */
import type { LaneFacts } from '../facts.ts';
import { spanAt } from '../facts.ts';
import { inBounds, nothingYet } from './pred.ts';
import type { Bounds, Moment, Outcome, Pred, Verdict, Who, Witness } from './pred.ts';
import { chosen, firstEntry, isOver, stateAt, witnessOf } from './scene.ts';
import type { Scene } from './scene.ts';

type StatePred = Extract<Pred, { who: Who } | { kind: 'order' | 'within' }>;

export function evaluateStates(pred: StatePred, scene: Scene): Outcome {
  const name = 'who' in pred ? pred.who.lane : pred.lane;
  const lane = scene.lanes.get(name);
  if (!lane) return { ...nothingYet, note: { code: 'lane_not_run', params: { lane: name } } };
  switch (pred.kind) {
    case 'state':
      return inState(lane, pred.who, pred.is, scene.t);
    case 'everState':
      return found(firstEntry(lane, chosen(lane, pred.who), pred.is, scene.t), lane, scene.t);
    case 'never':
      return neverIn(lane, pred.who, pred.is, pred.longerThan, scene.t);
    case 'order':
      return inOrder(lane, pred.first, pred.next, scene.t);
    case 'within':
      return soonAfter(lane, pred.from, pred.to, pred.atMost, scene.t);
    case 'startBefore':
      return startsBefore(lane, pred.who, pred.at, scene.t);
    case 'count':
      return measured(countNow(lane, pred, scene.t), pred.bounds, lane, scene.t);
    case 'peak':
      return measured(peakOf(lane, pred.who, pred.is, scene.t), pred.bounds, lane, scene.t);
    case 'total':
      return lasted(totalOf(lane, pred.who, pred.is, scene.t), pred.bounds, lane, scene.t);
  }
}

/** All of them are in the state now. */
function inState(lane: LaneFacts, who: Who, is: string, t: number): Outcome {
  const tis = chosen(lane, who);
  const right = tis.filter((ti) => stateAt(ti, t) === is);
  const good = tis.length > 0 && right.length === tis.length;
  const wrong = tis.find((ti) => stateAt(ti, t) !== is);
  const span = wrong && spanAt(wrong.spans, t);
  return {
    verdict: good ? 'yes' : openUntilEnd(lane, t),
    progress: tis.length === 0 ? 0 : right.length / tis.length,
    value: { kind: 'of', have: right.length, of: tis.length },
    witness: wrong && span ? witnessOf(lane, wrong, span) : null,
    note: null,
  };
}

function openUntilEnd(lane: LaneFacts, t: number): Verdict {
  return isOver(lane, t) ? 'no' : 'open';
}

function found(witness: Witness | null, lane: LaneFacts, t: number): Outcome {
  const verdict = witness ? 'yes' : openUntilEnd(lane, t);
  return { ...nothingYet, verdict, progress: witness ? 1 : 0, witness };
}

/** No stay in the state by `t` (longer than allowed); certain only at the end. */
function neverIn(lane: LaneFacts, who: Who, is: string, longerThan: number, t: number): Outcome {
  for (const ti of chosen(lane, who)) {
    const bad = ti.spans.find((span) => {
      const stay = Math.min(span.to, t) - span.from;
      return span.state === is && span.from <= t && (longerThan === 0 || stay > longerThan);
    });
    if (bad) return { ...nothingYet, verdict: 'no', witness: witnessOf(lane, ti, bad) };
  }
  const end = lane.makespan ?? lane.end;
  const progress = end === 0 ? 1 : Math.min(1, t / end);
  return { ...nothingYet, verdict: isOver(lane, t) ? 'yes' : 'open', progress };
}

function entryOf(lane: LaneFacts, moment: Moment, t: number): Witness | null {
  const who: Who = { lane: lane.lane, tasks: [moment.task], run: null };
  return firstEntry(lane, chosen(lane, who), moment.state, t);
}

function inOrder(lane: LaneFacts, first: Moment, next: Moment, t: number): Outcome {
  const [one, two] = [entryOf(lane, first, t), entryOf(lane, next, t)];
  if (!two) return { ...nothingYet, verdict: openUntilEnd(lane, t), progress: one ? 0.5 : 0 };
  const good = one !== null && (one.t < two.t || (one.t === two.t && one.seq < two.seq));
  return { ...nothingYet, verdict: good ? 'yes' : 'no', progress: good ? 1 : 0, witness: two };
}

/** The second moment comes at most so long after the first. */
function soonAfter(lane: LaneFacts, from: Moment, to: Moment, atMost: number, t: number): Outcome {
  const [one, two] = [entryOf(lane, from, t), entryOf(lane, to, t)];
  if (!one) return { ...nothingYet, verdict: openUntilEnd(lane, t) };
  const us = (two?.t ?? t) - one.t;
  const value = { kind: 'time', us, expected: false } as const;
  const late = us > atMost;
  const verdict = late ? 'no' : two ? 'yes' : openUntilEnd(lane, t);
  return { ...nothingYet, verdict, progress: two && !late ? 1 : 0.5, value, witness: two ?? one };
}

function startsBefore(lane: LaneFacts, who: Who, at: number, t: number): Outcome {
  const start = firstEntry(lane, chosen(lane, who), 'running', t);
  if (!start) return { ...nothingYet, verdict: t >= at || isOver(lane, t) ? 'no' : 'open' };
  const good = start.t < at;
  const value = { kind: 'time', us: start.t, expected: false } as const;
  return {
    ...nothingYet,
    verdict: good ? 'yes' : 'no',
    progress: good ? 1 : 0,
    value,
    witness: start,
  };
}

function countNow(lane: LaneFacts, pred: Extract<Pred, { kind: 'count' }>, t: number): number {
  const is = (state: string | undefined): boolean =>
    state !== undefined && (pred.is === null || state === pred.is);
  if (pred.of === 'dag_runs') {
    return lane.dagRuns.filter((run) => is(spanAt(run.spans, t)?.state)).length;
  }
  return chosen(lane, pred.who).filter((ti) => is(spanAt(ti.spans, t)?.state)).length;
}

/** The most that were in the state at once by `t`. */
export function peakOf(lane: LaneFacts, who: Who, is: string, t: number): number {
  const spans = chosen(lane, who).flatMap((ti) =>
    ti.spans.filter((span) => span.state === is && span.from <= t),
  );
  const at = spans.map(
    ({ from }) => spans.filter((other) => other.from <= from && other.to > from).length,
  );
  return Math.max(0, ...at);
}

/** Time in the state by `t`, summed over task instances. */
function totalOf(lane: LaneFacts, who: Who, is: string, t: number): number {
  let sum = 0;
  for (const ti of chosen(lane, who)) {
    for (const span of ti.spans) {
      if (span.state === is && span.from < t) sum += Math.min(span.to, t) - span.from;
    }
  }
  return sum;
}

function measured(count: number, bounds: Bounds, lane: LaneFacts, t: number): Outcome {
  return { ...judged(count, bounds, lane, t), value: { kind: 'count', count } };
}

function lasted(us: number, bounds: Bounds, lane: LaneFacts, t: number): Outcome {
  return { ...judged(us, bounds, lane, t), value: { kind: 'time', us, expected: false } };
}

/** A ceiling can still break until the end; a floor is open until it is reached. */
function judged(amount: number, bounds: Bounds, lane: LaneFacts, t: number): Outcome {
  const good = inBounds(amount, bounds);
  const ceiling = bounds.atMost !== undefined || bounds.is !== undefined;
  const sure = isOver(lane, t) || !ceiling;
  const least = bounds.atLeast ?? bounds.is ?? 0;
  const progress = good ? 1 : least > 0 ? Math.min(1, amount / least) : 0;
  return { ...nothingYet, verdict: good && sure ? 'yes' : openUntilEnd(lane, t), progress };
}
