/**
 * First in, first out, with a time beside each value: for things that come in the order of their
 * times, where a heap would be too much.
 */
import { assert } from '../base/assert.ts';
import type { Hasher } from '../base/hash.ts';
import type { Saveable } from './saveable.ts';

export interface SavedTimes {
  readonly values: Int32Array;
  readonly times: Float64Array;
}

export class TimedQueue implements Saveable<SavedTimes> {
  private values = new Int32Array(16);
  private times = new Float64Array(16);
  private head = 0;
  size = 0;

  /** Time of the oldest entry, Infinity when there is none. */
  get firstTime(): number {
    return this.size === 0 ? Infinity : this.times[this.head]!;
  }

  /** The oldest value, -1 when there is none. */
  get first(): number {
    return this.size === 0 ? -1 : this.values[this.head]!;
  }

  /** Whether the oldest entry has the time that its value has in a column: no number is handed on. */
  firstAgrees(column: Float64Array): boolean {
    return column[this.values[this.head]!] === this.times[this.head];
  }

  /** Adds a row with its time in a column. */
  pushRow(column: Float64Array, row: number): void {
    if (this.size === this.values.length) this.grow();
    const at = (this.head + this.size++) & (this.values.length - 1);
    this.values[at] = row;
    this.times[at] = column[row]!;
  }

  /** Its time must not lie before that of the entry that came last. */
  push(time: number, value: number): void {
    if (this.size === this.values.length) this.grow();
    const at = (this.head + this.size++) & (this.values.length - 1);
    this.values[at] = value;
    this.times[at] = time;
  }

  /** Puts an entry before all others. Its time must not lie after that of the first. */
  unshift(time: number, value: number): void {
    assert(time <= this.firstTime, 'times go back', { time });
    if (this.size === this.values.length) this.grow();
    this.head = (this.head - 1) & (this.values.length - 1);
    this.values[this.head] = value;
    this.times[this.head] = time;
    this.size += 1;
  }

  /** Takes the oldest entry away; there must be one. */
  shift(): void {
    assert(this.size > 0, 'shift from an empty queue');
    this.head = (this.head + 1) & (this.values.length - 1);
    this.size -= 1;
  }

  save(): SavedTimes {
    const { head, size } = this;
    const at = (i: number): number => (head + i) & (this.values.length - 1);
    return {
      values: Int32Array.from({ length: size }, (_, i) => this.values[at(i)]!),
      times: Float64Array.from({ length: size }, (_, i) => this.times[at(i)]!),
    };
  }

  load(saved: SavedTimes): void {
    let room = 16;
    while (room < saved.values.length) room *= 2;
    this.values = new Int32Array(room);
    this.times = new Float64Array(room);
    this.values.set(saved.values);
    this.times.set(saved.times);
    this.head = 0;
    this.size = saved.values.length;
  }

  hash(hasher: Hasher): void {
    const { values, times } = this.save();
    hasher.word(this.size);
    for (let i = 0; i < this.size; i++) hasher.word(values[i]!).number(times[i]!);
  }

  private grow(): void {
    const saved = this.save();
    const { size } = this;
    this.values = new Int32Array(size * 2);
    this.times = new Float64Array(size * 2);
    this.values.set(saved.values);
    this.times.set(saved.times);
    this.head = 0;
  }
}
