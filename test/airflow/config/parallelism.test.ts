import { expect, test } from 'vitest';
import { makeConfig } from '../../../src/airflow/config/index.ts';

test('configuration: core.parallelism 0 -> no limit in 2.11.2, refused in 3.3.2', () => {
  expect(makeConfig('2.11.2', { 'core.parallelism': 0 }).ok).toBe(true);
  const refused = makeConfig('3.3.2', { 'core.parallelism': 0 });
  expect(
    refused.ok ? [] : refused.error.map(({ code, params }) => [code, params['least']]),
  ).toEqual([['option_too_small', 1]]);
});
