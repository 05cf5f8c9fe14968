/** First in, first out: a ring of int32. */
import { assert } from '../base/assert.ts';
import type { Hasher } from '../base/hash.ts';
import type { Saveable } from './saveable.ts';

export class IntQueue implements Saveable<Int32Array> {
  private ring = new Int32Array(16);
  private head = 0;
  size = 0;

  push(value: number): void {
    if (this.size === this.ring.length) this.grow(this.size + 1);
    this.ring[(this.head + this.size) & (this.ring.length - 1)] = value;
    this.size += 1;
  }

  /** Puts a value before all others. */
  unshift(value: number): void {
    if (this.size === this.ring.length) this.grow(this.size + 1);
    this.head = (this.head - 1) & (this.ring.length - 1);
    this.ring[this.head] = value;
    this.size += 1;
  }

  /** Takes the oldest value; the queue must not be empty. */
  shift(): number {
    assert(this.size > 0, 'shift from an empty queue');
    const value = this.ring[this.head]!;
    this.head = (this.head + 1) & (this.ring.length - 1);
    this.size -= 1;
    return value;
  }

  /** The value at a position: 0 is the oldest. */
  at(index: number): number {
    assert(index >= 0 && index < this.size, 'no such position', { index, size: this.size });
    return this.ring[(this.head + index) & (this.ring.length - 1)]!;
  }

  /** Removes the first value equal to `value`, in linear time; false when there is none. */
  remove(value: number): boolean {
    const { ring, head, size } = this;
    const mask = ring.length - 1;
    let at = 0;
    while (at < size && ring[(head + at) & mask] !== value) at += 1;
    if (at === size) return false;
    for (; at + 1 < size; at++) ring[(head + at) & mask] = ring[(head + at + 1) & mask]!;
    this.size -= 1;
    return true;
  }

  clear(): void {
    this.size = 0;
  }

  save(): Int32Array {
    const values = new Int32Array(this.size);
    for (let i = 0; i < this.size; i++) values[i] = this.at(i);
    return values;
  }

  load(saved: Int32Array): void {
    this.clear();
    this.head = 0;
    this.grow(saved.length);
    this.ring.set(saved);
    this.size = saved.length;
  }

  hash(hasher: Hasher): void {
    hasher.word(this.size);
    for (let i = 0; i < this.size; i++) hasher.word(this.at(i));
  }

  private grow(needed: number): void {
    if (needed <= this.ring.length) return;
    let capacity = this.ring.length;
    while (capacity < needed) capacity *= 2;
    const larger = new Int32Array(capacity);
    larger.set(this.save());
    this.ring = larger;
    this.head = 0;
  }
}
