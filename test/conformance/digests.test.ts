import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pythonJson } from '../../src/conformance/pythonJson.ts';
import { sha256 } from '../../src/conformance/sha256.ts';
import { differencesOf } from '../../src/conformance/sets/dagFilesCompare.ts';

test('sha256: any text -> the digest that Node computes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
      expect(sha256(text)).toBe(createHash('sha256').update(text, 'utf8').digest('hex'));
    }),
  );
});

test('pythonJson: nested value -> sorted keys, blanks after separators, ASCII', () => {
  const value = { b: [1, 'ä', null], a: { y: true, x: 'q"' } };
  expect(pythonJson(value)).toBe('{"a": {"x": "q\\"", "y": true}, "b": [1, "\\u00e4", null]}');
});

test('dag-files: texts recorded as digests -> compared by digest, a changed text is a difference', () => {
  const digest = (text: string): object => ({ sha256_12: sha256(text).slice(0, 12) });
  const dag = (description: unknown, value: unknown): object => ({
    description,
    params: { size: { default: value } },
  });
  const answer = (text: string, value: unknown) =>
    ({ status: 'dags', errors: [], dags: [dag(text, value)] }) as never;
  const expected = {
    status: 'dags',
    errors: [],
    dags: [dag(digest('a long text'), digest('["x", 1]'))],
  };
  expect(differencesOf(expected, answer('a long text', ['x', 1]))).toEqual([]);
  const paths = differencesOf(expected, answer('another text', ['x', 2])).map(({ path }) => path);
  expect(paths).toEqual(['dags[0].description', 'dags[0].params.size.default']);
});
