/**
 * The sentence above the lanes: who leads, and what is certain about why. Codes, not words; lanes
 * (`lane`, `other`) by their ids.
 */
import type { LaneInfo, LaneSnapshot } from './frame.ts';

export interface VerdictLane {
  readonly info: LaneInfo;
  readonly snapshot: LaneSnapshot;
  /** Median time from slot to running code, microseconds; null before any. */
  readonly startup: number | null;
}

export interface Sentence {
  code: string;
  params: Record<string, string | number>;
}

export type VerdictOf = Sentence & { because: Sentence | null };

const sentence = (code: string, params: Sentence['params'] = {}): Sentence => ({ code, params });

export function verdictOf(lanes: readonly VerdictLane[], computing: boolean, t: number): VerdictOf {
  const first = lanes[0];
  if (!first) return { ...sentence('computing'), because: null };
  const total = Math.max(...lanes.map((lane) => lane.snapshot.total));
  if (total === 0) return { ...sentence(computing ? 'computing' : 'nothing'), because: null };
  if (t <= 0) return { ...sentence('start', { total }), because: null };
  const stuck = lanes.find((lane) => isStuck(lane, computing, t));
  if (stuck) return { ...stuckSentence(stuck), because: null };
  if (lanes.length === 1) return { ...single(first, t), because: null };
  return several(lanes, total, t);
}

function isDone({ info }: VerdictLane, t: number): boolean {
  return info.makespan !== null && t >= info.makespan;
}

function isStuck({ info, snapshot }: VerdictLane, computing: boolean, t: number): boolean {
  if (computing || info.makespan !== null || t < info.end) return false;
  return snapshot.finished < snapshot.total;
}

function stuckSentence({ info, snapshot }: VerdictLane): Sentence {
  const waiting = snapshot.total - snapshot.finished - snapshot.slotsWorking;
  return sentence('stuck', { lane: info.id, waiting });
}

function single(lane: VerdictLane, t: number): Sentence {
  const { info, snapshot } = lane;
  const params = { lane: info.id, total: snapshot.total };
  if (isDone(lane, t)) return sentence('single_done', { ...params, time_us: info.makespan ?? 0 });
  return sentence('single', { ...params, finished: snapshot.finished });
}

function several(lanes: readonly VerdictLane[], total: number, t: number): VerdictOf {
  const done = lanes.filter((lane) => isDone(lane, t)).sort(byMakespan);
  const best = done[0];
  if (best && done.length === lanes.length) return allDone(best, done.at(-1) ?? best);
  if (best) {
    const params = { lane: best.info.id, time_us: best.info.makespan ?? 0 };
    return { ...sentence('first_done', params), because: becauseOf(best, lanes) };
  }
  const ranked = lanes.toSorted((a, b) => b.snapshot.finished - a.snapshot.finished);
  const [leader, second] = ranked;
  if (!leader || !second) return { ...sentence('computing'), because: null };
  const { finished } = leader.snapshot;
  const level = ranked.filter((lane) => lane.snapshot.finished === finished);
  if (level.length === lanes.length) {
    return { ...sentence('level', { finished, total }), because: null };
  }
  const params = { lane: leader.info.id, finished, total };
  if (level.length > 1) {
    return { ...sentence('tied', { ...params, other: second.info.id }), because: null };
  }
  return { ...sentence('leads', params), because: becauseOf(leader, lanes) };
}

function byMakespan(a: VerdictLane, b: VerdictLane): number {
  return (a.info.makespan ?? Infinity) - (b.info.makespan ?? Infinity);
}

function allDone(best: VerdictLane, last: VerdictLane): VerdictOf {
  const time_us = best.info.makespan ?? 0;
  const other_us = last.info.makespan ?? 0;
  if (time_us === other_us) return { ...sentence('all_done_level', { time_us }), because: null };
  const params = { lane: best.info.id, time_us, other: last.info.id, other_us };
  return { ...sentence('all_done', params), because: becauseOf(best, [best, last]) };
}

/** More slots that are slow to start; else more slots; else one at a time; else nothing is said. */
function becauseOf(leader: VerdictLane, lanes: readonly VerdictLane[]): Sentence | null {
  const others = lanes.filter((lane) => lane !== leader);
  const larger = others.find((lane) => lane.info.slots > leader.info.slots);
  if (larger) return startupOf(larger, leader);
  const next = others.toSorted((a, b) => b.snapshot.finished - a.snapshot.finished)[0];
  if (!next) return null;
  if (next.info.executor === 'sequential') {
    return sentence('one_at_a_time', { lane: next.info.id });
  }
  if (next.info.slots === leader.info.slots) return startupOf(next, leader);
  return sentence('more_slots', slotsOf(leader, next));
}

function startupOf(lane: VerdictLane, leader: VerdictLane): Sentence | null {
  const startup_us = lane.startup;
  if (lane.info.executor !== 'kubernetes' || startup_us === null) return null;
  if (startup_us <= 2 * (leader.startup ?? 0)) return null;
  const more = lane.info.slots > leader.info.slots;
  if (!more) return sentence('pod_start', { lane: lane.info.id, startup_us });
  return sentence('startup', { ...slotsOf(lane, leader), startup_us });
}

function slotsOf(lane: VerdictLane, other: VerdictLane): Sentence['params'] {
  return { lane: lane.info.id, slots: lane.info.slots, other_slots: other.info.slots };
}
