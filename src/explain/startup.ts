/** How long it takes from a slot to running user code, over the moves of a lane. */
import { NONE } from './entries.ts';
import { STAGE } from './stageOf.ts';
import type { Timeline } from './timeline.ts';

/** Median of the starting zone of all tries that left it, microseconds; null when none did. */
export function medianStartup(timeline: Timeline): number | null {
  const { entries } = timeline;
  const spans: number[] = [];
  for (let at = 0; at < entries.length; at++) {
    if (entries.stage[at] !== STAGE.working) continue;
    let from = entries.prev[at]!;
    if (from === NONE || entries.stage[from] !== STAGE.starting) continue;
    for (let p = entries.prev[from]!; p !== NONE && entries.stage[p] === STAGE.starting;) {
      from = p;
      p = entries.prev[p]!;
    }
    spans.push(entries.t[at]! - entries.t[from]!);
  }
  if (spans.length === 0) return null;
  const sorted = Float64Array.from(spans).sort();
  return sorted[(sorted.length - 1) >> 1] ?? null;
}
