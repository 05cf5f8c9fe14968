import { expect, test } from 'vitest';
import fc from 'fast-check';
import { IntQueue, IntSet, LinkedLists, OrderedSet } from '../../src/kernel/index.ts';
import { JsonPool, TextPool, scalars } from '../../src/kernel/index.ts';
import { hashOf } from './hashOf.ts';

const operations = fc.array(fc.tuple(fc.nat(9), fc.nat(70)), { maxLength: 300 });

test('IntQueue: random operations -> as an array, also after save and load', () => {
  fc.assert(
    fc.property(operations, (steps) => {
      let queue = new IntQueue();
      const list: number[] = [];
      for (const [what, value] of steps) {
        if (what < 4) {
          list.push(value);
          queue.push(value);
        } else if (what === 4) {
          list.unshift(value);
          queue.unshift(value);
        } else if (what === 5) expect(queue.remove(value)).toBe(removeFirst(list, value));
        else if (what === 6) queue = reload(queue, new IntQueue());
        else if (list.length > 0) expect(queue.shift()).toBe(list.shift());
        expect(Array.from(queue.save())).toEqual(list);
      }
    }),
  );
});

function removeFirst(list: number[], value: number): boolean {
  const at = list.indexOf(value);
  if (at >= 0) list.splice(at, 1);
  return at >= 0;
}

/** The same state in another object that held something else before. */
function reload<T extends { save(): unknown; load(saved: never): void; hash: IntSet['hash'] }>(
  from: T,
  into: T,
): T {
  into.load(from.save() as never);
  expect(hashOf(into)).toBe(hashOf(from));
  return into;
}

test('IntSet: random operations -> as a Set, walked in ascending order', () => {
  const wide = fc.array(fc.tuple(fc.nat(9), fc.oneof(fc.nat(40), fc.nat(200_000))));
  fc.assert(
    fc.property(wide, (steps) => {
      let set = new IntSet();
      const model = new Set<number>();
      for (const [what, value] of steps) {
        expect(set.has(value)).toBe(model.has(value));
        if (what < 6) {
          expect(set.add(value)).toBe(!model.has(value));
          model.add(value);
        } else if (what < 9) expect(set.remove(value)).toBe(model.delete(value));
        else set = reload(set, filled());
      }
      expect(set.size).toBe(model.size);
      expect(walk(set)).toEqual([...model].sort((a, b) => a - b));
    }),
    { numRuns: 200 },
  );
});

function filled(): IntSet {
  const set = new IntSet();
  for (let i = 0; i < 5000; i += 3) set.add(i);
  return set;
}

function walk(set: IntSet): number[] {
  const seen: number[] = [];
  for (let i = set.next(0); i >= 0; i = set.next(i + 1)) seen.push(i);
  return seen;
}

test('LinkedLists: random moves -> each list keeps the order of coming', () => {
  fc.assert(
    fc.property(operations, (steps) => {
      let lists = new LinkedLists(3);
      const model: number[][] = [[], [], []];
      for (const [what, row] of steps) {
        const held = model.findIndex((list) => list.includes(row));
        expect(lists.listOf(row)).toBe(held);
        if (what === 9) lists = reload(lists, new LinkedLists(1));
        else if (what > 5 || held >= 0) {
          expect(lists.remove(row)).toBe(held >= 0);
          if (held >= 0) removeFirst(model[held]!, row);
        } else if (what === 5) {
          const list = row % 3;
          const before = model[list]!.at(-2) ?? -1;
          lists.insertAfter(list, before, row);
          model[list]!.splice(model[list]!.indexOf(before) + 1, 0, row);
        } else {
          lists.append(what % 3, row);
          model[what % 3]!.push(row);
        }
        const last = model[0]![row % 4];
        if (last === undefined) continue;
        lists.rotate(0, last);
        model[0]!.push(...model[0]!.splice(0, model[0]!.indexOf(last) + 1));
        const some = model[0]!.filter((each) => (each + row) % 3 === 0).reverse();
        lists.moveBehind(0, some);
        model[0] = [...model[0]!.filter((each) => !some.includes(each)), ...some];
      }
      model.forEach((list, number) => {
        expect(rowsOf(lists, number)).toEqual(list);
        expect(lists.count(number)).toBe(list.length);
        expect(lists.last(number)).toBe(list.at(-1) ?? -1);
      });
    }),
  );
});

