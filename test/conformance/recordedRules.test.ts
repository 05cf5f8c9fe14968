import { describe, expect, test } from 'vitest';
import { runSet } from './recorded.ts';

/** Sets of pure rules, with the number of recorded cases of each version. */
const SETS: readonly [set: string, airflow: string, cases: number][] = [
  ['assets', '3.3.2', 817],
  ['assets', '2.11.2', 549],
  ['configuration', '3.3.2', 430],
  ['configuration', '2.11.2', 389],
  ['dag-versions', '3.3.2', 32],
  ['dag-versions', '2.11.2', 28],
  ['expansion', '3.3.2', 448],
  ['expansion', '2.11.2', 448],
  ['retry-delays', '3.3.2', 838],
  ['retry-delays', '2.11.2', 724],
  ['timetables', '3.3.2', 4592],
  ['timetables', '2.11.2', 4273],
  ['trigger-rules', '3.3.2', 14553],
  ['trigger-rules', '2.11.2', 15233],
  ['weights', '3.3.2', 674],
  ['weights', '2.11.2', 674],
];

describe('recorded rules', () => {
  test.each(SETS)('%s: every recorded case of %s -> the same answer', async (set, airflow, n) => {
    const row = await runSet(set, airflow);
    expect(row.differences).toEqual([]);
    expect(row).toMatchObject({ passed: n, failed: 0, unsupported: 0 });
  });
});
