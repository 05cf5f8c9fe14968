import { describe, expect, test } from 'vitest';
import {
  closed,
  integer,
  listOf,
  mapOf,
  nil,
  notNegative,
  oneOf,
  optional,
  or,
  record,
  tagged,
  text,
} from '../../src/base/shape.ts';

const pet = tagged('kind', {
  cat: { name: text, lives: optional(integer) },
  fish: { litres: notNegative },
});

describe('shape of plain data', () => {
  test.each([
    [{ kind: 'cat', name: 'Tom', lives: 9 }, null],
    [{ kind: 'cat', name: 'Tom', lifes: 9 }, ['p.lifes', 'known_field']],
    [{ kind: 'cat', name: 4 }, ['p.name', 'text']],
    [{ kind: 'fish', litres: -1 }, ['p.litres', 'not_negative']],
    [{ kind: 'dog' }, ['p.kind', 'choice']],
    ['cat', ['p', 'fields']],
  ])('a tagged form: %j -> %j', (value, wanted) => {
    const wrong = pet(value, 'p');
    expect(wrong && [wrong.path, wrong.expected]).toEqual(wanted);
  });

  test('lists and maps: the wrong element is named', () => {
    expect(listOf(integer)([1, 'b'], 'a')?.path).toBe('a[1]');
    expect(mapOf(integer)({ x: 1, y: null }, 'a')?.path).toBe('a.y');
    expect(record({ a: text })({}, '')?.path).toBe('a');
  });

  test('alternatives: the deepest mismatch, else all forms', () => {
    const check = or(nil, closed({ a: integer }));
    expect(check({ a: 'x' }, 'v')).toEqual({ path: 'v.a', expected: 'integer', words: [] });
    expect(check(3, 'v')?.words).toEqual(['nothing', 'fields']);
  });

  test('a choice: names what may stand there', () => {
    expect(oneOf('redis', 'rabbitmq')('kafka', 'broker')?.words).toEqual(['redis', 'rabbitmq']);
  });
});
