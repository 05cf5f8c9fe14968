import { expect, test } from 'vitest';
import fc from 'fast-check';
import { NO_EVENT, group, makeTable } from '../../src/kernel/index.ts';
import { hashOf } from './hashOf.ts';

const makePods = () =>
  makeTable('pod', { phase: 'u8', node: ['i32', -1], started: ['f64', NO_EVENT] }, 2);

test('table: new rows -> initial values, also in rows that were used before', () => {
  const pods = makePods();
  const first = pods.addRow();
  pods.phase[first] = 7;
  pods.node[first] = 3;
  pods.freeRow(first);
  expect(pods.size).toBe(0);
  const again = pods.addRow();
  expect(again).toBe(first);
  expect([pods.phase[again], pods.node[again], pods.started[again]]).toEqual([0, -1, -1]);
});

test('table: growth -> values stay, columns are read anew', () => {
  const pods = makePods();
  for (let row = 0; row < 1000; row++) {
    expect(pods.addRow()).toBe(row);
    pods.node[row] = row * 2;
  }
  expect(pods.addRows(500)).toBe(1000);
  expect([pods.node[999], pods.node[1000], pods.node[1499]]).toEqual([1998, -1, -1]);
  expect(pods.bytes()).toBe(pods.capacity * 13);
});

test('table: save, other work, load -> the same state and the same future', () => {
  const action = fc.tuple(fc.nat(3), fc.nat(1000), fc.integer());
  fc.assert(
    fc.property(fc.array(action), fc.array(action), (before, after) => {
      const pods = makePods();
      const perform = (actions: typeof before): void => {
        for (const [what, pick, value] of actions) {
          if (what === 0 || pods.rows === 0) pods.addRow();
          else if (what === 1) pods.started[pick % pods.rows] = value / 2;
          else if (what === 2) pods.phase[pick % pods.rows] = value;
          else pods.addRows(pick % 5);
        }
      };
      perform(before);
      const saved = pods.save();
      const hash = hashOf(pods);
      perform(after);
      const future = hashOf(pods);
      pods.load(saved);
      expect(hashOf(pods)).toBe(hash);
      perform(after);
      expect(hashOf(pods)).toBe(future);
    }),
  );
});

test('table: freed rows -> saved with it, given out in the same order', () => {
  const pods = makePods();
  pods.addRows(5);
  pods.freeRow(1);
  pods.freeRow(3);
  const saved = pods.save();
  expect([pods.addRow(), pods.addRow(), pods.addRow()]).toEqual([3, 1, 5]);
  pods.load(saved);
  expect([pods.addRow(), pods.addRow(), pods.addRow()]).toEqual([3, 1, 5]);
});

test('table: a column named as something else of the table -> programmer error', () => {
  expect(() => makeTable('pod', { rows: 'u8' })).toThrow('column name is taken');
  expect(() => makePods().column('colour')).toThrow('no such column');
});

test('group: parts -> saved and hashed together, each by its name', () => {
  const [a, b] = [makePods(), makePods()];
  const both = group({ a, b });
  a.addRow();
  const saved = both.save();
  const hash = hashOf(both);
  b.addRow();
  expect(hashOf(both)).not.toBe(hash);
  both.load(saved);
  expect([a.rows, b.rows, hashOf(both)]).toEqual([1, 0, hash]);
  expect(hashOf(group({ b, a }))).not.toBe(hash);
});
