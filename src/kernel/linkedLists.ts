/**
 * Many lists over one range of row numbers, each row in at most one of them: doubly linked
 * through two columns, so that adding, removing and moving a row takes constant time and each
 * list keeps the order in which rows were added.
 */
import { assert } from '../base/assert.ts';
import type { Hasher } from '../base/hash.ts';
import { makeTable } from './columns.ts';
import type { SavedTable } from './columns.ts';
import type { Saveable } from './saveable.ts';

export interface SavedLists {
  readonly lists: SavedTable;
  readonly links: SavedTable;
}

/** No row, no list. */
const NONE = -1;

export class LinkedLists implements Saveable<SavedLists> {
  private readonly lists = makeTable('list', {
    head: ['i32', NONE],
    tail: ['i32', NONE],
    count: 'i32',
  });
  private readonly links = makeTable('link', {
    list: ['i32', NONE],
    before: ['i32', NONE],
    after: ['i32', NONE],
  });

  constructor(lists = 1) {
    this.lists.addRows(lists);
  }

  /** A further empty list; returns its number. */
  addList(): number {
    return this.lists.addRow();
  }

  /** Puts a row at the end of a list. It must not be in any. */
  append(list: number, row: number): void {
    if (!(list >= 0 && list < this.lists.rows)) assert(false, 'no such list', { list });
    this.insertAfter(list, this.lists.tail[list]!, row);
  }

  /** Puts a row behind another one of the list, or at its head when `before` is -1. */
  insertAfter(list: number, before: number, row: number): void {
    const { lists, links } = this;
    if (row >= links.rows) links.addRows(roomFor(row) - links.rows);
    if (links.list[row] !== NONE) {
      assert(false, 'row is in a list', { row, list: links.list[row] });
    }
    const after = before === NONE ? lists.head[list]! : links.after[before]!;
    links.list[row] = list;
    links.before[row] = before;
    links.after[row] = after;
    if (before === NONE) lists.head[list] = row;
    else links.after[before] = row;
    if (after === NONE) lists.tail[list] = row;
    else links.before[after] = row;
    lists.count[list]! += 1;
  }

  /** Takes a row out of its list; false when it is in none. */
  remove(row: number): boolean {
    const { lists, links } = this;
    const list = this.listOf(row);
    if (list === NONE) return false;
    const before = links.before[row]!;
    const after = links.after[row]!;
    if (before === NONE) lists.head[list] = after;
    else links.after[before] = after;
    if (after === NONE) lists.tail[list] = before;
    else links.before[after] = before;
    lists.count[list]! -= 1;
    links.list[row] = links.before[row] = links.after[row] = NONE;
    return true;
  }

  /** Moves the rows from the head up to `last`, as they stand, behind all others of the list. */
  rotate(list: number, last: number): void {
    const { lists, links } = this;
    const head = lists.head[list]!;
    const tail = lists.tail[list]!;
    if (last === tail) return;
    const next = links.after[last]!;
    lists.head[list] = next;
    links.before[next] = NONE;
    links.after[tail] = head;
    links.before[head] = tail;
    links.after[last] = NONE;
    lists.tail[list] = last;
  }

  /** Moves some rows of a list, in the order given, behind all others of it. */
  moveBehind(list: number, rows: readonly number[]): void {
    const { lists, links } = this;
    const { before, after } = links;
    let head = lists.head[list]!;
    let tail = lists.tail[list]!;
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i]!;
      if (row === tail) continue;
      const next = after[row]!;
      const previous = before[row]!;
      if (row === head) head = next;
      else after[previous] = next;
      before[next] = previous;
      after[tail] = row;
      before[row] = tail;
      after[row] = NONE;
      tail = row;
    }
    lists.head[list] = head;
    lists.tail[list] = tail;
  }

  /** The list a row is in, -1 for none. */
  listOf(row: number): number {
    return row < this.links.rows ? this.links.list[row]! : NONE;
  }

  /** First row of a list, -1 when it is empty. */
  first(list = 0): number {
    return this.lists.head[list]!;
  }

  /** Last row of a list, -1 when it is empty. */
  last(list = 0): number {
    return this.lists.tail[list]!;
  }

  /** The row after this one in its list, -1 at the end. Read it before removing the row. */
  after(row: number): number {
    return this.links.after[row]!;
  }

  /** The row before this one in its list, -1 at the head. */
  before(row: number): number {
    return this.links.before[row]!;
  }

  /** Rows in a list. */
  count(list = 0): number {
    return this.lists.count[list]!;
  }

  save(): SavedLists {
    return { lists: this.lists.save(), links: this.links.save() };
  }

  load(saved: SavedLists): void {
    this.lists.load(saved.lists);
    this.links.load(saved.links);
  }

  hash(hasher: Hasher): void {
    hasher.word(this.lists.rows);
    for (let list = 0; list < this.lists.rows; list++) {
      hasher.word(this.count(list));
      for (let row = this.first(list); row !== NONE; row = this.after(row)) hasher.word(row);
    }
  }
}

/** Rows come one by one: room up to a power of two, so that the table grows at few of them. */
function roomFor(row: number): number {
  let room = 16;
  while (room <= row) room *= 2;
  return room;
}
