import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LaneModel, TiRow } from '../../src/app/model.ts';
import { axisEnd, keyMove, ticks } from '../../src/views/compare/axis.ts';
import { nameOf } from '../../src/views/compare/labels.ts';
import { filterRows, sortRows, visible } from '../../src/views/compare/tableRows.ts';
import { areasOf, peakOf } from '../../src/views/compare/waiting.ts';
import { chartEnd, partOf, stateAt } from '../../src/views/lesson/bars.ts';
import { hrefOf, parseRoute } from '../../src/views/route.ts';
import { lanes, rowsOf } from './fixtures/lanes.ts';

const S = 1_000_000;
const row = (part: Partial<TiRow>): TiRow => ({
  ti: 0,
  dag_id: 'd',
  run_id: 'r',
  task_id: 't',
  map_index: -1,
  state: 'none',
  try_number: 0,
  scheduled: null,
  queued: null,
  start: null,
  end: null,
  hostname: null,
  reason: null,
  ...part,
});

test('time line: one slow lane -> does not squeeze the others', () => {
  const ends = [6641 * S, 801 * S, 298 * S, 485 * S];
  expect(axisEnd(ends, 0) / S).toBeCloseTo(801 * 1.04, 0);
  expect(axisEnd([], 0)).toBe(60 * S);
});

test('time line: any moment of any run -> lies on the axis', () => {
  const end = fc.integer({ min: 1, max: 1e12 });
  fc.assert(
    fc.property(fc.array(end, { minLength: 1, maxLength: 4 }), fc.nat(1000), (ends, part) => {
      const t = (Math.max(...ends) * part) / 1000;
      expect(axisEnd(ends, t)).toBeGreaterThanOrEqual(t);
      expect(axisEnd(ends, t)).toBeLessThanOrEqual(Math.ceil(Math.max(...ends) * 1.04));
    }),
  );
});

test('ticks: any length -> round times from 0, at most as many as wished', () => {
  fc.assert(
    fc.property(fc.integer({ min: S, max: 1e13 }), fc.integer({ min: 2, max: 20 }), (end, most) => {
      const at = ticks(end, most);
      expect(at[0]).toBe(0);
      expect(at.length).toBeLessThanOrEqual(most + 1);
      expect(at.every((t) => t % S === 0 && t <= end)).toBe(true);
    }),
  );
});

test('time line keys: arrows, pages, ends -> steps of the axis, kept inside the run', () => {
  expect(keyMove('ArrowRight', 0, 100, 100)).toBe(1);
  expect(keyMove('PageUp', 50, 100, 100)).toBe(60);
  expect(keyMove('PageUp', 95, 100, 100)).toBe(100);
  expect(keyMove('ArrowLeft', 0, 100, 100)).toBe(0);
  expect([keyMove('Home', 50, 100, 100), keyMove('End', 50, 100, 100)]).toEqual([0, 100]);
  expect(keyMove('a', 50, 100, 100)).toBeNull();
});

test('waiting: shape of a lane -> starts on the base line and ends at the axis', () => {
  const [lane] = lanes();
  const series = (lane as LaneModel).series;
  expect(
    series && areasOf(series, { inner: 100, axis: 60 * S, peak: 100, height: 15 }),
  ).toMatchObject({
    scheduled: expect.stringMatching(/^M0,/),
    queued: expect.stringMatching(/^M0,/),
  });
  expect(peakOf(lanes())).toBe(100);
  expect(peakOf([{ series: null }])).toBe(1);
});

test('table: filter by words and state -> only those rows', () => {
  const rows = [row({ ti: 0, task_id: 'load' }), row({ ti: 1, task_id: 'Extract', map_index: 3 })];
  expect(filterRows(rows, { text: ' extract [3', state: null }).map((one) => one.ti)).toEqual([1]);
  expect(filterRows(rows, { text: '', state: 'queued' })).toEqual([]);
});

test('table: sorted by a time -> unknown ones last in both directions', () => {
  const rows = [row({ ti: 0 }), row({ ti: 1, start: 5 }), row({ ti: 2, start: 3 })];
  const order = (down: boolean): number[] =>
    sortRows(rows, { column: 'start', down }).map((one) => one.ti);
  expect(order(false)).toEqual([2, 1, 0]);
  expect(order(true)).toEqual([1, 2, 0]);
});

test('table: mapped tasks sorted by name -> 2 before 10; states -> what moves first', () => {
  const mapped = [10, 2, 1].map((map_index, ti) => row({ ti, map_index }));
  const byName = sortRows(mapped, { column: 'task_id', down: false });
  expect(byName.map((one) => one.map_index)).toEqual([1, 2, 10]);
  const [, , celery] = lanes();
  const sorted = sortRows(rowsOf(celery as LaneModel), { column: 'state', down: false });
  expect([...new Set(sorted.map((one) => one.state))].slice(0, 3)).toEqual([
    'running',
    'queued',
    'scheduled',
  ]);
});

test('table: any scroll position -> the rows in sight are drawn, never more than exist', () => {
  fc.assert(
    fc.property(fc.nat(5000), fc.nat(1000), fc.nat(5000), (count, height, at) => {
      const top = Math.min(at * 28, Math.max(0, count * 28 - height));
      const { from, to } = visible(top, height, 28, count);
      expect(from).toBeGreaterThanOrEqual(0);
      expect(to).toBeLessThanOrEqual(count);
      expect(from * 28).toBeLessThanOrEqual(top);
      if (count > 0) expect(to * 28).toBeGreaterThanOrEqual(Math.min(count * 28, top + height));
    }),
  );
});

test('labels: mapped or not -> index only where it is mapped', () => {
  expect([nameOf('a.b', -1), nameOf('a.b', 0)]).toEqual(['a.b', 'a.b [0]']);
});

test('routes: address and back -> the same place; unknown or broken ones -> no crash', () => {
  expect(parseRoute('')).toEqual({ page: 'compare', rest: '' });
  expect(parseRoute(hrefOf('lessons', 'a b/c'))).toEqual({ page: 'lessons', rest: 'a b/c' });
  expect(parseRoute('#/nowhere').page).toBeNull();
  expect(parseRoute('#/code/%E0%A4%A')).toEqual({ page: 'code', rest: '%E0%A4%A' });
});

test('lesson bars: before, in and after -> ahead, running, its last state', () => {
  const bar = { ti: 0, label: 'a', state: 'failed', from: 10, to: 20 };
  expect([5, 15, 20].map((t) => partOf(bar, t))).toEqual(['ahead', 'now', 'done']);
  const again = { ...bar, state: 'success', from: 30, to: 40 };
  expect([5, 15, 25, 35, 45].map((t) => stateAt([bar, again], t))).toEqual([
    'none',
    'running',
    'failed',
    'running',
    'success',
  ]);
  expect(chartEnd([])).toBeGreaterThan(0);
});
