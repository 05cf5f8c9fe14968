/** How many wait and run over the whole of a lane's time, as a few hundred points. */
import type { Timeline } from './timeline.ts';

export interface Series {
  t: Float64Array<ArrayBuffer>;
  scheduled: Float64Array<ArrayBuffer>;
  queued: Float64Array<ArrayBuffer>;
  running: Float64Array<ArrayBuffer>;
}

const SERIES_POINTS = 240;

export function seriesOf(timeline: Timeline, end: number, points = SERIES_POINTS): Series {
  const series = emptySeries(points);
  const { entries, codes } = timeline;
  const states = codes.tiStates;
  const count = new Int32Array(states.length);
  const columns = ['scheduled', 'queued', 'running'] as const;
  let at = 0;
  for (let point = 0; point < points; point++) {
    const t = (end * point) / (points - 1);
    for (; at < entries.length && entries.t[at]! <= t; at++) {
      const before = entries.prev[at]!;
      if (before >= 0) count[entries.state[before]!]!--;
      count[entries.state[at]!]!++;
    }
    series.t[point] = t;
    for (const name of columns) series[name][point] = count[states.indexOf(name)] ?? 0;
  }
  return series;
}

function emptySeries(points: number): Series {
  const column = (): Float64Array<ArrayBuffer> => new Float64Array(points);
  return { t: column(), scheduled: column(), queued: column(), running: column() };
}
