/**
 * The order of the critical section inside one run, worked out before any run exists: by priority
 * weight descending, then map index, then row, where rows of tasks that are not mapped stand in
 * the order of the tasks. Every task has a slot, and so do the mapped task instances of one weight
 * together: they come after the others of that weight (their index is not -1) and are put in order
 * when they wait.
 */

/** Slots of one DAG; a lower slot goes first. */
export interface SlotOrder {
  /** By place in `weights`: slot of the task instance that has no map index. */
  readonly slot: readonly number[];
  /** By place: slot that it shares with all mapped ones of its weight, -1 for none. */
  readonly mappedSlot: readonly number[];
  /** By slot: position of the task, -1 for a shared slot. */
  readonly positionOf: Int32Array;
  /** By slot: the weight. */
  readonly weightOf: Int32Array;
}

/**
 * `weights` as they are stored, in 32 bits; `mapped`: the task may have indexes. `positions` of the
 * tasks, where one of them stands there several times, with several weights.
 */
export function slotOrder(
  weights: readonly number[],
  mapped: readonly boolean[],
  positions: readonly number[] = weights.map((_, position) => position),
): SlotOrder {
  const order = weights.map((_, place) => place);
  order.sort((a, b) => weights[b]! - weights[a]! || positions[a]! - positions[b]!);
  const slot: number[] = weights.map(() => -1);
  const mappedSlot: number[] = weights.map(() => -1);
  const positionOf: number[] = [];
  const weightOf: number[] = [];
  for (let first = 0, end = 0; first < order.length; first = end) {
    while (end < order.length && weights[order[end]!] === weights[order[first]!]) end += 1;
    const same = order.slice(first, end);
    for (const place of same) slot[place] = positionOf.push(positions[place]!) - 1;
    const shared = same.filter((place) => mapped[place]);
    if (shared.length > 0) positionOf.push(-1);
    for (const place of shared) mappedSlot[place] = positionOf.length - 1;
    while (weightOf.length < positionOf.length) weightOf.push(weights[order[first]!]!);
  }
  const [taskOf, slotWeights] = [Int32Array.from(positionOf), Int32Array.from(weightOf)];
  return { slot, mappedSlot, positionOf: taskOf, weightOf: slotWeights };
}
