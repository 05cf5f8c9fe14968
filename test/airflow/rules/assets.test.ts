import { describe, expect, test } from 'vitest';
import { profileOf } from '../../../src/airflow/profile/index.ts';
import {
  assetCondition,
  type AssetFacts,
  assetUri,
  isAssetName,
  joinAssets,
  missingAssets,
} from '../../../src/airflow/rules/index.ts';
import type { AssetCondition } from '../../../src/airflow/spec.ts';

const NEW = profileOf('3.3.2');
const OLD = profileOf('2.11.2');
const NO_RULES = new Set<string>();

function facts(...queued: string[]): AssetFacts {
  return {
    isQueued: (asset) => queued.includes(asset.uri),
    underAlias: (alias) => (alias === 'known' ? [{ uri: 'a' }] : []),
    resolve: (ref) => (ref['name'] === 'active' ? { uri: 'a' } : null),
  };
}

const a: AssetCondition = { asset: { uri: 'a' } };
const b: AssetCondition = { asset: { uri: 'b' } };

describe('asset condition', () => {
  test('and, or, alias, reference -> as the events that wait', () => {
    const both = { all: [a, b] };
    expect(assetCondition(both, facts('a'))).toBe(false);
    expect(assetCondition(both, facts('a', 'b'))).toBe(true);
    expect(assetCondition({ any: [a, b] }, facts('b'))).toBe(true);
    expect(assetCondition({ alias: 'known' }, facts('a'))).toBe(true);
    expect(assetCondition({ alias: 'unknown' }, facts('a'))).toBe(false);
    expect(assetCondition({ ref: { name: 'active' } }, facts('a'))).toBe(true);
    expect(assetCondition({ ref: { name: 'gone' } }, facts('a'))).toBe(false);
  });

  test('nothing in it -> all holds, any does not', () => {
    expect(assetCondition({ all: [] }, facts())).toBe(true);
    expect(assetCondition({ any: [] }, facts())).toBe(false);
  });

  test('it does not hold -> the parts that are missing; it holds -> none', () => {
    expect(missingAssets({ all: [a, { any: [b] }] }, facts('a'))).toEqual([b]);
    expect(missingAssets({ any: [a, b] }, facts('a'))).toEqual([]);
  });

  test('operators -> flattened on the left side only', () => {
    const left = joinAssets(joinAssets(a, b, 'all'), a, 'all');
    expect(left).toEqual({ all: [a, b, a] });
    expect(joinAssets(a, { all: [a, b] }, 'all')).toEqual({ all: [a, { all: [a, b] }] });
  });
});

describe('asset URI', () => {
  test.each([
    ['S3://Bucket/Key/', 's3://Bucket/Key'],
    ['s3://bucket', 's3://bucket/'],
    ['s3://bucket/a?b=2&a=1&c#frag', 's3://bucket/a?a=1&b=2'],
    ['https://user:pw@example.com/p', 'https://example.com/p'],
    ['file:/tmp/x', 'file:///tmp/x'],
    ['x-custom://Any/?b#f', 'x-custom://Any/?b#f'],
    ['plain', 'plain'],
  ])('%s -> %s', (written, stored) => {
    expect(assetUri(NEW, written, NO_RULES)).toBe(stored);
  });

  test('reserved, broken or blank -> refused', () => {
    for (const text of ['airflow://x', 'http://[bad/x', '', ' ', 'x'.repeat(1501)]) {
      expect(assetUri(NEW, text, NO_RULES)).toBeNull();
    }
    expect(assetUri(OLD, 'größe', NO_RULES)).toBeNull();
    expect(assetUri(OLD, 'x'.repeat(3000), NO_RULES)).not.toBeNull();
  });

  test('the rule of its scheme -> default port; broken: refused in 3.x, kept in 2.x', () => {
    const schemes = new Set(['postgres']);
    const good = 'postgres://host:5432/db/public/table';
    expect(assetUri(NEW, 'postgres://host/db/public/table', schemes)).toBe(good);
    expect(assetUri(NEW, 'postgres://host/db', schemes)).toBeNull();
    expect(assetUri(OLD, 'postgres://host/db', schemes)).toBe('postgres://host/db');
  });

  test('names that Python code uses itself -> refused', () => {
    expect(isAssetName(NEW, 'self')).toBe(false);
    expect(isAssetName(NEW, 'orders')).toBe(true);
  });
});
