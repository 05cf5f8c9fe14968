/**
 * Tables of typed columns: the rows of the simulated world.
 *
 * `makeTable('pod', { node: 'i32', phase: 'u8' })` gives an object with one typed array per
 * column, read and written as `pods.phase[row]`. Growing replaces the arrays: never keep
 * `pods.phase` in a variable across an `addRow` or a `load`; reading it from the table again
 * costs one load.
 */
import { assert } from '../base/assert.ts';
import type { Hasher } from '../base/hash.ts';
import { hashColumn, makeColumn, resized } from './typedArray.ts';
import type { Arrays, Column, ColumnType } from './typedArray.ts';
import type { Saveable } from './saveable.ts';

/** A column: its type, or type and the value that a new row starts with (else 0). */
export type ColumnSpec = ColumnType | readonly [type: ColumnType, initial: number];
export type Schema = Readonly<Record<string, ColumnSpec>>;

type TypeOf<Spec> = Spec extends ColumnType
  ? Spec
  : Spec extends readonly [infer T extends ColumnType, number]
    ? T
    : never;
type ColumnsOf<S extends Schema> = { readonly [Name in keyof S]: Arrays[TypeOf<S[Name]>] };

export type Table<S extends Schema> = TableBase & ColumnsOf<S>;

export interface SavedTable {
  readonly rows: number;
  readonly freed: Int32Array;
  readonly columns: Readonly<Record<string, Column>>;
}

/** An empty table with the given columns. `name` is for messages. */
export function makeTable<const S extends Schema>(
  name: string,
  schema: S,
  capacity = 16,
): Table<S> {
  return new TableBase(name, schema, capacity) as Table<S>;
}

interface ColumnInfo {
  readonly name: string;
  readonly initial: number;
  /** The array that the table has under the name: found without a search. */
  array: Column;
}

class TableBase implements Saveable<SavedTable> {
  /** Rows in use or freed: row numbers run from 0 to `rows - 1`. */
  rows = 0;
  capacity: number;
  readonly tableName: string;
  private readonly info: readonly ColumnInfo[];
  private freed: number[] = [];

  constructor(tableName: string, schema: Schema, capacity: number) {
    this.tableName = tableName;
    this.capacity = Math.max(1, capacity);
    this.info = Object.entries(schema).map(([name, spec]) => {
      assert(!(name in this), 'column name is taken', { table: tableName, name });
      const [type, initial] = typeof spec === 'string' ? ([spec, 0] as const) : spec;
      const array = makeColumn(type, this.capacity);
      if (initial) array.fill(initial);
      this.define(name, array);
      return { name, initial, array };
    });
  }

  /** A fresh row with the initial values: a freed one if there is any, else one at the end. */
  addRow(): number {
    const free = this.freed.length > 0 ? this.freed.pop() : undefined;
    if (free !== undefined) {
      for (const each of this.info) each.array[free] = each.initial;
      return free;
    }
    // Cells beyond the last row hold their initial values already.
    const row = this.rows;
    if (row === this.capacity) this.reserve(row + 1);
    this.rows = row + 1;
    return row;
  }

  /** Adds `count` rows at the end and returns the first. */
  addRows(count: number): number {
    const first = this.rows;
    this.reserve(first + count);
    this.rows = first + count;
    return first;
  }

  /** Gives a row back for `addRow`. Freeing a row twice is the caller's mistake. */
  freeRow(row: number): void {
    assert(row >= 0 && row < this.rows, 'no such row', { table: this.tableName, row });
    this.freed.push(row);
    for (const each of this.info) each.array[row] = 0;
  }

  /** Rows in use. */
  get size(): number {
    return this.rows - this.freed.length;
  }

  /** The array of a column by its name, for code that works on any table. */
  column(name: string): Column {
    const found = this.cells[name];
    assert(found, 'no such column', { table: this.tableName, name });
    return found;
  }

  columnNames(): string[] {
    return this.info.map(({ name }) => name);
  }

  /** Makes room for `rows` rows; replaces the arrays when it grows. */
  reserve(rows: number): void {
    if (rows <= this.capacity) return;
    const before = this.capacity;
    while (this.capacity < rows) this.capacity *= 2;
    for (const each of this.info) {
      this.cells[each.name] = each.array = resized(each.array, this.capacity);
      if (each.initial) each.array.fill(each.initial, before);
    }
  }

  save(): SavedTable {
    const copies = this.info.map(({ name }) => [name, this.column(name).slice(0, this.rows)]);
    return {
      rows: this.rows,
      freed: Int32Array.from(this.freed),
      columns: Object.fromEntries(copies) as Record<string, Column>,
    };
  }

  load(saved: SavedTable): void {
    this.reserve(saved.rows);
    for (const { name, initial } of this.info) {
      const cells = saved.columns[name];
      assert(cells, 'saved table lacks a column', { table: this.tableName, name });
      const column = this.column(name);
      column.set(cells);
      // addRow relies on initial values beyond the last row.
      column.fill(initial, saved.rows, Math.max(saved.rows, this.rows));
    }
    this.rows = saved.rows;
    this.freed = Array.from(saved.freed);
  }

  hash(hasher: Hasher): void {
    hasher.word(this.rows).word(this.freed.length);
    for (const row of this.freed) hasher.word(row);
    for (const { name } of this.info) hashColumn(hasher, this.column(name), this.rows);
  }

  /** Memory held by the columns, in bytes. */
  bytes(): number {
    return this.info.reduce((sum, { name }) => sum + this.column(name).byteLength, 0);
  }

  /**
   * A plain `this[name] = column` in a loop turns the object into a slow dictionary at about 20
   * columns (V8); a definition keeps it as fast as declared fields.
   */
  private define(name: string, column: Column): void {
    const how = { value: column, writable: true, enumerable: true, configurable: false };
    Object.defineProperty(this, name, how);
  }

  private get cells(): Record<string, Column> {
    return this as unknown as Record<string, Column>;
  }
}
