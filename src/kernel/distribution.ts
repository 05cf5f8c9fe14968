/**
 * Distributions of durations as plain data, and the check that one is usable. All values are
 * microseconds. Sampling: sampler.ts.
 */
import { problem } from '../base/result.ts';
import type { Problem } from '../base/result.ts';

export type Distribution =
  | { readonly kind: 'constant'; readonly value: number }
  | { readonly kind: 'uniform'; readonly min: number; readonly max: number }
  | {
      readonly kind: 'triangular';
      readonly min: number;
      readonly mode: number;
      readonly max: number;
    }
  /** `min` plus an exponential waiting time of the given mean. */
  | { readonly kind: 'exponential'; readonly mean: number; readonly min?: number }
  /** exp(ln median + sigma z); cut at `max` if given. */
  | {
      readonly kind: 'lognormal';
      readonly median: number;
      readonly sigma: number;
      readonly max?: number;
    }
  /** Measured values; between neighbours in rank the quantile is a straight line. */
  | { readonly kind: 'empirical'; readonly samples: readonly number[] }
  /** One of several, by weight, in the given order: order them by size to keep u monotone. */
  | { readonly kind: 'choice'; readonly options: readonly Option[] };

export interface Option {
  readonly weight: number;
  readonly of: Distribution;
}

/** Longest duration that may come out: 100 years. The tail of a lognormal knows no shame. */
export const DURATION_MAX = 100 * 365 * 86_400 * 1_000_000;

/** Everything that is wrong with the parameters; `field` is the path to them, for messages. */
export function checkDistribution(d: Distribution, field = ''): Problem[] {
  const own = rulesOf(d)
    .filter(([, , holds]) => !holds)
    .map(([name, rule]) => {
      const path = field === '' ? name : `${field}.${name}`;
      return problem('distribution_parameter', { kind: d.kind, name, rule }, { field: path });
    });
  if (d.kind !== 'choice') return own;
  return [...own, ...d.options.flatMap(({ of }, i) => checkDistribution(of, partField(field, i)))];
}

function partField(field: string, i: number): string {
  return `${field === '' ? '' : `${field}.`}options[${i}].of`;
}

type Rule = readonly [name: string, rule: string, holds: boolean];
type Kind = Distribution['kind'];
type Of<K extends Kind> = Extract<Distribution, { readonly kind: K }>;

const rules: { readonly [K in Kind]: (d: Of<K>) => Rule[] } = {
  constant: (d) => [['value', '>= 0', isSpan(d.value)]],
  uniform: (d) => [
    ['min', '>= 0', isSpan(d.min)],
    ['max', '>= min', isSpan(d.max) && d.max >= d.min],
  ],
  triangular: (d) => [
    ['min', '>= 0', isSpan(d.min)],
    ['mode', '>= min', isSpan(d.mode) && d.mode >= d.min],
    ['max', '>= mode', isSpan(d.max) && d.max >= d.mode],
  ],
  exponential: (d) => [
    ['mean', '> 0', isSpan(d.mean) && d.mean > 0],
    ['min', '>= 0', isSpan(d.min ?? 0)],
  ],
  lognormal: (d) => [
    ['median', '> 0', isSpan(d.median) && d.median > 0],
    ['sigma', '0 to 10', d.sigma >= 0 && d.sigma <= 10],
    ['max', '> 0', d.max === undefined || (isSpan(d.max) && d.max > 0)],
  ],
  empirical: (d) => [
    ['samples', 'at least one, each >= 0', d.samples.length > 0 && d.samples.every(isSpan)],
  ],
  choice: (d) => [['options', 'at least one, each weight > 0', areWeighty(d.options)]],
};

function rulesOf<K extends Kind>(d: Of<K>): Rule[] {
  return rules[d.kind as K](d);
}

function areWeighty(options: readonly Option[]): boolean {
  return options.length > 0 && options.every(({ weight }) => weight > 0 && weight < Infinity);
}

function isSpan(value: number): boolean {
  return value >= 0 && value <= DURATION_MAX;
}
