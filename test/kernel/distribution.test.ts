import { expect, test } from 'vitest';
import fc from 'fast-check';
import { makeSampler, sampleOnce, unit } from '../../src/kernel/index.ts';
import type { Distribution, Sampler } from '../../src/kernel/index.ts';
import { exp, ln, normalQuantile } from '../../src/kernel/deterministicMath.ts';

const SECOND = 1_000_000;

function relative(actual: number, expected: number): number {
  return expected === 0 ? Math.abs(actual) : Math.abs(actual / expected - 1);
}

test('ln: 5e-324 to 1.8e308 -> within 1e-13 of the built-in one', () => {
  const any = fc.double({ min: Number.MIN_VALUE, max: Number.MAX_VALUE, noNaN: true });
  fc.assert(
    fc.property(any, (x) => {
      expect(Math.abs(ln(x) - Math.log(x))).toBeLessThan(
        1e-13 * Math.max(1, Math.abs(Math.log(x))),
      );
    }),
    { numRuns: 2000 },
  );
  // Near 1, where the result is small, by relative error.
  for (let i = 1; i < 1000; i++)
    expect(relative(ln(1 + i / 1e4), Math.log(1 + i / 1e4))).toBeLessThan(1e-12);
  expect([ln(1), ln(0), ln(Infinity), ln(-1)]).toEqual([0, -Infinity, Infinity, NaN]);
});

test('exp: -700 to 709 -> within 1e-12 of the built-in one', () => {
  fc.assert(
    fc.property(fc.double({ min: -700, max: 709, noNaN: true }), (x) => {
      expect(relative(exp(x), Math.exp(x))).toBeLessThan(1e-12);
    }),
    { numRuns: 2000 },
  );
  expect([exp(0), exp(800), exp(-800), exp(NaN)]).toEqual([1, Infinity, 0, NaN]);
  expect(Math.abs(exp(-740) - Math.exp(-740))).toBeLessThan(1e-320);
});

/** Normal distribution function by Simpson's rule from 0. */
function normalBelow(z: number): number {
  const steps = 2000;
  const h = z / steps;
  let sum = 0;
  for (let i = 0; i <= steps; i++) {
    const weight = i === 0 || i === steps ? 1 : i % 2 === 1 ? 4 : 2;
    sum += weight * Math.exp(-((i * h) ** 2) / 2);
  }
  return 0.5 + (sum * h) / 3 / Math.sqrt(2 * Math.PI);
}

test('normalQuantile: p -> the normal distribution function leads back to p', () => {
  for (const p of [1e-12, 1e-9, 1e-4, 0.02, 0.075, 0.3, 0.5, 0.8, 0.925, 0.999, 1 - 1e-9]) {
    expect(normalBelow(normalQuantile(p))).toBeCloseTo(p, 12);
  }
  expect(relative(normalQuantile(0.975), 1.959963984540054)).toBeLessThan(1e-14);
  // Below exp(-25) the third pair of polynomials works: value from tables.
  expect(relative(normalQuantile(1e-15), -7.941345326170998)).toBeLessThan(1e-12);
});

const span = fc.integer({ min: 1, max: 3600 * SECOND });
const simple: fc.Arbitrary<Distribution> = fc.oneof(
  span.map((value) => ({ kind: 'constant', value }) as const),
  fc.tuple(span, span).map(([min, more]) => ({ kind: 'uniform', min, max: min + more }) as const),
  fc
    .tuple(span, fc.nat(SECOND), fc.nat(SECOND))
    .map(([min, x, y]) => ({ kind: 'triangular', min, mode: min + x, max: min + x + y }) as const),
  fc.tuple(span, span).map(([mean, min]) => ({ kind: 'exponential', mean, min }) as const),
  fc
    .tuple(span, fc.double({ min: 0, max: 3, noNaN: true }))
    .map(([median, sigma]) => ({ kind: 'lognormal', median, sigma }) as const),
  fc
    .array(span, { minLength: 1, maxLength: 50 })
    .map((samples) => ({ kind: 'empirical', samples }) as const),
);
const u = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

function sampler(distribution: Distribution): Sampler {
  const made = makeSampler(distribution);
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  return made.value;
}

test('samplers: larger u -> no smaller value; whole microseconds, never negative', () => {
  fc.assert(
    fc.property(simple, fc.array(u, { minLength: 2 }), (distribution, us) => {
      const sample = sampler(distribution);
      const seam = [1 / 1024, 1023 / 1024, 1 - 2 ** -53].flatMap((x) => [x - 1e-9, x]);
      const values = [0, ...us, ...seam].sort((a, b) => a - b).map(sample);
      values.forEach((value, i) => {
        expect(Number.isSafeInteger(value) && value >= 0).toBe(true);
        if (i > 0) expect(value).toBeGreaterThanOrEqual(values[i - 1]!);
      });
    }),
    { numRuns: 300 },
  );
});

