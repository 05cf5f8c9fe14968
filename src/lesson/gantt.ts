/** The stairs of a lane: bars of running task instances, one row per slot line. */
import type { LaneFacts, TiFacts } from './facts.ts';
import type { GanttBar } from './viewModel.ts';

/**
 * Rows in the order of the slot lines in use. With one slot every task instance has a row of its
 * own, so that the stair is seen.
 */
export function stairs(lane: LaneFacts): GanttBar[][] {
  const bars = lane.taskInstances.flatMap((ti, index) => barsOf(ti, index, lane.end));
  bars.sort((a, b) => a.bar.from - b.bar.from || a.bar.ti - b.bar.ti);
  const rows = new Map<string, GanttBar[]>();
  for (const { bar, slot } of bars) {
    const key = lane.slots <= 1 ? `ti ${bar.ti}` : `slot ${slot}`;
    rows.set(key, [...(rows.get(key) ?? []), bar]);
  }
  return [...rows.values()];
}

/** A bar per stay in running; its state is the one that came of it. */
function barsOf(ti: TiFacts, index: number, end: number): { bar: GanttBar; slot: number }[] {
  return ti.spans.flatMap((span, at) => {
    if (span.state !== 'running') return [];
    const to = Math.min(span.to, end);
    const work = ti.work.find((one) => one.to > span.from && one.from < to);
    const state = ti.spans[at + 1]?.state ?? 'running';
    const label = ti.map_index < 0 ? ti.task_id : `${ti.task_id}[${ti.map_index}]`;
    return [{ bar: { ti: index, label, state, from: span.from, to }, slot: work?.slot ?? -1 }];
  });
}
