/** Shapes of the waiting task instances over time. */
import { area, line } from 'd3-shape';
import type { LaneModel, LaneSeries } from '../../app/model.ts';

export interface Frame {
  /** Pixels of the axis, and the time at its right edge. */
  inner: number;
  axis: number;
  /** Most that wait in any lane: all rows have the same scale. */
  peak: number;
  height: number;
}

export interface WaitingShape {
  scheduled: string;
  queued: string;
  /** Upper edge of both together. */
  line: string;
}

export function peakOf(lanes: readonly Pick<LaneModel, 'series'>[]): number {
  let peak = 1;
  for (const { series } of lanes) {
    const length = series?.t.length ?? 0;
    for (let at = 0; at < length; at++) {
      peak = Math.max(peak, (series?.scheduled[at] ?? 0) + (series?.queued[at] ?? 0));
    }
  }
  return peak;
}

/** `queued` at the bottom, `scheduled` on it. What lies beyond the axis is left out. */
export function areasOf(series: LaneSeries, frame: Frame): WaitingShape {
  const { inner, axis, peak, height } = frame;
  const points: number[] = [];
  for (let at = 0; at < series.t.length; at++) {
    points.push(at);
    if ((series.t[at] ?? 0) > axis) break;
  }
  const x = (at: number): number => Math.min(inner, ((series.t[at] ?? 0) / axis) * inner);
  const queued = (at: number): number => (-(series.queued[at] ?? 0) / peak) * height;
  const both = (at: number): number => queued(at) - ((series.scheduled[at] ?? 0) / peak) * height;
  const shape = area<number>().x(x).digits(1);
  return {
    queued: shape.y0(0).y1(queued)(points) ?? '',
    scheduled: shape.y0(queued).y1(both)(points) ?? '',
    line: line<number>().x(x).y(both).digits(1)(points) ?? '',
  };
}
