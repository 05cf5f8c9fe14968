/** Distributions as people write them (seconds) turned into samplers of whole microseconds. */
import { assert } from '../../base/assert.ts';
import type { Problem, Result } from '../../base/result.ts';
import { map } from '../../base/result.ts';
import { US_PER_SECOND } from '../../base/time.ts';
import { makeSampler, type Distribution } from '../../kernel/index.ts';
import type { DistributionSpec } from '../scenario.ts';

export interface Sampler {
  /** The one value it ever gives, in microseconds; -1 when it must be drawn. */
  readonly constant: number;
  /** u in [0, 1) to whole microseconds. */
  readonly draw: (u: number) => number;
}

/** Problems name `field` (`behaviour.rules[2].duration`). */
function parseSampler(spec: DistributionSpec, field: string): Result<Sampler> {
  const distribution = distributionOf(spec);
  return map(makeSampler(distribution, field), (draw) => ({
    constant: distribution.kind === 'constant' ? draw(0) : -1,
    draw,
  }));
}

/** For a distribution that was checked before. */
export function samplerOf(spec: DistributionSpec): Sampler {
  const result = parseSampler(spec, '');
  assert(result.ok, 'bad distribution', { spec });
  return result.value;
}

export function distributionProblems(spec: DistributionSpec, field: string): readonly Problem[] {
  const result = parseSampler(spec, field);
  return result.ok ? [] : result.error;
}

function distributionOf(spec: DistributionSpec): Distribution {
  if (typeof spec === 'number') return { kind: 'constant', value: us(spec) };
  switch (spec.kind) {
    case 'uniform':
      return { kind: 'uniform', min: us(spec.min_s), max: us(spec.max_s) };
    case 'exponential':
      return { kind: 'exponential', mean: us(spec.mean_s) };
    case 'lognormal':
      return { kind: 'lognormal', median: us(spec.median_s), sigma: spec.sigma };
    case 'empirical':
      return { kind: 'empirical', samples: spec.values_s.map(us) };
    case 'choice':
      return {
        kind: 'choice',
        options: spec.of.map(({ p, value_s }) => ({
          weight: p,
          of: { kind: 'constant', value: us(value_s) },
        })),
      };
  }
}

function us(seconds: number): number {
  return seconds * US_PER_SECOND;
}
