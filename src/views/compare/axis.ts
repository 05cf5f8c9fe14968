/** Arithmetic of the time line. Times are simulated microseconds. */
import type { LaneModel } from '../../app/model.ts';

const STEPS_S = [
  1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400,
  172_800, 604_800,
];
const US = 1_000_000;

/**
 * How far the time line reaches: to the longest run that is at most three times the shortest, so
 * that one slow lane does not squeeze the others; the rest ends beyond the edge. It grows with the
 * clock, lane by lane, so that every moment can be reached.
 */
export function axisEnd(ends: readonly number[], t: number): number {
  const sorted = ends.filter((end) => end > 0).sort((a, b) => a - b);
  const shortest = sorted[0];
  if (shortest === undefined) return 60 * US;
  const near = sorted.filter((end) => end <= 3 * shortest);
  const first = near[near.length - 1] ?? shortest;
  const reach = sorted.find((end) => end >= t) ?? t;
  return Math.ceil(Math.max(first, t > first ? reach : 0) * 1.04);
}

/** Round times from 0 to `end`, at most `most` of them. */
export function ticks(end: number, most: number): number[] {
  const wish = end / US / Math.max(1, most);
  const longest = STEPS_S[STEPS_S.length - 1] ?? 1;
  const step = (STEPS_S.find((one) => one >= wish) ?? Math.ceil(wish / longest) * longest) * US;
  return Array.from({ length: Math.floor(end / step) + 1 }, (_, at) => at * step);
}

/** A move of the play head by keys: one or ten per cent of the axis, or its ends. */
export function keyMove(key: string, t: number, axis: number, end: number): number | null {
  const step: Record<string, number> = {
    ArrowLeft: -0.01,
    ArrowDown: -0.01,
    ArrowRight: 0.01,
    ArrowUp: 0.01,
    PageDown: -0.1,
    PageUp: 0.1,
  };
  if (key === 'Home') return 0;
  if (key === 'End') return end;
  const part = step[key];
  return part === undefined ? null : Math.round(Math.min(end, Math.max(0, t + part * axis)));
}

/** Ends of all lanes; 0 while a lane has none. */
export function endsOf(lanes: readonly Pick<LaneModel, 'info'>[]): number[] {
  return lanes.map((lane) => lane.info?.end ?? 0);
}
