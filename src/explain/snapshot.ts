/** The numbers of a lane at one time, from its moves. Pure: the same log and time, the same numbers. */
import { brokenAt } from './edits.ts';
import type { LaneFrame, LaneInfo, LaneSnapshot } from './frame.ts';
import { countItemsUntil, countUntil } from './search.ts';
import { STAGE } from './stageOf.ts';
import { LONG_LOOP } from './timeline.ts';
import type { Timeline } from './timeline.ts';

export function snapshotOf(timeline: Timeline, frame: LaneFrame, info: LaneInfo): LaneSnapshot {
  const counts = countStates(timeline, frame);
  const { finished } = timeline.numbers;
  const done = counts.reduce((sum, n, state) => sum + (finished[state] === 1 ? n : 0), 0);
  const slots = { working: 0, starting: 0 };
  for (let ti = 0; ti < frame.count; ti++) {
    if (frame.stage[ti] === STAGE.working) slots.working++;
    else if (frame.stage[ti] === STAGE.starting) slots.starting++;
  }
  return {
    t: frame.t,
    counts,
    finished: done,
    total: Math.max(info.total, frame.count),
    slotsWorking: slots.working,
    slotsStarting: slots.starting,
    slots: info.slots,
    groups: groupsAt(frame, info),
    broken: brokenAt(timeline, info.faults, frame.t),
    waitP95: waitPercentile(timeline, frame.t, 95),
    unexpanded: unexpandedAt(timeline, frame.t),
    loop: loopAt(timeline, frame.t),
    dagRuns: runsAt(timeline, frame.t, info),
  };
}

/** Who works and who starts on the lines of each slot group. */
function groupsAt(frame: LaneFrame, { slotGroups }: LaneInfo): LaneSnapshot['groups'] {
  const groups = slotGroups.map(() => ({ working: 0, starting: 0 }));
  const ends: number[] = [];
  for (const { slots } of slotGroups) ends.push((ends.at(-1) ?? 0) + slots);
  for (let ti = 0; ti < frame.count; ti++) {
    const stage = frame.stage[ti];
    if (stage !== STAGE.working && stage !== STAGE.starting) continue;
    const group = groups[countUntil(ends, frame.slot[ti]!)];
    if (group) group[stage === STAGE.working ? 'working' : 'starting']++;
  }
  return groups;
}

/** Placeholders of mapped tasks that exist but become index 0 only later. */
export function unexpandedAt({ expanded, entries, heads }: Timeline, t: number): number[] {
  return expanded
    .filter((one) => t < one.t && entries.t[heads[one.ti]!]! <= t)
    .map((one) => one.ti);
}

/** Runs that are deleted by then, as their task instances are labelled. */
export function deletedAt(timeline: Timeline, info: LaneInfo, t: number): ReadonlySet<string> {
  const gone = [...timeline.deletedRuns].filter(([, at]) => at <= t);
  return new Set(gone.map(([run]) => runKey(info.runs?.[run] ?? { dag_id: '', run_id: '' })));
}

export function runKey({ dag_id, run_id }: { dag_id: string; run_id: string }): string {
  return `${dag_id} ${run_id}`;
}

/** Task instances per state. */
export function countStates(timeline: Timeline, frame: LaneFrame): number[] {
  const counts = timeline.codes.tiStates.map(() => 0);
  for (let ti = 0; ti < frame.count; ti++) counts[frame.state[ti]!]!++;
  return counts;
}

/** Nearest-rank percentile of the waits that had ended by `t`, null while there are none. */
function waitPercentile(timeline: Timeline, t: number, percent: number): number | null {
  const ended = countItemsUntil(timeline.waits, t);
  if (ended === 0) return null;
  const waits = Float64Array.from(timeline.waits.slice(0, ended), (one) => one.wait).sort();
  return waits[Math.ceil((percent / 100) * ended) - 1] ?? null;
}

export function loopAt(timeline: Timeline, t: number): LaneSnapshot['loop'] {
  const begun = countUntil(timeline.loops, t);
  const last = begun === 0 ? 0 : timeline.loops[begun - 1]!;
  const hold = timeline.holds.findLast((one) => one.from <= t);
  if (hold && t < hold.to) return { last, busyUntil: hold.to, blockedSince: hold.from };
  // The newest loop may still be open where the log ends.
  const open = begun === timeline.loops.length && timeline.loopEnd < last;
  const known = t <= timeline.endTime;
  const held = open && known && t - last >= LONG_LOOP;
  return { last, busyUntil: held ? Infinity : t, blockedSince: held ? last : null };
}

const MOST_TICKS = 20;

/** The last loops before `t`, for the ticks of the picture. */
export function ticksAt(timeline: Timeline, t: number): number[] {
  const begun = countUntil(timeline.loops, t);
  return timeline.loops.slice(Math.max(0, begun - MOST_TICKS), begun);
}

function runsAt(timeline: Timeline, t: number, info: LaneInfo): LaneSnapshot['dagRuns'] {
  const rows = new Map<number, LaneSnapshot['dagRuns'][number]>();
  for (const change of timeline.runs) {
    if (change.t > t) break;
    if ((timeline.deletedRuns.get(change.run) ?? Infinity) <= t) continue;
    const state = timeline.codes.runStates[change.state] ?? 'queued';
    const label = info.runs?.[change.run] ?? { dag_id: '', run_id: String(change.run) };
    const row = rows.get(change.run) ?? { ...label, state, start: null, end: null };
    row.state = state;
    if (state === 'running') row.start = change.t;
    row.end = state === 'success' || state === 'failed' ? change.t : null;
    rows.set(change.run, row);
  }
  return [...rows.values()];
}
