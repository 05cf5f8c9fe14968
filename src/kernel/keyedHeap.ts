/**
 * Rows by up to three numbers each, then by row number, of which only the first few are asked for:
 * a binary heap that knows the place of every row, so that giving a row another key, or taking it
 * out, takes logarithmic time and little of it. Who wants more than the first row walks the heap
 * from its root: the rows at places 2p + 1 and 2p + 2 come after the one at p.
 *
 * The owner writes the keys of a row into the columns `keys` (room for it made by `reserve`) and
 * then calls `put`: numbers beyond 31 bits that are passed to a function cost an allocation each.
 */
import { assert } from '../base/assert.ts';
import type { Hasher } from '../base/hash.ts';
import { makeTable } from './columns.ts';
import type { SavedTable } from './columns.ts';
import { resized } from './typedArray.ts';
import type { Saveable } from './saveable.ts';

export interface SavedHeap {
  readonly keys: SavedTable;
  readonly heap: Int32Array;
}

const NOWHERE = -1;

export class KeyedHeap implements Saveable<SavedHeap> {
  /** Keys of each row; smaller ones come first. Those of a member change only before a `put`. */
  readonly keys = makeTable('keyed', {
    place: ['i32', NOWHERE],
    key1: 'f64',
    key2: 'f64',
    key3: 'f64',
  });
  private heap = new Int32Array(16);
  size = 0;

  has(row: number): boolean {
    return row < this.keys.rows && this.keys.place[row] !== NOWHERE;
  }

  /** The row with the smallest keys, -1 when there is none. */
  first(): number {
    return this.size === 0 ? NOWHERE : this.heap[0]!;
  }

  /** The row at a place of the heap, 0 to `size - 1`. */
  at(place: number): number {
    return this.heap[place]!;
  }

  /** Room for the keys of a row. */
  reserve(row: number): void {
    if (row >= this.keys.rows) this.makeRoom(row);
  }

  /** Adds a row by its keys, or moves it when they have changed. */
  put(row: number): void {
    const place = this.keys.place[row]!;
    if (place !== NOWHERE) return this.settle(place, row);
    if (this.size === this.heap.length) this.heap = resized(this.heap, this.size * 2);
    this.siftUp(this.size++, row);
  }

  /** False when it was not in. */
  remove(row: number): boolean {
    if (!this.has(row)) return false;
    const place = this.keys.place[row]!;
    this.keys.place[row] = NOWHERE;
    const last = this.heap[--this.size]!;
    if (last !== row) this.settle(place, last);
    return true;
  }

  save(): SavedHeap {
    return { keys: this.keys.save(), heap: this.heap.slice(0, this.size) };
  }

  load(saved: SavedHeap): void {
    this.keys.load(saved.keys);
    this.size = saved.heap.length;
    this.heap = new Int32Array(Math.max(16, this.size));
    this.heap.set(saved.heap);
  }

  /** By row: which of two heaps of the same rows it is makes no difference. */
  hash(hasher: Hasher): void {
    const { place, key1, key2, key3 } = this.keys;
    hasher.word(this.size);
    for (let row = 0; row < this.keys.rows; row++) {
      if (place[row] === NOWHERE) continue;
      hasher.word(row).number(key1[row]!).number(key2[row]!).number(key3[row]!);
    }
  }

  /** Room up to a power of two: rows come one by one, and the table grows at few of them. */
  private makeRoom(row: number): void {
    assert(row >= 0, 'no such row', { row });
    let room = 16;
    while (room <= row) room *= 2;
    this.keys.addRows(room - this.keys.rows);
  }

  /** Puts a row at a place, or where its keys belong from there. */
  private settle(place: number, row: number): void {
    if (place > 0 && this.before(row, this.heap[(place - 1) >> 1]!)) this.siftUp(place, row);
    else this.siftDown(place, row);
  }

  private siftUp(from: number, row: number): void {
    const { heap } = this;
    const { place } = this.keys;
    let at = from;
    while (at > 0) {
      const up = (at - 1) >> 1;
      const parent = heap[up]!;
      if (!this.before(row, parent)) break;
      heap[at] = parent;
      place[parent] = at;
      at = up;
    }
    heap[at] = row;
    place[row] = at;
  }

  private siftDown(from: number, row: number): void {
    const { heap, size } = this;
    const { place } = this.keys;
    let at = from;
    for (;;) {
      let down = 2 * at + 1;
      if (down >= size) break;
      if (down + 1 < size && this.before(heap[down + 1]!, heap[down]!)) down += 1;
      const child = heap[down]!;
      if (this.before(row, child)) break;
      heap[at] = child;
      place[child] = at;
      at = down;
    }
    heap[at] = row;
    place[row] = at;
  }

  private before(a: number, b: number): boolean {
    const { key1, key2, key3 } = this.keys;
    if (key1[a] !== key1[b]) return key1[a]! < key1[b]!;
    if (key2[a] !== key2[b]) return key2[a]! < key2[b]!;
    if (key3[a] !== key3[b]) return key3[a]! < key3[b]!;
    return a < b;
  }
}
