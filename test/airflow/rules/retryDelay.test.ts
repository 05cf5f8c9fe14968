import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { profileOf } from '../../../src/airflow/profile/index.ts';
import { exactPower } from '../../../src/airflow/rules/exactPower.ts';
import {
  applyRetryDecision,
  decideRetry,
  retryDelay,
  type RetryQuery,
} from '../../../src/airflow/rules/index.ts';
import { sha1AsNumber } from '../../../src/airflow/rules/sha1.ts';

const NEW = profileOf('3.3.2');
const OLD = profileOf('2.11.2');
const S = 1_000_000;

const demo: RetryQuery = {
  dag_id: 'demo',
  task_id: 'extract',
  logicalDateUs: 1_735_689_600 * S,
  tryNumber: 1,
  retryDelayUs: 300 * S,
  backoff: 2,
  maxRetryDelayUs: null,
  maxTaskRetryDelayS: 86_400,
  overrideUs: null,
};

function wait(change: Partial<RetryQuery>, profile = NEW): number | null {
  const delay = retryDelay(profile, { ...demo, ...change });
  return delay === null ? null : delay / S;
}

describe('retry delay', () => {
  test.each([
    [1, 447],
    [2, 1005],
    [3, 2197],
    [4, 4507],
    [5, 7998],
    [6, 14856],
    [12, 86400],
  ])('test vectors: 300 s doubled, try %i -> %i s', (tryNumber, expected) => {
    expect(wait({ tryNumber })).toBe(expected);
    expect(wait({ tryNumber, backoff: true }, OLD)).toBe(expected);
  });

  test.each([
    [1, 72],
    [2, 486],
    [3, 2859],
    [4, 14427],
  ])(
    'test vectors: 60 s times five without a logical date, try %i -> %i s',
    (tryNumber, expected) => {
      const query = { tryNumber, logicalDateUs: null, retryDelayUs: 60 * S, backoff: 5 };
      expect(wait(query)).toBe(expected);
    },
  );

  test('with backoff -> between the base and twice the base less one second, or the cap', () => {
    const factors = fc.double({ min: 0.1, max: 10, noNaN: true });
    const tries = fc.integer({ min: 1, max: 40 });
    fc.assert(
      fc.property(factors, tries, fc.nat(7200), fc.string(), (backoff, tryNumber, s, task_id) => {
        fc.pre(backoff !== 1);
        const actual = wait({ backoff, tryNumber, retryDelayUs: s * S, task_id }) ?? NaN;
        const base = Math.max(1, Math.ceil(s * exactPower(backoff, tryNumber - 1)));
        expect(actual).toBeGreaterThanOrEqual(Math.min(base, 86_400));
        expect(actual).toBeLessThanOrEqual(Math.min(2 * base - 1, 86_400));
      }),
    );
  });

  test('no backoff -> constant and never capped', () => {
    for (const backoff of [0, 1, -2, false]) {
      expect(wait({ backoff, tryNumber: 9, retryDelayUs: 1e6 * S, maxRetryDelayUs: S })).toBe(1e6);
    }
  });

  test('a delay of the policy -> wins over backoff and limits', () => {
    expect(wait({ overrideUs: 1e5 * S, maxRetryDelayUs: S })).toBe(1e5);
    expect(wait({ overrideUs: 0 })).toBe(0);
  });

  test('a try number beyond all floats -> the maximum in 3.x, never in 2.x', () => {
    expect(wait({ tryNumber: 5000 })).toBe(86_400);
    expect(wait({ tryNumber: 5000, backoff: true }, OLD)).toBeNull();
  });
});

describe('exact power', () => {
  test('products that a double holds -> the same as multiplying', () => {
    expect(exactPower(2, 10)).toBe(1024);
    expect(exactPower(1.5, 20)).toBe(3325.256730079651);
    expect(exactPower(3, 33)).toBe(5559060566555523);
    expect(exactPower(2, -3)).toBe(0.125);
    expect(exactPower(10, -1)).toBe(0.1);
    expect(exactPower(1e300, 2)).toBe(Infinity);
    expect(exactPower(0.5, 5000)).toBe(0);
    expect(exactPower(0.9, 7000)).toBeGreaterThan(0);
  });

  test('any base and exponent -> within one unit in the last place of repeated products', () => {
    const bases = fc.double({ min: 0.01, max: 100, noNaN: true });
    fc.assert(
      fc.property(bases, fc.integer({ min: 1, max: 30 }), (base, exponent) => {
        let product = 1;
        for (let i = 0; i < exponent; i += 1) product *= base;
        expect(Math.abs(exactPower(base, exponent) / product - 1)).toBeLessThan(1e-14);
      }),
    );
  });
});

describe('SHA-1', () => {
  test('any text -> the digest that Node computes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        const digest = createHash('sha1').update(text, 'utf8').digest('hex');
        expect(sha1AsNumber(text)).toBe(BigInt(`0x${digest}`));
      }),
    );
  });
});

describe('retry policy', () => {
  const rule = { action: 'retry', retryDelayUs: 5 * S, matchSubclasses: true } as const;

  test('the first fitting rule decides, subclasses only where asked for', () => {
    const policy = {
      rules: [
        { ...rule, exceptions: ['builtins.OSError'], matchSubclasses: false, action: 'fail' },
        { ...rule, exceptions: ['KeyError', 'OSError'] },
      ],
      otherwise: 'default',
    } as const;
    expect(decideRetry(policy, ['OSError', 'Exception']).action).toBe('fail');
    expect(decideRetry(policy, ['TimeoutError', 'OSError', 'Exception']).action).toBe('retry');
    expect(decideRetry(policy, ['ValueError', 'Exception']).action).toBe('default');
  });

  test('no tries left -> failed, whatever the policy says', () => {
    const decision = { action: 'retry', retryDelayUs: S } as const;
    expect(applyRetryDecision(decision, false)).toEqual({ state: 'failed', overrideUs: null });
    const again = { state: 'up_for_retry', overrideUs: S };
    expect(applyRetryDecision(decision, true)).toEqual(again);
  });
});
