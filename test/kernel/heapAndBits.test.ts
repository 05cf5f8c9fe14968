import { expect, test } from 'vitest';
import fc from 'fast-check';
import { BitSets, KeyedHeap, TimedQueue } from '../../src/kernel/index.ts';
import { hashOf } from './hashOf.ts';

const steps = fc.array(fc.tuple(fc.nat(9), fc.nat(60), fc.nat(3), fc.nat(2), fc.integer()), {
  maxLength: 300,
});

test('KeyedHeap: random operations -> the smallest by keys and row first, walked from its root', () => {
  fc.assert(
    fc.property(steps, (operations) => {
      let heap = new KeyedHeap();
      const model = new Map<number, readonly number[]>();
      for (const [what, row, a, b, c] of operations) {
        if (what < 6) {
          putRow(heap, row, a, b, c);
          model.set(row, [a, b, c, row]);
        } else if (what < 9) expect(heap.remove(row)).toBe(model.delete(row));
        else heap = reloaded(heap);
        expect(heap.has(row)).toBe(model.has(row));
        expect(walkHeap(heap, model)).toEqual(inOrder(model));
      }
    }),
  );
});

function putRow(heap: KeyedHeap, row: number, a: number, b: number, c: number): void {
  heap.reserve(row);
  heap.keys.key1[row] = a;
  heap.keys.key2[row] = b;
  heap.keys.key3[row] = c;
  heap.put(row);
}

function reloaded(heap: KeyedHeap): KeyedHeap {
  const other = new KeyedHeap();
  for (let row = 0; row < 90; row++) putRow(other, row, -row, 0, 0);
  other.load(heap.save());
  expect(hashOf(other)).toBe(hashOf(heap));
  return other;
}

function inOrder(model: ReadonlyMap<number, readonly number[]>): number[] {
  const keys = [...model.values()];
  keys.sort((x, y) => x[0]! - y[0]! || x[1]! - y[1]! || x[2]! - y[2]! || x[3]! - y[3]!);
  return keys.map((key) => key[3]!);
}

/** From the root: places 2p + 1 and 2p + 2 come into play when the row at p is taken. */
function walkHeap(heap: KeyedHeap, model: ReadonlyMap<number, readonly number[]>): number[] {
  const rows: number[] = [];
  let play = heap.size > 0 ? [0] : [];
  while (play.length > 0) {
    const [first] = inOrder(new Map(play.map((p) => [heap.at(p), model.get(heap.at(p))!])));
    const place = play.find((p) => heap.at(p) === first)!;
    rows.push(first!);
    const below = [2 * place + 1, 2 * place + 2].filter((p) => p < heap.size);
    play = [...play.filter((p) => p !== place), ...below];
  }
  expect(heap.first()).toBe(rows[0] ?? -1);
  return rows;
}

test('BitSets: random operations on sets of several sizes -> as Sets, walked in ascending order', () => {
  const bounds = [1, 32, 33, 1000, 70_000];
  const operations = fc.array(fc.tuple(fc.nat(9), fc.nat(4), fc.nat(100_000)));
  fc.assert(
    fc.property(operations, (all) => {
      let sets = new BitSets();
      for (const bound of bounds) sets.addSet(bound);
      const model = bounds.map(() => new Set<number>());
      for (const [what, set, wide] of all) {
        const value = wide % bounds[set]!;
        if (what < 6) {
          sets.add(set, value);
          model[set]!.add(value);
        } else if (what < 9) {
          sets.remove(set, value);
          model[set]!.delete(value);
        } else sets = reloadedBits(sets);
        expect(sets.has(set, value)).toBe(model[set]!.has(value));
        expect(sets.next(set, value)).toBe(nextIn(model[set]!, value));
      }
      bounds.forEach((_, set) => expect(members(sets, set)).toEqual([...model[set]!].sort(up)));
    }),
  );
});

const up = (a: number, b: number): number => a - b;

function nextIn(set: ReadonlySet<number>, from: number): number {
  return [...set].filter((value) => value >= from).sort(up)[0] ?? -1;
}

function members(sets: BitSets, set: number): number[] {
  const found: number[] = [];
  for (let v = sets.next(set, 0); v >= 0; v = sets.next(set, v + 1)) found.push(v);
  return found;
}

function reloadedBits(sets: BitSets): BitSets {
  const other = new BitSets();
  other.addSet(5000);
  other.add(0, 4000);
  other.load(sets.save());
  expect(hashOf(other)).toBe(hashOf(sets));
  return other;
}

test('TimedQueue: random operations -> as an array, also after save and load', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(9), fc.nat(5)), { maxLength: 200 }), (operations) => {
      let queue = new TimedQueue();
      const list: [number, number][] = [];
      let first = 0;
      let last = 0;
      for (const [what, step] of operations) {
        if (what < 5) {
          last += step;
          queue.push(last, what);
          list.push([last, what]);
        } else if (what < 7) {
          first = Math.min(first, list[0]?.[0] ?? last) - step;
          queue.unshift(first, what);
          list.unshift([first, what]);
        } else if (what < 9 && list.length > 0) {
          queue.shift();
          list.shift();
        } else {
          const other = new TimedQueue();
          other.push(7, 7);
          other.load(queue.save());
          expect(hashOf(other)).toBe(hashOf(queue));
          queue = other;
        }
        expect([queue.size, queue.firstTime, queue.first]).toEqual([
          list.length,
          list[0]?.[0] ?? Infinity,
          list[0]?.[1] ?? -1,
        ]);
      }
    }),
  );
});
