/** Answers about one moment of a lane: the Why of a task instance, and the rows of its table. */
import type { LaneInfo } from '../../explain/frame.ts';
import { datesOf, lifeOf } from '../../explain/life.ts';
import { podName } from '../../explain/podName.ts';
import { deletedAt, runKey, unexpandedAt } from '../../explain/snapshot.ts';
import type { GateSeen, RowSeen, WhySeen } from '../protocol.ts';
import type { LaneRun } from './laneRun.ts';

const WAITING = ['none', 'scheduled', 'queued', 'up_for_reschedule', 'deferred', 'awaiting_input'];
/** So many rows at most are asked for their reason: each asks the engine at that time. */
const REASONS_UP_TO = 500;

export function whyAt(lane: LaneRun, ti: number, t: number): WhySeen | null {
  const life = lifeOf(lane.timeline, ti, t);
  const now = life.at(-1);
  if (!now || !lane.info) return null;
  const question = questionOf(now.state);
  const waits = question === 'waiting' || question === 'retrying';
  const gates = waits ? lane.gatesAt(ti, t).map((gate) => dated(gate, now.from)) : [];
  const causes = question === 'failed' || question === 'skipped';
  return {
    lane: lane.lane.id,
    ti,
    t,
    question,
    state: now.state,
    tryNumber: now.tryNumber,
    headline: gates.find((gate) => gate.result === 'holds')?.reason ?? null,
    gates,
    life,
    causes: causes ? lane.causesAt(ti, t) : [],
  };
}

/** A gate that does not know since when it holds has done so for the whole state. */
function dated(gate: GateSeen, since: number): GateSeen {
  return gate.reason.since >= 0 ? gate : { ...gate, reason: { ...gate.reason, since } };
}

function questionOf(state: string): WhySeen['question'] {
  if (state === 'success') return 'succeeded';
  if (state === 'failed' || state === 'upstream_failed') return 'failed';
  if (state === 'skipped' || state === 'removed') return 'skipped';
  if (state === 'up_for_retry') return 'retrying';
  return state === 'running' || state === 'restarting' ? 'running' : 'waiting';
}

export function rowsAt(lane: LaneRun, t: number): RowSeen[] {
  const { info, timeline } = lane;
  if (!info) return [];
  const rows: RowSeen[] = [];
  const unexpanded = new Set(unexpandedAt(timeline, t));
  const deleted = deletedAt(timeline, info, t);
  const askReasons = timeline.taskInstances <= REASONS_UP_TO;
  for (let ti = 0; ti < timeline.taskInstances; ti++) {
    const row = rowAt(lane, info, ti, t);
    if (!row) break;
    if (deleted.size > 0 && deleted.has(runKey(row))) continue;
    if (unexpanded.has(ti)) row.map_index = -1;
    if (askReasons && WAITING.includes(row.state)) {
      const held = lane.gatesAt(ti, t).find((gate) => gate.result === 'holds');
      row.reason = held?.reason ?? null;
    }
    rows.push(row);
  }
  return rows;
}

function rowAt(lane: LaneRun, info: LaneInfo, ti: number, t: number): RowSeen | null {
  const dates = datesOf(lane.timeline, ti, t);
  const label = info.labels[ti];
  if (!dates || !label) return null;
  const { slot, ...columns } = dates;
  const place = groupOf(info, slot);
  const isPod = place !== null && info.executor === 'kubernetes';
  const hostname = isPod ? podName(label, columns.try_number) : place;
  return { ti, ...label, ...columns, hostname, reason: null };
}

/** Name of the worker, node or process group that owns a slot line. */
function groupOf(info: LaneInfo, slot: number): string | null {
  if (slot < 0) return null;
  let first = 0;
  for (const group of info.slotGroups) {
    first += group.slots;
    if (slot < first) return group.name;
  }
  return null;
}
