import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { profileOf } from '../../../src/airflow/profile/index.ts';
import {
  ownWeight,
  priorityWeights,
  type WeightRule,
  weightRuleOf,
  wire,
} from '../../../src/airflow/rules/index.ts';

const NEW = profileOf('3.3.2');
const OLD = profileOf('2.11.2');

/** A chain of tasks with the given weights. */
function chain(rule: WeightRule, weights: readonly number[]): number[] {
  const last = weights.length - 1;
  return priorityWeights(
    weights.map((priority_weight, i) => ({
      priority_weight,
      weight_rule: rule,
      upstream: i > 0 ? [i - 1] : [],
      downstream: i < last ? [i + 1] : [],
    })),
  );
}

describe('priority weights', () => {
  test('a chain -> what comes after, what came before, or the own weight', () => {
    expect(chain('downstream', [1, 2, 4])).toEqual([7, 6, 4]);
    expect(chain('upstream', [1, 2, 4])).toEqual([1, 3, 7]);
    expect(chain('absolute', [1, 2, 4])).toEqual([1, 2, 4]);
  });

  test('two ways to the same task -> it counts once', () => {
    const task = { priority_weight: 1, weight_rule: 'downstream' } as const;
    const diamond = [
      { ...task, upstream: [], downstream: [1, 2] },
      { ...task, upstream: [0], downstream: [3] },
      { ...task, upstream: [0], downstream: [3] },
      { ...task, upstream: [1, 2], downstream: [] },
    ];
    expect(priorityWeights(diamond)).toEqual([4, 2, 2, 1]);
  });

  test('positive weights along any edge -> downstream never rises, upstream never falls', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 2 }), (weights) => {
        const down = chain('downstream', weights);
        const up = chain('upstream', weights);
        for (let i = 1; i < weights.length; i += 1) {
          expect(down[i] ?? 0).toBeLessThan(down[i - 1] ?? 0);
          expect(up[i] ?? 0).toBeGreaterThan(up[i - 1] ?? 0);
        }
      }),
    );
  });

  test('an own weight beyond 32 bits -> clamped by 3.x on plain operators only', () => {
    expect(ownWeight(NEW, 3e9, false)).toBe(2_147_483_647);
    expect(ownWeight(NEW, 3e9, true)).toBe(3e9);
    expect(ownWeight(OLD, 3e9, false)).toBe(3e9);
  });

  test('downstream is written and another rule configured -> 3.x takes the configured one', () => {
    expect(weightRuleOf(NEW, 'downstream', false, 'absolute')).toBe('absolute');
    expect(weightRuleOf(NEW, 'downstream', true, 'absolute')).toBe('absolute');
    expect(weightRuleOf(NEW, '', true, 'absolute')).toBe('downstream');
    expect(weightRuleOf(OLD, 'downstream', false, 'absolute')).toBe('downstream');
    expect(weightRuleOf(NEW, 'sideways', false, 'absolute')).toBeNull();
  });
});

describe('wiring', () => {
  test('a group between two tasks -> its roots and leaves at that moment', () => {
    const tasks = [{ task_id: 'a' }, inGroup('g.x'), inGroup('g.y'), { task_id: 'b' }];
    const groups = [{ group_id: 'g', parent: null }];
    const late = wire(tasks, groups, [
      ['a', 'g'],
      ['g.x', 'g.y'],
      ['g', 'b'],
    ]);
    expect(late).toEqual([
      ['a', 'g.x'],
      ['a', 'g.y'],
      ['g.x', 'g.y'],
      ['g.y', 'b'],
    ]);
  });

  test('the last task of a group is a teardown -> what follows waits for the work before it', () => {
    const tasks = [
      inGroup('g.setup'),
      inGroup('g.work'),
      { ...inGroup('g.teardown'), teardown: ['g.setup'] },
      { task_id: 'after' },
    ];
    const edges = wire(
      tasks,
      [{ group_id: 'g', parent: null }],
      [
        ['g.setup', 'g.work'],
        ['g.work', 'g.teardown'],
        ['g', 'after'],
      ],
    );
    expect(edges).toContainEqual(['g.setup', 'g.teardown']);
    expect(edges).toContainEqual(['g.work', 'after']);
    expect(edges).not.toContainEqual(['g.teardown', 'after']);
  });
});

function inGroup(task_id: string): { task_id: string; group: string } {
  return { task_id, group: 'g' };
}
