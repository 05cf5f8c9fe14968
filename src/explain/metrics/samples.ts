/** Numbers of a kind, and what people ask of them. Seconds. */
export interface Distribution {
  readonly count: number;
  readonly mean: number;
  readonly min: number;
  readonly p50: number;
  readonly p90: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

/** Nearest rank: the least value that so great a share does not exceed. Null: there are none. */
export function distributionOf(values: readonly number[]): Distribution | null {
  if (values.length === 0) return null;
  const sorted = Float64Array.from(values).sort((a, b) => a - b);
  const count = sorted.length;
  const rank = (share: number): number => sorted[Math.max(0, Math.ceil(share * count) - 1)]!;
  return {
    count,
    mean: sorted.reduce((sum, value) => sum + value, 0) / count,
    min: sorted[0]!,
    p50: rank(0.5),
    p90: rank(0.9),
    p95: rank(0.95),
    p99: rank(0.99),
    max: sorted[count - 1]!,
  };
}

/** How many of something there were over time: mean and most. */
export class Depth {
  private count = 0;
  private since = 0;
  private area = 0;
  private most = 0;

  add(by: number, t: number): void {
    this.area += this.count * (t - this.since);
    this.since = t;
    this.count += by;
    this.most = Math.max(this.most, this.count);
  }

  /** Mean over the time from 0 to `t`. */
  over(t: number): { mean: number; max: number } {
    const area = this.area + this.count * Math.max(0, t - this.since);
    return { mean: t > 0 ? area / t : 0, max: this.most };
  }
}
