/** One task instance: its states up to a time, its dates, and the moments to step to. */
import { NONE } from './entries.ts';
import { countUntil } from './search.ts';
import type { Timeline } from './timeline.ts';

export interface Span {
  state: string;
  from: number;
  /** Null: still in it. */
  to: number | null;
  tryNumber: number;
}

/** Its states from the creation of the row to `t`, in order. */
export function lifeOf(timeline: Timeline, ti: number, t: number): Span[] {
  const { entries, codes } = timeline;
  const spans: Span[] = [];
  const head = timeline.heads[ti] ?? NONE;
  for (let at = head; at !== NONE && entries.t[at]! <= t; at = entries.next[at]!) {
    const state = codes.tiStates[entries.state[at]!] ?? 'none';
    const last = spans.at(-1);
    if (last && last.state === state) continue;
    if (last) last.to = entries.t[at]!;
    spans.push({ state, from: entries.t[at]!, to: null, tryNumber: entries.tryNumber[at]! });
  }
  return spans;
}

export interface TiDates {
  state: string;
  try_number: number;
  scheduled: number | null;
  queued: number | null;
  start: number | null;
  end: number | null;
  slot: number;
}

const FINISHED = ['success', 'failed', 'skipped', 'upstream_failed', 'removed'];

/** The dates of its last try that began by `t`, as Airflow's columns show them. */
export function datesOf(timeline: Timeline, ti: number, t: number): TiDates | null {
  const life = lifeOf(timeline, ti, t);
  const now = life.at(-1);
  if (!now) return null;
  const last = (state: string): Span | undefined => life.findLast((one) => one.state === state);
  const scheduled = last('scheduled');
  const since = scheduled?.from ?? -Infinity;
  const after = (span: Span | undefined): number | null =>
    span && span.from >= since ? span.from : null;
  const running = last('running');
  const finished = FINISHED.includes(now.state);
  return {
    state: now.state,
    try_number: now.tryNumber,
    scheduled: scheduled?.from ?? null,
    queued: after(last('queued')),
    start: after(running) ?? (finished && !running ? now.from : null),
    end: finished || now.state === 'up_for_retry' ? now.from : null,
    slot: slotAt(timeline, ti, t),
  };
}

/** The last slot line that it held by `t`, -1 when it never did. */
function slotAt(timeline: Timeline, ti: number, t: number): number {
  const { entries } = timeline;
  let slot = NONE;
  for (let at = timeline.heads[ti] ?? NONE; at !== NONE && entries.t[at]! <= t;) {
    if (entries.slot[at] !== NONE) slot = entries.slot[at]!;
    at = entries.next[at]!;
  }
  return slot;
}

/** Time of the next (or previous) change of one task instance, null when there is none. */
export function stepOf(timeline: Timeline, ti: number, t: number, way: 1 | -1): number | null {
  const { entries } = timeline;
  let found: number | null = null;
  for (let at = timeline.heads[ti] ?? NONE; at !== NONE; at = entries.next[at]!) {
    const time = entries.t[at]!;
    if (way === 1 && time > t) return time;
    if (way === -1 && time < t) found = time;
  }
  return found;
}

/** The same over the whole lane. */
export function stepInLane(timeline: Timeline, t: number, way: 1 | -1): number | null {
  return neighbour(timeline.entries.t, timeline.entries.length, t, way);
}

export function stepOfLoop(timeline: Timeline, t: number, way: 1 | -1): number | null {
  return neighbour(timeline.loops, timeline.loops.length, t, way);
}

function neighbour(times: ArrayLike<number>, count: number, t: number, way: 1 | -1): number | null {
  if (way === 1) {
    const at = countUntil(times, t, count);
    return at < count ? times[at]! : null;
  }
  let at = countUntil(times, t, count) - 1;
  while (at >= 0 && times[at]! >= t) at--;
  return at >= 0 ? times[at]! : null;
}
