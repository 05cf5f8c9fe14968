import { expect, test } from 'vitest';
import { all, err, fail, map, ok, placeOf, problem } from '../../src/base/result.ts';

test('all: every part good -> the values in order', () => {
  expect(all([ok(1), ok(2)])).toEqual(ok([1, 2]));
});

test('all: some parts bad -> the problems of all of them', () => {
  const result = all([ok(1), fail('a_bad'), err([problem('b_bad', { n: 2 }), problem('c_bad')])]);
  expect(result.ok ? [] : result.error.map((one) => one.code)).toEqual(['a_bad', 'b_bad', 'c_bad']);
});

test('map: good -> changed; bad -> handed on', () => {
  expect(map(ok(2), (n) => n * 2)).toEqual(ok(4));
  const bad = fail('a_bad');
  expect(map(bad, () => 1)).toBe(bad);
});

test('problem: without a place -> carries no field for it', () => {
  expect(problem('a_bad')).toEqual({ code: 'a_bad', params: {} });
  expect(problem('a_bad', {}, { line: 3 })).toHaveProperty('where.line', 3);
});

test('placeOf: whatever is known -> file:line:column field', () => {
  expect(placeOf(undefined)).toBe('');
  expect(placeOf({ file: 'a.py', line: 3, column: 7 })).toBe('a.py:3:7');
  expect(placeOf({ field: 'tasks[0].pool' })).toBe('tasks[0].pool');
  expect(placeOf({ file: 'a.py', field: 'retries' })).toBe('a.py retries');
});
