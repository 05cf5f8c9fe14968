/** Items of lists that are put together of several places. */
import { itemsOf } from '../../base/plain.ts';

/** An item with the place that it was said in: its path in the file, or an option's name. */
export interface Item {
  readonly value: unknown;
  readonly field: string;
}

/** The items of a list in the file; `field` is the list's own path. */
export function itemsAt(list: unknown, field: string): Item[] {
  return itemsOf(list).map((value, i) => ({ value, field: `${field}[${i}]` }));
}
