import { expect, test } from 'vitest';
import fc from 'fast-check';
import { below, keyOf, u32, unit } from '../../src/kernel/index.ts';
import { philoxBlock } from '../../src/kernel/random.ts';

test('philox: published known answers (Random123, philox4x32-10) -> reproduced', () => {
  const ones = 0xffffffff;
  expect(philoxBlock([0, 0, 0, 0], [0, 0])).toEqual([
    0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8,
  ]);
  expect(philoxBlock([ones, ones, ones, ones], [ones, ones])).toEqual([
    0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd,
  ]);
  expect(
    philoxBlock([0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344], [0xa4093822, 0x299f31d0]),
  ).toEqual([0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1]);
});

/** Chi-square of counts against equal shares. */
function chiSquare(counts: ArrayLike<number>): number {
  const all = Array.from(counts);
  const share = all.reduce((sum, count) => sum + count, 0) / all.length;
  return all.reduce((sum, count) => sum + (count - share) ** 2 / share, 0);
}

/** How the draws for i = 0, 1, 2... can be keyed: by each of the four words and by the seed. */
const ways: Record<string, (i: number) => readonly [number, number, number, number, number]> = {
  a: (i) => [1, i, 2, 3, 4],
  b: (i) => [1, 2, i, 3, 4],
  c: (i) => [1, 2, 3, i, 4],
  purpose: (i) => [1, 2, 3, 4, i],
  seed: (i) => [i, 1, 2, 3, 4],
  'high seed': (i) => [i * 2 ** 32, 1, 2, 3, 4],
};

test.each(Object.keys(ways))('draws: 65,536 keyed by %s -> 256 bins evenly filled', (name) => {
  const bins = new Uint32Array(256);
  const bits = new Uint32Array(32);
  for (let i = 0; i < 65_536; i++) {
    const word = u32(...ways[name]!(i));
    bins[Math.floor(unit(...ways[name]!(i)) * 256)]! += 1;
    for (let bit = 0; bit < 32; bit++) bits[bit]! += (word >>> bit) & 1;
  }
  // 255 degrees of freedom: below 162 or above 365 once in 10^5 tests.
  expect(chiSquare(bins)).toBeGreaterThan(162);
  expect(chiSquare(bins)).toBeLessThan(365);
  // 5 standard deviations of 128 around one half.
  for (const ones of bits) expect(Math.abs(ones - 32_768)).toBeLessThan(640);
});

test('draws: neighbours in any key -> independent (pairs fill 16 x 16 cells evenly)', () => {
  for (const key of Object.values(ways)) {
    const cells = new Uint32Array(256);
    for (let i = 0; i < 65_536; i++) {
      const [x, y] = [unit(...key(i)), unit(...key(i + 1))];
      cells[Math.floor(x * 16) * 16 + Math.floor(y * 16)]! += 1;
    }
    expect(chiSquare(cells)).toBeLessThan(365);
  }
});

const word = fc.integer({ min: 0, max: 2 ** 31 });

test('draws: one bit of a key turned -> about half of the 32 bits turn', () => {
  let turned = 0;
  let count = 0;
  fc.assert(
    fc.property(word, word, fc.nat(30), (seed, key, bit) => {
      let difference = u32(seed, key, 0, 0, 1) ^ u32(seed, key ^ (1 << bit), 0, 0, 1);
      for (; difference !== 0; difference &= difference - 1) turned += 1;
      count += 32;
    }),
    { numRuns: 2000, seed: 7 },
  );
  expect(turned / count).toBeCloseTo(0.5, 2);
});

test('unit: any key -> in [0, 1), a multiple of 2^-53, the same each time', () => {
  fc.assert(
    fc.property(fc.maxSafeNat(), word, word, (seed, a, b) => {
      const draw = unit(seed, a, b, 0, 0);
      expect(draw).toBeGreaterThanOrEqual(0);
      expect(draw).toBeLessThan(1);
      expect(Number.isInteger(draw * 2 ** 53)).toBe(true);
      expect(unit(seed, a, b, 0, 0)).toBe(draw);
    }),
  );
});

test('below: bound 6 -> each of 0 to 5 equally often', () => {
  const counts = new Uint32Array(6);
  for (let i = 0; i < 60_000; i++) counts[below(6, 9, i, 0, 0, 0)]! += 1;
  expect(chiSquare(counts)).toBeLessThan(31);
  expect(() => below(0, 1, 1, 1, 1, 1)).toThrow('bound');
});

test('keyOf: 20,000 names -> 32-bit words, no more than one collision', () => {
  const keys = Array.from({ length: 20_000 }, (_, i) => keyOf(`task_${i}`));
  expect(keys.every((key) => key === (key | 0))).toBe(true);
  expect(new Set(keys).size).toBeGreaterThanOrEqual(19_999);
  expect(keyOf('load')).toBe(keyOf('load'));
});