/** Mean and the share below each decile of 200,000 draws. */
function meanOf(distribution: Distribution): number {
  const sample = sampler(distribution);
  let sum = 0;
  for (let i = 0; i < 200_000; i++) sum += sample(unit(5, i, 0, 0, 0));
  return sum / 200_000;
}

test('samplers: 200,000 draws -> the mean that the formula gives, within 1 %', () => {
  const mean = 60 * SECOND;
  const sigma = 0.8;
  expect(relative(meanOf({ kind: 'exponential', mean }), mean)).toBeLessThan(0.01);
  expect(
    relative(meanOf({ kind: 'lognormal', median: mean, sigma }), mean * Math.exp(sigma ** 2 / 2)),
  ).toBeLessThan(0.01);
  expect(relative(meanOf({ kind: 'uniform', min: 0, max: 2 * mean }), mean)).toBeLessThan(0.01);
  const triangle = { kind: 'triangular', min: 0, mode: mean, max: 5 * mean } as const;
  expect(relative(meanOf(triangle), 2 * mean)).toBeLessThan(0.01);
});

test('tables: the middle of any bin -> within 0.3 % of the exact quantile', () => {
  const median = 60 * SECOND;
  const log = sampler({ kind: 'lognormal', median, sigma: 0.5 });
  const wait = sampler({ kind: 'exponential', mean: median });
  for (let bin = 1; bin < 1023; bin++) {
    const p = (bin + 0.5) / 1024;
    const exact = median * Math.exp(0.5 * normalQuantile(p));
    if (bin > 8 && bin < 1015) expect(relative(log(p), exact)).toBeLessThan(0.003);
    else expect(relative(log(p), exact)).toBeLessThan(0.03);
    if (bin > 8 && bin < 1015)
      expect(relative(wait(p), -median * Math.log(1 - p))).toBeLessThan(0.003);
  }
  // The last bin is exact: one draw in a million.
  expect(relative(wait(1 - 1e-6), median * 13.815510558)).toBeLessThan(1e-9);
});

test('empirical: measured values -> lowest, median, highest as measured', () => {
  const sample = sampler({ kind: 'empirical', samples: [9, 1, 5, 3, 7].map((s) => s * SECOND) });
  expect([sample(0), sample(0.5), sample(1 - 2 ** -53)]).toEqual([1, 5, 9].map((s) => s * SECOND));
  expect(sample(0.375)).toBe(4 * SECOND);
});

test('choice: weights 9 to 1 -> nine tenths of all draws from the first', () => {
  const slow: Distribution = { kind: 'uniform', min: 100, max: 200 };
  const options = [
    { weight: 9, of: { kind: 'constant', value: 10 } },
    { weight: 1, of: slow },
  ] as const;
  const sample = sampler({ kind: 'choice', options });
  expect([sample(0), sample(0.89), sample(0.9001)]).toEqual([10, 10, 100]);
  expect(sample(0.95)).toBe(150);
  expect(sample(1 - 2 ** -53)).toBe(200);
});

test('lognormal: max -> nothing beyond; sigma 10 -> at most 100 years', () => {
  const cut = sampler({ kind: 'lognormal', median: 10, sigma: 5, max: 50 });
  expect(cut(0.999)).toBe(50);
  const wild = sampler({ kind: 'lognormal', median: 3600 * SECOND, sigma: 10 });
  expect(wild(1 - 2 ** -53)).toBe(100 * 365 * 86_400 * SECOND);
});

test('parameters: bad ones -> problems that name the field', () => {
  const fields = (distribution: Distribution): (string | undefined)[] => {
    const made = makeSampler(distribution, 'duration');
    return made.ok ? [] : made.error.map(({ where }) => where?.field);
  };
  expect(fields({ kind: 'constant', value: -1 })).toEqual(['duration.value']);
  expect(fields({ kind: 'uniform', min: 5, max: 4 })).toEqual(['duration.max']);
  expect(fields({ kind: 'triangular', min: 5, mode: 4, max: 3 })).toEqual([
    'duration.mode',
    'duration.max',
  ]);
  expect(fields({ kind: 'exponential', mean: NaN })).toEqual(['duration.mean']);
  expect(fields({ kind: 'lognormal', median: 0, sigma: 99 })).toEqual([
    'duration.median',
    'duration.sigma',
  ]);
  expect(fields({ kind: 'empirical', samples: [] })).toEqual(['duration.samples']);
  expect(fields({ kind: 'choice', options: [] })).toEqual(['duration.options']);
  const of: Distribution = { kind: 'constant', value: Infinity };
  expect(fields({ kind: 'choice', options: [{ weight: 1, of }] })).toEqual([
    'duration.options[0].of.value',
  ]);
  expect(() => sampleOnce(of, 0.5)).toThrow('bad distribution');
  expect(sampleOnce({ kind: 'constant', value: 2.6 }, 0.5)).toBe(3);
});
