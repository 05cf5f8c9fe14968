/** The facts of a lane from its moves, as the log gave them. */
import { NONE } from '../explain/entries.ts';
import { STAGE } from '../explain/stageOf.ts';
import type { LaneInfo } from '../explain/frame.ts';
import type { Timeline } from '../explain/timeline.ts';
import type { LaneFacts, StateSpan, TiFacts } from './facts.ts';

/** `info` as it stands when the run is over; `hash` is that of the whole simulation. */
export function factsOf(timeline: Timeline, info: LaneInfo, hash: string): LaneFacts {
  const runs = info.runs ?? [];
  return {
    lane: info.id,
    executor: info.executor,
    airflow: info.airflow,
    slots: info.slots,
    makespan: info.makespan,
    end: timeline.endTime,
    hash,
    records: timeline.records,
    taskInstances: info.labels.map((label, ti) => ({ ...label, ...lifeOf(timeline, ti) })),
    dagRuns: runs.map((label, run) => ({ ...label, spans: runSpans(timeline, run) })),
    loops: timeline.loops.length,
    holds: timeline.holds.map(({ from, to }) => ({ from, to })),
  };
}

function runSpans(timeline: Timeline, run: number): StateSpan[] {
  const spans: StateSpan[] = [];
  for (const change of timeline.runs) {
    if (change.run !== run) continue;
    const state = timeline.codes.runStates[change.state] ?? 'queued';
    push(spans, { state, from: change.t, to: Infinity, tryNumber: 0, seq: change.seq });
  }
  return spans;
}

function lifeOf(timeline: Timeline, ti: number): Pick<TiFacts, 'spans' | 'work'> {
  const { entries, codes } = timeline;
  const spans: StateSpan[] = [];
  const work: TiFacts['work'] = [];
  for (let at = timeline.heads[ti] ?? NONE; at !== NONE; at = entries.next[at] ?? NONE) {
    const [t = 0, seq = 0, tryNumber = 0] = [entries.t[at], entries.seq[at], entries.tryNumber[at]];
    const state = codes.tiStates[entries.state[at] ?? 0] ?? 'none';
    push(spans, { state, from: t, to: Infinity, tryNumber, seq });
    const open = work.at(-1);
    const works = entries.stage[at] === STAGE.working;
    if (open?.to === Infinity && !works) open.to = t;
    else if (works && open?.to !== Infinity) {
      work.push({ from: t, to: Infinity, slot: entries.slot[at] ?? NONE });
    }
  }
  return { spans, work };
}

/** Joins what is the same state of the same try. */
function push(spans: StateSpan[], span: StateSpan): void {
  const last = spans.at(-1);
  if (last && last.state === span.state && last.tryNumber === span.tryNumber) return;
  if (last) last.to = span.from;
  spans.push(span);
}
