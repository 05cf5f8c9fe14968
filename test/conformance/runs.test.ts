import { describe, expect, test } from 'vitest';
import { runSet } from './recorded.ts';

/** All recorded cases. */
const CASES = { '3.3.2': [1771, 0], '2.11.2': [1319, 0] } as const;
const MIXED = { '3.3.2': 204, '2.11.2': 248 } as const;

describe('recorded runs', () => {
  test.each(Object.entries(CASES))(
    'every recorded case of %s -> the same states, round by round',
    async (airflow, [passed, failed]) => {
      const row = await runSet('runs', airflow);
      expect(row).toMatchObject({ passed, failed, unsupported: 0 });
    },
    120_000,
  );

  test.each(Object.entries(MIXED))(
    'larger random cases of %s -> the same states, round by round',
    async (airflow, passed) => {
      const row = await runSet('runs-mixed', airflow);
      expect(row.differences).toEqual([]);
      expect(row).toMatchObject({ passed, failed: 0, unsupported: 0 });
    },
    120_000,
  );
});
