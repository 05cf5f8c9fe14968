import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Hasher, hashPlain } from '../../src/base/hash.ts';

const hashBytes = (view: ArrayBufferView): string => new Hasher().bytes(view).digest();

test('digests: written down once -> the same on every engine', () => {
  expect(new Hasher().digest()).toBe('e2f916b581f16f39');
  expect(hashPlain({ dag_id: 'a', tries: [1, 2.5, null], ok: true })).toBe('8ba2bb7622a5c558');
  expect(hashBytes(Float64Array.of(0, 1, -2.5, 1e300))).toBe('b7fc011f82da9df0');
});

test('plain data: keys in another order, undefined fields, -0 -> the same hash', () => {
  expect(hashPlain({ a: 1, b: { c: 0 } })).toBe(hashPlain({ b: { d: undefined, c: -0 }, a: 1 }));
});

test('plain data: through JSON and back -> the same hash', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(hashPlain(JSON.parse(JSON.stringify(value)))).toBe(hashPlain(value));
    }),
  );
});

test('plain data: different values -> different hashes', () => {
  const values = [null, false, true, 0, 1, '', '0', [], [0], [[0]], {}, { a: 0 }, { a: '0' }, 'a'];
  expect(new Set(values.map(hashPlain)).size).toBe(values.length);
});

test('plain data: functions and big integers -> refused', () => {
  expect(() => hashPlain({ f: () => 1 })).toThrow('plain data');
  expect(() => hashPlain(1n)).toThrow('plain data');
});

test('bytes: a window on a larger buffer -> counts only what it shows', () => {
  const whole = Uint8Array.from([9, 1, 2, 3, 4, 5, 9]);
  expect(hashBytes(whole.subarray(1, 6))).toBe(hashBytes(Uint8Array.from([1, 2, 3, 4, 5])));
});

test('bytes: any single changed bit -> another hash, about half of its bits differ', () => {
  const base = new Uint8Array(64).fill(7);
  let flipped = 0;
  for (let bit = 0; bit < 512; bit++) {
    const changed = base.slice();
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    const difference = BigInt(`0x${hashBytes(base)}`) ^ BigInt(`0x${hashBytes(changed)}`);
    expect(difference).not.toBe(0n);
    flipped += difference.toString(2).replaceAll('0', '').length;
  }
  expect(flipped / 512).toBeGreaterThan(28);
  expect(flipped / 512).toBeLessThan(36);
});

test('bytes: 100,000 small counters -> no two hashes alike', () => {
  const seen = new Set<string>();
  for (let n = 0; n < 100_000; n++) seen.add(hashBytes(Uint32Array.of(n, 0)));
  expect(seen.size).toBe(100_000);
});
