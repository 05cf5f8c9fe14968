import { expect, test } from 'vitest';
import { BehaviourBook } from '../../../src/airflow/behaviour/book.ts';
import type { BehaviourRule } from '../../../src/airflow/scenario.ts';
import type { BehaviourSpec } from '../../../src/airflow/spec.ts';
import { dagSpec, taskSpec } from '../engine/specs.ts';

function bookOf(behaviour: Partial<BehaviourSpec>, rules: BehaviourRule[] = []): BehaviourBook {
  const spec: BehaviourSpec = {
    kind: 'python',
    duration_s: null,
    duration_source: null,
    ...behaviour,
  };
  const dag = dagSpec('d', [taskSpec('a', [], { behaviour: spec })]);
  return new BehaviourBook([dag], { by_kind: {}, rules });
}

test('behaviour: a later try ends otherwise in the file -> ends per try', () => {
  const book = bookOf({ outcome: 'success', outcomes: ['failed', 'failed', 'success'] });
  expect(book.of(0, 0, 'r', -1).outcomes).toEqual(['failed', 'failed', 'success']);
});

test('behaviour: map indexes end differently in the file -> each its own end', () => {
  const book = bookOf({ outcome: 'success', outcomes_by_index: ['success', 'skipped'] });
  expect(book.isPlain(0, 0)).toBe(false);
  expect([0, 1, 2].map((index) => book.of(0, 0, 'r', index).outcomes)).toEqual([
    ['success'],
    ['skipped'],
    ['success'],
  ]);
});

test('behaviour: a rule of the person -> wins over the file, for one index or for all', () => {
  const file = { outcome: 'success', outcomes_by_index: ['success', 'skipped'] } as const;
  const one = bookOf({ ...file, outcomes_by_index: [...file.outcomes_by_index] }, [
    { task_id: 'a', map_index: 1, outcomes: ['failed'] },
  ]);
  expect(one.of(0, 0, 'r', 1).outcomes).toEqual(['failed']);
  const all = bookOf({ outcome: 'success', outcomes_by_index: ['success', 'skipped'] }, [
    { task_id: 'a', outcomes: ['failed'] },
  ]);
  expect(all.of(0, 0, 'r', 1).outcomes).toEqual(['failed']);
});
