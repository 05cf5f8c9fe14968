/** How many of the first `count` ascending values lie at or before `limit`. */
export function countUntil(
  sorted: ArrayLike<number>,
  limit: number,
  count = sorted.length,
): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The same over objects with a time. */
export function countItemsUntil(items: readonly { readonly t: number }[], limit: number): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (items[middle]!.t <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
