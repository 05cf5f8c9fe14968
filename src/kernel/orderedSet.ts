/**
 * A set of rows kept in the order of up to three numbers per row, then of the row number: what an
 * `ORDER BY a, b, c` over waiting rows needs. Adding, removing and re-ordering take logarithmic
 * time, walking on is constant time on average, and rows may be removed during a walk.
 *
 * A treap whose priorities are a hash of the row number: its shape depends on the members only,
 * never on the order in which they came.
 */
import { assert } from '../base/assert.ts';
import type { Hasher } from '../base/hash.ts';
import { makeTable } from './columns.ts';
import type { SavedTable } from './columns.ts';
import type { Saveable } from './saveable.ts';

export interface SavedOrder {
  readonly root: number;
  readonly size: number;
  readonly nodes: SavedTable;
}

const NONE = -1;

export class OrderedSet implements Saveable<SavedOrder> {
  private readonly nodes = makeTable('ordered', {
    member: 'u8',
    left: ['i32', NONE],
    right: ['i32', NONE],
    parent: ['i32', NONE],
    key1: 'f64',
    key2: 'f64',
    key3: 'f64',
  });
  private root = NONE;
  /** Ends of the order: most sets are taken from at the front and added to at the back. */
  private front = NONE;
  private back = NONE;
  size = 0;

  has(row: number): boolean {
    return this.nodes.member[row] === 1;
  }

  /** Adds a row, or moves it when it is in with other keys. Smaller keys come first. */
  add(row: number, key1: number, key2 = 0, key3 = 0): void {
    const { nodes } = this;
    if (!(row >= 0 && areKeys(key1, key2, key3))) assert(false, 'bad key', { row });
    if (row >= nodes.rows) this.makeRoom(row);
    else if (nodes.member[row] === 1) this.remove(row);
    nodes.key1[row] = key1;
    nodes.key2[row] = key2;
    nodes.key3[row] = key3;
    nodes.member[row] = 1;
    if (this.back !== NONE && this.before(this.back, row)) this.append(row);
    else this.insert(row);
    this.size += 1;
  }

  /** False when it was not in. */
  remove(row: number): boolean {
    if (!this.has(row)) return false;
    const { nodes } = this;
    if (row === this.front) this.front = this.after(row);
    if (row === this.back) this.back = this.beforeBack();
    for (;;) {
      const left = nodes.left[row]!;
      const right = nodes.right[row]!;
      if (left === NONE || right === NONE) {
        this.replace(row, left === NONE ? right : left);
        break;
      }
      this.rotateUp(above(left, right) ? left : right);
    }
    nodes.left[row] = nodes.right[row] = nodes.parent[row] = NONE;
    nodes.member[row] = 0;
    this.size -= 1;
    return true;
  }

  /** The row with the smallest keys, -1 when the set is empty. */
  first(): number {
    return this.front;
  }

  /** The row that follows a member, -1 after the last. Read it before removing the member. */
  after(row: number): number {
    const { left, right, parent } = this.nodes;
    if (right[row] !== NONE) return this.leftmost(right[row]!);
    let child = row;
    let up = parent[row]!;
    while (up !== NONE && left[up] !== child) {
      child = up;
      up = parent[up]!;
    }
    return up;
  }

  /** The first row whose first key is at least `key1`, -1 when there is none. */
  from(key1: number): number {
    const { nodes } = this;
    let found = NONE;
    let at = this.root;
    while (at !== NONE) {
      const late = nodes.key1[at]! >= key1;
      if (late) found = at;
      at = late ? nodes.left[at]! : nodes.right[at]!;
    }
    return found;
  }

  /** First key of a member. */
  key1(row: number): number {
    return this.nodes.key1[row]!;
  }

  /** Its second key. */
  key2(row: number): number {
    return this.nodes.key2[row]!;
  }

  clear(): void {
    while (this.size > 0) this.remove(this.root);
  }

  save(): SavedOrder {
    return { root: this.root, size: this.size, nodes: this.nodes.save() };
  }

  load(saved: SavedOrder): void {
    this.root = saved.root;
    this.size = saved.size;
    this.nodes.load(saved.nodes);
    this.front = this.root === NONE ? NONE : this.leftmost(this.root);
    this.back = this.root === NONE ? NONE : this.rightmost(this.root);
  }

