/**
 * The two walks of a binary heap whose entries are a time and a slot in two arrays. Equal times are
 * in the order of the handles, which lie by slot. What moves is read from its place in the heap: a
 * time that is passed to a function may have to be allocated.
 */

/** The newest entry, at place `at`, rises to its own; it comes after all of its time. */
export function rise(times: Float64Array, slots: Int32Array, at: number): void {
  const time = times[at]!;
  const slot = slots[at]!;
  let to = at;
  while (to > 0) {
    const parent = (to - 1) >> 1;
    const parentTime = times[parent]!;
    if (parentTime <= time) break;
    times[to] = parentTime;
    slots[to] = slots[parent]!;
    to = parent;
  }
  times[to] = time;
  slots[to] = slot;
}

/** The entry at place `at` of the first `count` falls to its own. */
export function sink(
  times: Float64Array,
  slots: Int32Array,
  handles: Float64Array,
  count: number,
  at: number,
): void {
  const time = times[at]!;
  const slot = slots[at]!;
  let to = at;
  for (let child = 2 * to + 1; child < count; child = 2 * to + 1) {
    let childTime = times[child]!;
    const right = child + 1;
    if (right < count) {
      const other = times[right]!;
      const isTie = other === childTime;
      if (other < childTime || (isTie && handles[slots[right]!]! < handles[slots[child]!]!)) {
        child = right;
        childTime = other;
      }
    }
    const childSlot = slots[child]!;
    if (time < childTime || (time === childTime && handles[slot]! < handles[childSlot]!)) break;
    times[to] = childTime;
    slots[to] = childSlot;
    to = child;
  }
  times[to] = time;
  slots[to] = slot;
}
