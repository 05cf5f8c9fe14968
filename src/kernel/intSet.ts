/**
 * A set of small non-negative integers (row numbers), walked in ascending order. A bit per number,
 * and above it a bit per word that is not empty, and so on: `next` skips empty stretches. All
 * operations take time logarithmic to base 32 in the largest number.
 */
import { assert } from '../base/assert.ts';
import type { Hasher } from '../base/hash.ts';
import { resized } from './typedArray.ts';
import type { Saveable } from './saveable.ts';

export interface SavedIntSet {
  readonly size: number;
  readonly levels: readonly Int32Array[];
}

export class IntSet implements Saveable<SavedIntSet> {
  /** levels[0] holds the members; a bit in levels[k + 1] stands for a word in levels[k]. */
  private levels: Int32Array<ArrayBuffer>[] = [new Int32Array(1)];
  size = 0;

  has(value: number): boolean {
    const word = this.levels[0]![value >>> 5];
    return word !== undefined && (word & (1 << (value & 31))) !== 0;
  }

  /** False when it was in already. */
  add(value: number): boolean {
    if (!(value >= 0)) assert(false, 'only non-negative integers', { value });
    if (value >>> 5 >= this.levels[0]!.length) this.grow(value);
    const members = this.levels[0]!;
    const word = members[value >>> 5]!;
    const bit = 1 << (value & 31);
    if ((word & bit) !== 0) return false;
    members[value >>> 5] = word | bit;
    if (word === 0) this.mark(value >>> 5);
    this.size += 1;
    return true;
  }

  /** A word of the members is no longer empty: the levels above say so. */
  private mark(place: number): void {
    let bit = place;
    for (let k = 1; k < this.levels.length; k++) {
      const level = this.levels[k]!;
      const word = level[bit >>> 5]!;
      level[bit >>> 5] = word | (1 << (bit & 31));
      if (word !== 0) return;
      bit >>>= 5;
    }
  }

  /** False when it was not in. */
  remove(value: number): boolean {
    if (!this.has(value)) return false;
    const members = this.levels[0]!;
    const word = members[value >>> 5]! & ~(1 << (value & 31));
    members[value >>> 5] = word;
    if (word === 0) this.unmark(value >>> 5);
    this.size -= 1;
    return true;
  }

  /** A word of the members is empty now. */
  private unmark(place: number): void {
    let bit = place;
    for (let k = 1; k < this.levels.length; k++) {
      const level = this.levels[k]!;
      const word = level[bit >>> 5]! & ~(1 << (bit & 31));
      level[bit >>> 5] = word;
      if (word !== 0) return;
      bit >>>= 5;
    }
  }

  /**
   * The smallest member at or above `from`, -1 when there is none. Walk the set with
   * `for (let i = set.next(0); i >= 0; i = set.next(i + 1))`; members may be added and removed
   * on the way.
   */
  next(from: number): number {
    let bit = from;
    for (let k = 0; k < this.levels.length; k++) {
      const level = this.levels[k]!;
      const at = bit >>> 5;
      if (at >= level.length) return -1;
      const rest = level[at]! & (-1 << (bit & 31));
      if (rest !== 0) return this.descend(k, at * 32 + lowestBit(rest));
      bit = at + 1;
    }
    return -1;
  }

  clear(): void {
    for (const level of this.levels) level.fill(0);
    this.size = 0;
  }

  save(): SavedIntSet {
    return { size: this.size, levels: this.levels.map((level) => level.slice()) };
  }

  load(saved: SavedIntSet): void {
    this.levels = saved.levels.map((level) => Int32Array.from(level));
    this.size = saved.size;
  }

  hash(hasher: Hasher): void {
    hasher.word(this.size);
    for (let value = this.next(0); value >= 0; value = this.next(value + 1)) hasher.word(value);
  }

  /** Smallest member under bit `bit` of level `k`. */
  private descend(k: number, bit: number): number {
    for (let level = k - 1; level >= 0; level--) {
      bit = bit * 32 + lowestBit(this.levels[level]![bit]!);
    }
    return bit;
  }

  private grow(value: number): void {
    let words = this.levels[0]!.length;
    while (value >>> 5 >= words) words *= 2;
    for (let k = 0; ; k++) {
      const level = this.levels[k];
      if (level !== undefined) this.levels[k] = resized(level, words);
      else this.levels[k] = this.summary(k, words);
      if (words === 1) return;
      words = Math.ceil(words / 32);
    }
  }

  /** A new top level: the old top had one word. */
  private summary(k: number, words: number): Int32Array<ArrayBuffer> {
    const level = new Int32Array(words);
    if (this.levels[k - 1]![0] !== 0) level[0] = 1;
    return level;
  }
}

function lowestBit(word: number): number {
  return 31 - Math.clz32(word & -word);
}
