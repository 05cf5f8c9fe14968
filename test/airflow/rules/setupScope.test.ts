import { describe, expect, test } from 'vitest';
import {
  reachable,
  relevantSetups,
  teardownScope,
  type TaskGraph,
} from '../../../src/airflow/rules/setupScope.ts';

/** Tasks 0 ... n-1; `edges` from upstream to downstream. */
function graphOf(
  count: number,
  edges: readonly (readonly [number, number])[],
  setups: readonly number[],
  teardowns: readonly number[],
): TaskGraph {
  const all = Array.from({ length: count }, (_, task) => task);
  return {
    upstream: all.map((task) => edges.filter(([, to]) => to === task).map(([from]) => from)),
    downstream: all.map((task) => edges.filter(([from]) => from === task).map(([, to]) => to)),
    isSetup: all.map((task) => setups.includes(task)),
    isTeardown: all.map((task) => teardowns.includes(task)),
  };
}

describe('setups and teardowns by structure', () => {
  test('reachable: a diamond and a loop of edges -> each task once, ascending, not itself first', () => {
    expect(reachable([[12, 3], [2], [10], [2], [], [], [], [], [], [], [], [], [10]], 0)).toEqual([
      2, 3, 10, 12,
    ]);
    expect(reachable([[1], [0]], 5)).toEqual([]);
  });

  test('a setup two steps above -> needed when one of its teardowns comes after the task', () => {
    // 0 setup -> 1 -> 2 work; its teardowns are 3 (after the work) and 4 (beside it).
    const edges = [
      [0, 1],
      [1, 2],
      [2, 3],
      [0, 3],
      [0, 4],
    ] as const;
    expect(relevantSetups(graphOf(5, edges, [0], [3, 4]), 2)).toEqual([0]);
    // Only the one beside it: the setup is not for this work.
    expect(relevantSetups(graphOf(5, edges, [0], [4]), 2)).toEqual([]);
    // No teardown at all: needed. Directly above: the rule itself sees it.
    expect(relevantSetups(graphOf(5, edges, [0], []), 2)).toEqual([0]);
    expect(relevantSetups(graphOf(5, edges, [0], [3]), 1)).toEqual([]);
  });

  test('the scope of a teardown -> what lies between its setups and it, its neighbours not', () => {
    // 0 setup -> 1 -> 2 -> 4 teardown; 5 -> 1 and 3 -> 2 come from elsewhere, 3 is no setup.
    const edges = [
      [0, 1],
      [1, 2],
      [2, 4],
      [0, 4],
      [3, 2],
      [3, 4],
      [5, 1],
    ] as const;
    expect(teardownScope(graphOf(6, edges, [0], [4]), 4)).toEqual([1]);
    expect(teardownScope(graphOf(6, edges, [], [4]), 4)).toEqual([]);
  });
});
