/** What a bar of the lesson's chart is at a moment. */
import type { GanttBar, GanttLane } from '../../app/lessonModel.ts';
import { asTiState } from '../states.ts';
import type { TiState } from '../states.ts';

export type BarPart = 'done' | 'now' | 'ahead';

/** A bar that has begun runs until its end and wears its last state from then on. */
export function partOf(bar: GanttBar, t: number): BarPart {
  if (t < bar.from) return 'ahead';
  return t < bar.to ? 'now' : 'done';
}

/** State of a task from its bars (its tries), for the graph. */
export function stateAt(bars: readonly GanttBar[], t: number): TiState {
  let state: TiState = 'none';
  for (const bar of bars) {
    const part = partOf(bar, t);
    if (part === 'now') return 'running';
    if (part === 'done') state = asTiState(bar.state);
  }
  return state;
}

/** Right edge of the chart: everything that ends, is guessed or is a goal, with some air. */
export function chartEnd(lanes: readonly GanttLane[]): number {
  const marks = lanes.flatMap((lane) => [
    lane.end ?? 0,
    lane.guess ?? 0,
    lane.goal ?? 0,
    ...lane.rows.flat().map((bar) => bar.to),
  ]);
  return Math.max(10_000_000, ...marks) * 1.06;
}
