import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { readCases } from '../../src/cli/oracleFiles.ts';
import { runCases } from '../../src/conformance/run.ts';

const read = readCases(resolve('test/oracle'), { set: 'executor-runs' });

test('recorded runs with and without faults -> the same states, tries and order of events', async () => {
  expect(read.ok).toBe(true);
  if (!read.ok) return;
  const context = { readFile: () => null };
  const rows = await runCases(read.value, context, 'executor-runs');
  expect(rows.flatMap(({ differences }) => differences.map(({ id }) => id))).toEqual([]);
  expect(rows.reduce((sum, { passed }) => sum + passed, 0)).toBeGreaterThanOrEqual(104);
});

test('not asked for by name -> left to the calibration', async () => {
  const cases = read.ok ? read.value : [];
  expect(await runCases(cases, { readFile: () => null })).toEqual([]);
});
