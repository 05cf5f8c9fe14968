/**
 * Python values that pass through XCom, as JSON: a dict keeps the order of its pairs, a tuple is
 * told from a list, any other object is its class. And exceptions by their class.
 */

export type PyValue =
  | null
  | boolean
  | number
  | string
  | readonly PyValue[]
  | { readonly dict: readonly (readonly [key: PyValue, value: PyValue])[] }
  | { readonly tuple: readonly PyValue[] }
  | { readonly object: string };

/** A Python exception; thrown inside a rule and caught where the rule was asked. */
export class PyError extends Error {
  readonly exception: string;

  constructor(exception: string, message = '') {
    super(message);
    this.exception = exception;
  }
}

/** What can be asked of a value that is mapped over. */
export type PyView =
  | { readonly kind: 'sequence'; readonly length: number; readonly at: (index: number) => PyValue }
  | { readonly kind: 'dict'; readonly pairs: readonly (readonly [PyValue, PyValue])[] }
  | { readonly kind: 'other'; readonly value: PyValue };

export function sequence(length: number, at: (index: number) => PyValue): PyView {
  return { kind: 'sequence', length, at };
}

/** Sequences are lists, tuples and texts. */
export function viewOf(value: PyValue): PyView {
  if (typeof value === 'string') return listView([...value]);
  if (typeof value !== 'object' || value === null) return { kind: 'other', value };
  if (isList(value)) return listView(value);
  if ('tuple' in value) return listView(value.tuple);
  return 'dict' in value ? { kind: 'dict', pairs: value.dict } : { kind: 'other', value };
}

export function isList(value: PyValue): value is readonly PyValue[] {
  return Array.isArray(value);
}

function listView(items: readonly PyValue[]): PyView {
  return sequence(items.length, (index) => {
    const item = items[index];
    if (item === undefined) throw new PyError('IndexError');
    return item;
  });
}

/** Number of items, or null for a value without a length. */
export function viewLength(view: PyView): number | null {
  if (view.kind === 'other') return null;
  return view.kind === 'dict' ? view.pairs.length : view.length;
}

/** `value[index]` with a number: a dict is asked for that key. */
export function itemAt(view: PyView, index: number): PyValue {
  if (view.kind === 'sequence') return view.at(index);
  if (view.kind === 'other') throw new PyError('TypeError');
  const pair = view.pairs.find(([key]) => key === index);
  if (!pair) throw new PyError('KeyError');
  return pair[1];
}

/** Number of items that a return value offers to be mapped over; null when it cannot be. */
export function mappableLength(value: PyValue): number | null {
  return typeof value === 'string' ? null : viewLength(viewOf(value));
}
