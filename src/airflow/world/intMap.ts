/** A saveable map from integers to integers, for what few rows have. */
import type { Hasher } from '../../base/hash.ts';
import type { Saveable } from '../../kernel/index.ts';

export class IntMap implements Saveable<Float64Array> {
  private readonly entries = new Map<number, number>();

  get size(): number {
    return this.entries.size;
  }

  /** The value, or `none` when the key has none. */
  get(key: number, none = -1): number {
    return this.entries.get(key) ?? none;
  }

  set(key: number, value: number): void {
    this.entries.set(key, value);
  }

  delete(key: number): void {
    this.entries.delete(key);
  }

  /** Pairs of key and value, keys ascending. */
  save(): Float64Array {
    const keys = [...this.entries.keys()].sort((a, b) => a - b);
    return Float64Array.from(keys.flatMap((key) => [key, this.get(key)]));
  }

  load(saved: Float64Array): void {
    this.entries.clear();
    for (let i = 0; i < saved.length; i += 2) this.entries.set(saved[i]!, saved[i + 1]!);
  }

  hash(hasher: Hasher): void {
    const pairs = this.save();
    hasher.word(pairs.length);
    for (const value of pairs) hasher.number(value);
  }
}