  hash(hasher: Hasher): void {
    const { key1, key2, key3 } = this.nodes;
    hasher.word(this.size);
    for (let row = this.first(); row !== NONE; row = this.after(row)) {
      hasher.word(row).number(key1[row]!).number(key2[row]!).number(key3[row]!);
    }
  }

  /** Room up to a power of two: rows come one by one, and the table grows at few of them. */
  private makeRoom(row: number): void {
    const { nodes } = this;
    let room = 16;
    while (room <= row) room *= 2;
    nodes.addRows(room - nodes.rows);
  }

  /** Puts a row behind the last one: into the right edge of the tree, without a search. */
  private append(row: number): void {
    const { left, right, parent } = this.nodes;
    let under = NONE;
    let at = this.back;
    while (at !== NONE && above(row, at)) {
      under = at;
      at = parent[at]!;
    }
    left[row] = under;
    if (under !== NONE) parent[under] = row;
    parent[row] = at;
    if (at === NONE) this.root = row;
    else right[at] = row;
    this.back = row;
  }

  private insert(row: number): void {
    const { nodes } = this;
    this.hang(row);
    if (this.back === NONE) this.back = row;
    if (this.front === NONE || nodes.left[this.front] === row) this.front = row;
    while (nodes.parent[row] !== NONE && above(row, nodes.parent[row]!)) this.rotateUp(row);
  }

  /** Hangs a new row under the leaf where its keys belong. */
  private hang(row: number): void {
    const { nodes } = this;
    let parent = NONE;
    let at = this.root;
    let smaller = false;
    while (at !== NONE) {
      parent = at;
      smaller = this.before(row, at);
      at = smaller ? nodes.left[at]! : nodes.right[at]!;
    }
    nodes.parent[row] = parent;
    if (parent === NONE) this.root = row;
    else if (smaller) nodes.left[parent] = row;
    else nodes.right[parent] = row;
  }

  private before(a: number, b: number): boolean {
    const { key1, key2, key3 } = this.nodes;
    if (key1[a] !== key1[b]) return key1[a]! < key1[b]!;
    if (key2[a] !== key2[b]) return key2[a]! < key2[b]!;
    if (key3[a] !== key3[b]) return key3[a]! < key3[b]!;
    return a < b;
  }

  private leftmost(row: number): number {
    const { left } = this.nodes;
    let at = row;
    while (left[at] !== NONE) at = left[at]!;
    return at;
  }

  private rightmost(row: number): number {
    const { right } = this.nodes;
    let at = row;
    while (right[at] !== NONE) at = right[at]!;
    return at;
  }

  /** The row before the last one: nothing hangs to the right of the last. */
  private beforeBack(): number {
    const { left, parent } = this.nodes;
    const under = left[this.back]!;
    return under === NONE ? parent[this.back]! : this.rightmost(under);
  }

  /** Exchanges a row with its parent and keeps the order. */
  private rotateUp(row: number): void {
    const { left, right, parent } = this.nodes;
    const above = parent[row]!;
    const fromLeft = left[above] === row;
    const inner = fromLeft ? right[row]! : left[row]!;
    this.replace(above, row);
    if (fromLeft) {
      right[row] = above;
      left[above] = inner;
    } else {
      left[row] = above;
      right[above] = inner;
    }
    parent[above] = row;
    if (inner !== NONE) parent[inner] = above;
  }

  /** Puts `by` (or nothing) where `row` hangs. */
  private replace(row: number, by: number): void {
    const { left, right, parent } = this.nodes;
    const up = parent[row]!;
    if (up === NONE) this.root = by;
    else if (left[up] === row) left[up] = by;
    else right[up] = by;
    if (by !== NONE) parent[by] = up;
  }
}

/** Only numbers have an order. */
function areKeys(key1: number, key2: number, key3: number): boolean {
  return !(Number.isNaN(key1) || Number.isNaN(key2) || Number.isNaN(key3));
}

/** Heap order: the larger hash is nearer to the root. The hash is one-to-one, so no ties. */
function above(a: number, b: number): boolean {
  return scramble(a) > scramble(b);
}

function scramble(value: number): number {
  let h = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
