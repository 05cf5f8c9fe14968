import { compileMessage } from '@lingui/message-utils/compileMessage';
import { expect, test } from 'vitest';
import { en } from '../../src/i18n/en/index.ts';
import {
  bare,
  clock,
  count,
  createTranslator,
  parseClock,
  pieces,
  span,
} from '../../src/i18n/index.ts';
import { ko } from '../../src/i18n/ko/index.ts';

const pairs = Object.keys(en).map((key) => [
  key,
  en[key as keyof typeof en],
  ko[key as keyof typeof ko],
]);

/** Names that a message fills in. */
function names(message: string): string[] {
  const found = [...message.matchAll(/\{(\w+)[,}]/g)].map((match) => match[1] ?? '');
  return [...new Set(found)].sort();
}

test('catalogues: every key -> a Korean and an English message that compile', () => {
  expect(Object.keys(ko).sort()).toEqual(Object.keys(en).sort());
  for (const [key, english = '', korean = ''] of pairs) {
    expect(() => compileMessage(english), key).not.toThrow();
    expect(() => compileMessage(korean), key).not.toThrow();
    expect(english.trim() && korean.trim(), key).not.toBe('');
  }
});

test('catalogues: code spans and values -> the Korean names no value that the English lacks', () => {
  for (const [key, english = '', korean = ''] of pairs) {
    const unknown = names(korean).filter((name) => !names(english).includes(name));
    expect(unknown, key).toEqual([]);
    const marks = (text: string): number => text.split('**').length + text.split('`').length;
    expect(marks(korean) % 2, key).toBe(marks(english) % 2);
  }
});

test('catalogues: voice -> no exclamation marks, no please wait', () => {
  for (const [key, english = '', korean = ''] of pairs) {
    expect(english.replace(/`[^`]*`/g, ''), key).not.toMatch(/!|\b(oops|simply|please)\b/i);
    expect(korean, key).not.toMatch(/!/);
  }
});

test('catalogues: Korean -> no particle that depends on a filled-in name stands after it', () => {
  const risky = /\}[`*]*(이|가|을|를|은|는|과|와|으로|이라는|이라)(?=[ ,.])/;
  const found = pairs.filter(([, , korean]) => risky.test(korean ?? ''));
  expect(found.map(([key]) => key)).toEqual([]);
});

test('translator: times, counts, missing values -> shown as people read them', () => {
  const words = createTranslator('en', en);
  expect(words.t('lane.of', { total: 2160 })).toBe('of 2,160');
  expect(words.t('verdict.first_done', { lane: 'celery', time_us: 298e6 })).toBe(
    'Celery is done first, after 4:58.',
  );
  expect(words.t('lane.of')).toBe('of –');
  expect(words.t('graph.tasks', { count: 1 })).toBe('1 task');
  expect(words.t('graph.tasks', { count: 2160 })).toBe('2,160 tasks');
});

test('translator: code without a sentence -> its name and values, never an empty line', () => {
  const words = createTranslator('ko', ko);
  expect(bare(words.family('problem', 'nobody_knows', { line: 3 }))).toBe('nobody_knows line: 3');
});

test('rich text: marks in a value -> stay text', () => {
  const words = createTranslator('en', en);
  const shown = words.rich('reason.pool_wait', { pool: 'a`**b', actual: 4, limit: 4 });
  expect(pieces(shown).filter((piece) => piece.code)).toEqual([
    { text: 'a`**b', code: true, strong: false },
  ]);
});

test('numbers: section 10 of the visual language -> clock, span, count', () => {
  expect([clock(160.6e6), clock(160.6e6, true), clock(6641e6)]).toEqual([
    '2:40',
    '2:40.6',
    '1:50:41',
  ]);
  expect([span(2.44e6, ' s'), span(9.96e6, ' s'), span(65e6, ' s')]).toEqual([
    '2.4 s',
    '10 s',
    '1:05',
  ]);
  expect([span(0, ' s'), span(34_000, '초'), span(null, ' s')]).toEqual(['0 s', '34 ms', '–']);
  expect([count(364), count(2160), count(1_000_000), count(null)]).toEqual([
    '364',
    '2,160',
    '1,000,000',
    '–',
  ]);
  expect([parseClock('5:12'), parseClock('312'), parseClock('1:05:00'), parseClock('x')]).toEqual([
    312e6,
    312e6,
    3900e6,
    null,
  ]);
});
