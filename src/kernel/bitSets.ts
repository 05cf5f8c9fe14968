/**
 * Many sets of small integers, each with a bound of its own, as bits in one array: where thousands
 * of rows have a set of at most a few thousand numbers each, and an object per set would be too
 * much. Above the words of a set lie summary words with a bit per word that is not empty, so that
 * `next` skips empty stretches.
 */
import { assert } from '../base/assert.ts';
import type { Hasher } from '../base/hash.ts';
import { makeTable } from './columns.ts';
import type { SavedTable } from './columns.ts';
import { resized } from './typedArray.ts';
import type { Saveable } from './saveable.ts';

export interface SavedBitSets {
  readonly sets: SavedTable;
  readonly words: Int32Array;
}

export class BitSets implements Saveable<SavedBitSets> {
  private readonly sets = makeTable('bit_set', {
    /** First word of its members; its summary follows them. */
    first: 'i32',
    /** Words of its members. */
    words: 'i32',
  });
  private words = new Int32Array(64);
  private used = 0;

  /** A further empty set for the numbers 0 to `bound - 1`; returns its number, from 0 up. */
  addSet(bound: number): number {
    const count = (bound + 31) >>> 5;
    const set = this.sets.addRow();
    this.sets.first[set] = this.used;
    this.sets.words[set] = count;
    this.used += count + ((count + 31) >>> 5);
    let room = this.words.length;
    while (room < this.used) room *= 2;
    if (room > this.words.length) this.words = resized(this.words, room);
    return set;
  }

  has(set: number, value: number): boolean {
    return (this.words[this.sets.first[set]! + (value >>> 5)]! & (1 << (value & 31))) !== 0;
  }

  add(set: number, value: number): void {
    const { words, sets } = this;
    const first = sets.first[set]!;
    const count = sets.words[set]!;
    const at = value >>> 5;
    if (!(at < count)) assert(false, 'beyond the bound of the set', { set, value });
    words[first + at]! |= 1 << (value & 31);
    words[first + count + (at >>> 5)]! |= 1 << (at & 31);
  }

  remove(set: number, value: number): void {
    const { words, sets } = this;
    const first = sets.first[set]!;
    const at = value >>> 5;
    const left = words[first + at]! & ~(1 << (value & 31));
    words[first + at] = left;
    if (left === 0) words[first + sets.words[set]! + (at >>> 5)]! &= ~(1 << (at & 31));
  }

  /** The smallest member at or above `from`, -1 when there is none. */
  next(set: number, from: number): number {
    const { words, sets } = this;
    const first = sets.first[set]!;
    const count = sets.words[set]!;
    const at = from >>> 5;
    if (at >= count) return -1;
    const rest = words[first + at]! & (-1 << (from & 31));
    if (rest !== 0) return at * 32 + lowestBit(rest);
    const word = this.nextWord(first + count, (count + 31) >>> 5, at + 1);
    return word < 0 ? -1 : word * 32 + lowestBit(words[first + word]!);
  }

  save(): SavedBitSets {
    return { sets: this.sets.save(), words: this.words.slice(0, this.used) };
  }

  load(saved: SavedBitSets): void {
    this.sets.load(saved.sets);
    this.words = Int32Array.from(saved.words.length > 0 ? saved.words : [0]);
    this.used = saved.words.length;
  }

  hash(hasher: Hasher): void {
    hasher.word(this.sets.rows);
    for (let set = 0; set < this.sets.rows; set++) {
      for (let value = this.next(set, 0); value >= 0; value = this.next(set, value + 1)) {
        hasher.word(value);
      }
      hasher.word(-1);
    }
  }

  /** The first word at or above `from` that is not empty, by its summary; -1 for none. */
  private nextWord(summary: number, count: number, from: number): number {
    const { words } = this;
    let at = from >>> 5;
    if (at >= count) return -1;
    let rest = words[summary + at]! & (-1 << (from & 31));
    while (rest === 0) {
      at += 1;
      if (at >= count) return -1;
      rest = words[summary + at]!;
    }
    return at * 32 + lowestBit(rest);
  }
}

function lowestBit(word: number): number {
  return 31 - Math.clz32(word & -word);
}
