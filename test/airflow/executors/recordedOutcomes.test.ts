/**
 * Recorded executor runs without a fault: the same final states and tries, and never more task
 * instances running than slots. Times are `npm run calibrate`'s business.
 */
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { simulateOutcome } from '../../../src/conformance/executorRuns/simulateRun.ts';
import type { RecordedRun } from '../../../src/conformance/executorRuns/recordedRun.ts';
import { toScenario } from '../../../src/conformance/executorRuns/toScenario.ts';
import { readCases } from '../../../src/cli/oracleFiles.ts';

const read = readCases(resolve('test/oracle'), { set: 'executor-runs' });
const runs = read.ok ? (read.value as RecordedRun[]) : [];
const LEFT_OUT = ['fault', 'other-outcome', 'dirty-start'];
const judged = runs.filter(({ tags }) => !LEFT_OUT.some((tag) => tags.includes(tag)));

test('recorded runs: read -> there are some', () => {
  expect(judged.length).toBeGreaterThan(80);
});

describe('recorded runs without a fault', () => {
  test.each(judged.map((run) => [run.id, run] as const))('%s -> same end', (_, run) => {
    const outcome = simulateOutcome(toScenario(run, 1, 0.5));
    const recorded = run.expect.tis
      .filter((ti) => (ti as { row?: string }).row !== 'earlier')
      .map((ti) => `${ti.task_id}[${ti.map_index}] try ${ti.try_number}: ${ti.state}`);
    expect(outcome.tis.sort()).toEqual(recorded.sort());
    expect(outcome.runs.sort()).toEqual(
      run.expect.runs.map(({ dag_id, state }) => `${dag_id}: ${state}`).sort(),
    );
  });
});
