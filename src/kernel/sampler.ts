/**
 * Sampling from distributions. A sampler turns a number u in [0, 1) (see random.ts) into a whole
 * number of microseconds: the u-quantile. It rises with u, so two runs that draw the same u stay
 * comparable when only the parameters differ.
 *
 * Curved quantiles come from a table of 1,024 bins with straight lines between; the first and the
 * last bin, where a line would be wrong, use the exact formula.
 */
import { assert, must, unreachable } from '../base/assert.ts';
import { err, ok } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import { exp, ln, normalQuantile } from './deterministicMath.ts';
import { DURATION_MAX, checkDistribution } from './distribution.ts';
import type { Distribution, Option } from './distribution.ts';

/** u in [0, 1) to whole microseconds, never negative. */
export type Sampler = (u: number) => number;

const BINS = 1024;
/** Checks the parameters and prepares the tables. `field`: path to them, for messages. */
export function makeSampler(distribution: Distribution, field = ''): Result<Sampler> {
  const problems = checkDistribution(distribution, field);
  return problems.length > 0 ? err(problems) : ok(samplerOf(distribution));
}

function samplerOf(distribution: Distribution): Sampler {
  if (distribution.kind === 'choice') return choice(distribution.options);
  const quantile = quantileOf(distribution);
  return (u) => whole(quantile(u));
}

function whole(value: number): number {
  return Math.floor(Math.min(Math.max(value, 0), DURATION_MAX) + 0.5);
}

type Simple = Exclude<Distribution, { kind: 'choice' }>;

function quantileOf(d: Simple): Sampler {
  switch (d.kind) {
    case 'constant':
      return () => d.value;
    case 'uniform':
      return (u) => d.min + (d.max - d.min) * u;
    case 'triangular':
      return triangular(d.min, d.mode, d.max);
    case 'exponential':
      return tabled((u) => (d.min ?? 0) - d.mean * ln(1 - u));
    case 'lognormal':
      return tabled(lognormal(d.median, d.sigma, d.max ?? Infinity));
    case 'empirical':
      return empirical(d.samples);
    default:
      return unreachable(d);
  }
}

function triangular(min: number, mode: number, max: number): Sampler {
  const span = max - min;
  if (span === 0) return () => min;
  const split = (mode - min) / span;
  return (u) =>
    u < split
      ? min + Math.sqrt(u * span * (mode - min))
      : max - Math.sqrt((1 - u) * span * (max - mode));
}

function lognormal(median: number, sigma: number, max: number): Sampler {
  return (u) => (u === 0 ? 0 : Math.min(max, median * exp(sigma * normalQuantile(u))));
}

/** The same function from a table, except in the first and the last bin. */
function tabled(quantile: Sampler): Sampler {
  const table = new Float64Array(BINS);
  for (let i = 1; i < BINS; i++) table[i] = quantile(i / BINS);
  return (u) => {
    const place = u * BINS;
    const bin = Math.floor(place);
    if (bin <= 0 || bin >= BINS - 1) return quantile(u);
    const low = table[bin]!;
    return low + (table[bin + 1]! - low) * (place - bin);
  };
}

function empirical(samples: readonly number[]): Sampler {
  const sorted = Float64Array.from(samples).sort();
  const last = sorted.length - 1;
  return (u) => {
    const place = u * last;
    const at = Math.floor(place);
    const low = sorted[at]!;
    return low + (sorted[Math.min(at + 1, last)]! - low) * (place - at);
  };
}

function choice(options: readonly Option[]): Sampler {
  const total = options.reduce((sum, option) => sum + option.weight, 0);
  const samplers = options.map(({ of }) => samplerOf(of));
  return (u) => {
    let rest = u * total;
    for (let i = 0; i < options.length; i++) {
      const { weight } = must(options[i], 'option');
      // What is left of u within its share serves the chosen part: one draw for both.
      if (rest < weight) return must(samplers[i], 'part')(Math.min(rest / weight, LAST_UNIT));
      rest -= weight;
    }
    return must(samplers.at(-1), 'part')(LAST_UNIT);
  };
}

/** The largest draw, 1 - 2^-53. */
const LAST_UNIT = 1 - 1 / 0x20000000000000;

/** One whole number of microseconds; for a distribution that is known to be right. */
export function sampleOnce(distribution: Distribution, u: number): number {
  const sampler = makeSampler(distribution);
  assert(sampler.ok, 'bad distribution', { kind: distribution.kind });
  return sampler.value(u);
}
