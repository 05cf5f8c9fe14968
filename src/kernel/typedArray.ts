/** The column types of the kernel and the little that all users of typed arrays need. */
import type { Hasher } from '../base/hash.ts';

/** Typed array by its short name. Times and event handles are `f64`, which holds them exactly. */
export interface Arrays {
  u8: Uint8Array<ArrayBuffer>;
  i8: Int8Array<ArrayBuffer>;
  u16: Uint16Array<ArrayBuffer>;
  i16: Int16Array<ArrayBuffer>;
  u32: Uint32Array<ArrayBuffer>;
  i32: Int32Array<ArrayBuffer>;
  f64: Float64Array<ArrayBuffer>;
}

export type ColumnType = keyof Arrays;
export type Column = Arrays[ColumnType];

/** A zero-filled column of `length` cells. */
export function makeColumn<T extends ColumnType>(type: T, length: number): Arrays[T] {
  return constructors[type](length);
}

const constructors: { readonly [T in ColumnType]: (length: number) => Arrays[T] } = {
  u8: (length) => new Uint8Array(length),
  i8: (length) => new Int8Array(length),
  u16: (length) => new Uint16Array(length),
  i16: (length) => new Int16Array(length),
  u32: (length) => new Uint32Array(length),
  i32: (length) => new Int32Array(length),
  f64: (length) => new Float64Array(length),
};

/** A copy with another length; new cells are zero. */
export function resized<A extends Column>(array: A, length: number): A {
  const make = array.constructor as new (length: number) => A;
  const larger = new make(length);
  larger.set(length < array.length ? array.subarray(0, length) : array);
  return larger;
}

/** Adds the first `count` cells. Doubles go by value, so that -0 and NaN are alike everywhere. */
export function hashColumn(hasher: Hasher, column: Column, count: number): void {
  hasher.word(count);
  if (column instanceof Float64Array) {
    for (let i = 0; i < count; i++) hasher.number(column[i]!);
    return;
  }
  for (let i = 0; i < count; i++) hasher.word(column[i]!);
}
