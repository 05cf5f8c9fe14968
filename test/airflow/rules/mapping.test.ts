import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { profileOf } from '../../../src/airflow/profile/index.ts';
import {
  expandArguments,
  expandLength,
  type MapExpression,
  type MapSource,
  newVerdict,
  parseTimeLength,
  productIndex,
  pushReturnValue,
  PyError,
  type PyValue,
  relevantIndexes,
  type RelevanceQuery,
  relevantSetups,
  RULE,
  sourceOf,
  teardownScope,
} from '../../../src/airflow/rules/index.ts';

const NEW = profileOf('3.3.2');
const OLD = profileOf('2.11.2');

describe('map length', () => {
  const lengths: Record<string, number> = { a: 2, b: 3, empty: 0 };
  const lengthOf = (task: string): number | null => lengths[task] ?? null;

  test('product, zip, concat, map -> product, shortest or longest, sum, same', () => {
    const xcom = (task: string): MapSource => ({ xcom: task });
    expect(expandLength([xcom('a'), xcom('b')], lengthOf)).toBe(6);
    const both = [xcom('a'), xcom('b')];
    expect(expandLength([{ zip: both, hasFill: false }], lengthOf)).toBe(2);
    expect(expandLength([{ zip: both, hasFill: true }], lengthOf)).toBe(3);
    expect(expandLength([{ concat: both }], lengthOf)).toBe(5);
    expect(expandLength([{ map: xcom('b') }], lengthOf)).toBe(3);
    expect(expandLength([xcom('a'), xcom('empty')], lengthOf)).toBe(0);
  });

  test('a source that is not known yet -> not known, and nothing at parse time', () => {
    expect(expandLength([{ literal: 2 }, { xcom: 'later' }], lengthOf)).toBeNull();
    expect(parseTimeLength([{ literal: 2 }, { xcom: 'a' }])).toBeNull();
    expect(parseTimeLength([{ literal: 2 }, { literal: 3 }])).toBe(6);
    expect(expandLength([], lengthOf)).toBe(0);
  });

  test('a product -> every combination exactly once, the last argument fastest', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(sizes, (lengths) => {
        const total = lengths.reduce((all, one) => all * one, 1);
        const seen = Array.from({ length: total }, (_, i) =>
          lengths.map((__, argument) => productIndex(lengths, argument, i)).join(),
        );
        expect(new Set(seen).size).toBe(total);
        expect(seen).toEqual([...seen].sort());
      }),
    );
  });
});

describe('map arguments', () => {
  const upstream = new Map([
    ['s', { value: [1, 2] }],
    ['d', { value: { dict: [['k', 9]] } as PyValue }],
    ['m', { values: [7, null, 8] }],
  ]);
  const xcom = (task: string): MapExpression => ({ xcom: task });

  test('a dict -> pairs; a mapped source -> gaps close up; map runs for one index only', () => {
    let calls = 0;
    const counted = { map: xcom('m'), by: (x: PyValue) => ((calls += 1), x) };
    const values = expandArguments(
      OLD,
      [
        ['a', xcom('d')],
        ['b', counted],
      ],
      upstream,
      1,
    );
    expect(values).toEqual([
      ['a', { tuple: ['k', 9] }],
      ['b', 8],
    ]);
    expect(calls).toBe(1);
  });

  test('concat behind another argument of a product -> wrong in 3.x, right in 2.x', () => {
    const written: [string, MapExpression][] = [
      ['a', { literal: ['x', 'y'] }],
      ['b', { concat: [xcom('s'), xcom('s')] }],
    ];
    expect(expandArguments(OLD, written, upstream, 4)).toEqual([
      ['a', 'y'],
      ['b', 1],
    ]);
    expect(() => expandArguments(NEW, written, upstream, 4)).toThrow(PyError);
  });

  test('an expression -> its lengths are those that the scheduler counts', () => {
    const expression: MapExpression = { zip: [xcom('s'), { listOf: [xcom('d')] }], fill: null };
    const source = { zip: [{ xcom: 's' }, { literal: 1 }], hasFill: true };
    expect(sourceOf(expression)).toEqual(source);
  });
});

describe('return values of tasks that are mapped over', () => {
  const query = {
    value: 'mappable',
    length: 3,
    isMapped: false,
    isMappedOver: true,
    doXcomPush: true,
    maxMapLength: 1024,
  } as const;

  test('a list -> its length; nothing, a text or too much -> the task fails', () => {
    expect(pushReturnValue(NEW, query)).toMatchObject({ pushed: true, mappedLength: 3 });
    const error = (change: object, profile = NEW): string | null =>
      pushReturnValue(profile, { ...query, ...change }).error;
    expect(error({ value: 'nothing' })).toBe('XComForMappingNotPushed');
    expect(error({ doXcomPush: false })).toBe('XComForMappingNotPushed');
    expect(error({ value: 'other' })).toBe('UnmappableXComTypePushed');
    expect(error({ length: 1025 })).toBe('HTTPException');
    expect(error({ length: 1025 }, OLD)).toBe('UnmappableXComLengthPushed');
    expect(error({ value: 'other', isMapped: true })).toBeNull();
  });
});

describe('relevant indexes in a mapped group', () => {
  const query: RelevanceQuery = {
    rule: RULE.allSuccess,
    mapIndex: 2,
    directlyInMappedGroup: true,
    isExpansionSource: false,
    ownCount: 3,
    ancestorCount: 3,
    isFurtherMapped: false,
  };
  const ask = (change: Partial<RelevanceQuery>, profile = NEW): object => {
    const range = { all: false, from: 0, to: 0 };
    relevantIndexes(profile, { ...query, ...change }, range);
    return range;
  };

  test('the same group -> the own index; mapped once more -> its share', () => {
    expect(ask({})).toEqual({ all: false, from: 2, to: 3 });
    expect(ask({ ownCount: 6, isFurtherMapped: true })).toEqual({ all: false, from: 2, to: 4 });
  });

  test('no common group, or own length unknown -> all', () => {
    expect(ask({ ancestorCount: -1 })).toMatchObject({ all: true });
    expect(ask({ ownCount: 0 })).toMatchObject({ all: true });
  });

  test('a rule that one upstream satisfies -> all of them in 2.x, in 3.x only unexpanded', () => {
    expect(ask({ rule: RULE.oneFailed }, OLD)).toMatchObject({ all: true });
    expect(ask({ rule: RULE.oneFailed })).toMatchObject({ all: false });
    expect(ask({ rule: RULE.oneFailed, mapIndex: -1 })).toMatchObject({ all: true });
    expect(ask({ rule: RULE.oneFailed, mapIndex: -1, isExpansionSource: true })).toMatchObject({
      all: false,
    });
  });
});

describe('setups and teardowns by structure', () => {
  // 0 setup -> 1 work -> 2 inner -> 3 teardown; the setup is wired to the teardown too.
  const graph = {
    upstream: [[], [0], [1], [2, 0]],
    downstream: [[1, 3], [2], [3], []],
    isSetup: [true, false, false, false],
    isTeardown: [false, false, false, true],
  };

  test('a setup upstream but not direct -> relevant while its teardown comes after', () => {
    expect(relevantSetups(graph, 2)).toEqual([0]);
    expect(relevantSetups(graph, 1)).toEqual([]);
    const done = { ...graph, isTeardown: [false, true, false, false] };
    expect(relevantSetups(done, 2)).toEqual([]);
  });

  test('between setup and teardown -> the tasks that are not direct upstreams', () => {
    expect(teardownScope(graph, 3)).toEqual([1]);
    expect(newVerdict().passes).toBe(true);
  });
});
