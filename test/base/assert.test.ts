import { expect, test } from 'vitest';
import { assert, must, mustGet, unreachable } from '../../src/base/assert.ts';

test('assert: condition holds -> nothing; fails -> throws with the values', () => {
  expect(() => assert(true, 'never')).not.toThrow();
  const values = { slots: 3, pool: 'default_pool', big: 5n, none: undefined, list: [1, null] };
  expect(() => assert(0, 'no slots', values)).toThrow(
    'no slots (slots=3, pool="default_pool", big=5n, none=undefined, list=[1,null])',
  );
});

test('assert: value that refers to itself -> still a readable message', () => {
  const round: Record<string, unknown> = {};
  round['self'] = round;
  expect(() => assert(false, 'odd', { round })).toThrow('odd (round=[object Object])');
});

test('must, mustGet: value there -> the value; missing -> throws and names the key', () => {
  expect(must(0, 'zero is a value')).toBe(0);
  expect(() => must(undefined, 'no run', { id: 'r1' })).toThrow('no run (id="r1")');
  expect(mustGet(new Map([['a', 1]]), 'a')).toBe(1);
  expect(() => mustGet(new Map([['a', 1]]), 'b', 'dag')).toThrow('missing dag (key="b")');
});

test('unreachable: reached all the same -> throws with the value', () => {
  expect(() => unreachable('odd' as never)).toThrow('unreachable (value="odd")');
});
