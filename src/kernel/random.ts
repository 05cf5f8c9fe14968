/**
 * Random draws without state: the draw is a function of the seed and of what it is for. A change
 * in one part of the world then changes no draw of another, and nothing has to be saved.
 *
 * Philox4x32-10 (Salmon, Moraes, Dror, Shaw: Parallel random numbers: as easy as 1, 2, 3; SC 2011),
 * which passes BigCrush. The four key words are its counter, the seed its key. The 64-bit
 * products are put together from 16-bit halves, so that only exact 32-bit operations occur.
 */
import { assert } from '../base/assert.ts';
import { Hasher } from '../base/hash.ts';

const ROUNDS = 10;
const M0 = 0xd2511f53;
const M1 = 0xcd9e8d57;
const WEYL0 = 0x9e3779b9;
const WEYL1 = 0xbb67ae85;

/** Result of the last block: four words. One block is made per draw, so nobody keeps it. */
const block = new Int32Array(4);

/** 32 random bits, 0 to 2^32 - 1. Seed: whole number from 0 to 2^53 - 1; keys: any integers. */
export function u32(seed: number, a: number, b: number, c: number, purpose: number): number {
  philox(seed | 0, highWord(seed), a | 0, b | 0, c | 0, purpose | 0);
  return block[0]! >>> 0;
}

/** A multiple of 2^-53 in [0, 1), exact in every engine. */
export function unit(seed: number, a: number, b: number, c: number, purpose: number): number {
  philox(seed | 0, highWord(seed), a | 0, b | 0, c | 0, purpose | 0);
  return ((block[0]! >>> 5) * 0x4000000 + (block[1]! >>> 6)) / 0x20000000000000;
}

/** A whole number from 0 to `bound - 1`; the bias is below bound / 2^53. */
export function below(
  bound: number,
  seed: number,
  a: number,
  b: number,
  c: number,
  purpose: number,
): number {
  assert(bound >= 1, 'bound must be at least 1', { bound });
  return Math.floor(unit(seed, a, b, c, purpose) * bound);
}

/** A key word for a name (a dag, a task): 32 bits of its hash. */
export function keyOf(name: string): number {
  return new Hasher().text(name).digestWord();
}

/** The whole block for known-answer tests: counter c0..c3, key k0, k1, as unsigned words. */
export function philoxBlock(
  counter: readonly [number, number, number, number],
  key: readonly [number, number],
): number[] {
  philox(key[0] | 0, key[1] | 0, counter[0] | 0, counter[1] | 0, counter[2] | 0, counter[3] | 0);
  return Array.from(block, (word) => word >>> 0);
}

function highWord(seed: number): number {
  return (seed / 0x100000000) | 0;
}

function philox(k0: number, k1: number, c0: number, c1: number, c2: number, c3: number): void {
  for (let round = 0; round < ROUNDS; round++) {
    const high0 = highProduct(M0, c0);
    const high1 = highProduct(M1, c2);
    const low0 = Math.imul(M0, c0);
    const low1 = Math.imul(M1, c2);
    c0 = high1 ^ c1 ^ k0;
    c1 = low1;
    c2 = high0 ^ c3 ^ k1;
    c3 = low0;
    k0 = (k0 + WEYL0) | 0;
    k1 = (k1 + WEYL1) | 0;
  }
  block[0] = c0;
  block[1] = c1;
  block[2] = c2;
  block[3] = c3;
}

/** Upper 32 bits of the product of two unsigned 32-bit words; no partial sum exceeds 32 bits. */
function highProduct(x: number, y: number): number {
  const xLow = x & 0xffff;
  const xHigh = x >>> 16;
  const yLow = y & 0xffff;
  const yHigh = y >>> 16;
  const middle = (Math.imul(xHigh, yLow) + (Math.imul(xLow, yLow) >>> 16)) | 0;
  const carry = (Math.imul(xLow, yHigh) + (middle & 0xffff)) | 0;
  return (Math.imul(xHigh, yHigh) + (middle >>> 16) + (carry >>> 16)) | 0;
}