function rowsOf(lists: LinkedLists, list: number): number[] {
  const rows: number[] = [];
  for (let row = lists.first(list); row >= 0; row = lists.after(row)) rows.push(row);
  return rows;
}

test('LinkedLists: a row in two lists -> programmer error', () => {
  const lists = new LinkedLists();
  const other = lists.addList();
  lists.append(0, 5);
  expect(() => lists.append(other, 5)).toThrow('row is in a list');
});

test('OrderedSet: random operations -> rows by key1, key2, key3, row', () => {
  const keyed = fc.array(fc.tuple(fc.nat(9), fc.nat(60), fc.nat(3), fc.nat(2), fc.integer()), {
    maxLength: 300,
  });
  fc.assert(
    fc.property(keyed, (steps) => {
      let set = new OrderedSet();
      const model = new Map<number, readonly number[]>();
      for (const [what, row, key1, key2, key3] of steps) {
        if (what < 6) {
          set.add(row, -key1, key2, key3);
          model.set(row, [-key1, key2, key3]);
        } else if (what < 9) expect(set.remove(row)).toBe(model.delete(row));
        else set = reload(set, new OrderedSet());
        expect(set.size).toBe(model.size);
      }
      const sorted = [...model].sort(([a, x], [b, y]) => compare([...x, a], [...y, b]));
      expect(orderOf(set)).toEqual(sorted.map(([row]) => row));
    }),
    { numRuns: 200 },
  );
});

function compare(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return a[i]! - b[i]!;
  return 0;
}

function orderOf(set: OrderedSet): number[] {
  const rows: number[] = [];
  for (let row = set.first(); row >= 0; row = set.after(row)) rows.push(row);
  return rows;
}

test('OrderedSet: same members by different ways -> same saved state', () => {
  const [a, b] = [new OrderedSet(), new OrderedSet()];
  for (let row = 0; row < 100; row++) a.add(row, row % 7, row);
  for (let row = 99; row >= 0; row--) b.add(row, row % 7, row);
  a.add(200, 1);
  a.remove(200);
  expect(hashOf(a)).toBe(hashOf(b));
  expect(a.save().root).toBe(b.save().root);
});

test('OrderedSet: rows removed on the way -> the walk goes on', () => {
  const set = new OrderedSet();
  for (let row = 0; row < 50; row++) set.add(row, row % 5);
  for (let row = set.first(); row >= 0;) {
    const next = set.after(row);
    if (row % 2 === 0) set.remove(row);
    row = next;
  }
  expect(orderOf(set).every((row) => row % 2 === 1)).toBe(true);
  expect(set.size).toBe(25);
  set.clear();
  expect(set.first()).toBe(-1);
});

test('TextPool: back to an earlier state, then other texts -> no number is taken twice', () => {
  const pool = new TextPool();
  expect([pool.put('a'), pool.put('b'), pool.put('a')]).toEqual([0, 1, 0]);
  const saved = pool.save();
  pool.put('c');
  pool.load(saved);
  expect(pool.find('c')).toBe(-1);
  expect(pool.put('d')).toBe(2);
  expect([pool.get(0), pool.get(2), pool.size]).toEqual(['a', 'd', 3]);
  pool.load(['x', 'y']);
  expect([pool.find('a'), pool.find('y'), pool.size]).toEqual([-1, 1, 2]);
});

test('JsonPool: equal values -> one number, and the value comes back', () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue()), (values) => {
      const pool = new JsonPool();
      const numbers = values.map((value) => pool.put(value));
      numbers.forEach((number, i) => {
        expect(pool.text(number)).toBe(JSON.stringify(values[i]));
        expect(pool.get(number)).toEqual(JSON.parse(JSON.stringify(values[i])));
      });
      const copy = new JsonPool();
      copy.load(pool.save());
      expect(hashOf(copy)).toBe(hashOf(pool));
    }),
  );
  expect(() => new JsonPool().put(undefined)).toThrow('not a JSON value');
});

test('scalars: load -> the same object, earlier values', () => {
  const counts = { free: 3, used: 0 };
  const part = scalars(counts);
  const saved = part.save();
  const before = hashOf(part);
  counts.free = 1;
  expect(hashOf(part)).not.toBe(before);
  part.load(saved);
  expect(counts).toEqual({ free: 3, used: 0 });
});
