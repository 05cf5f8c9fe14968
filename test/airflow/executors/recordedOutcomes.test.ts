/**
 * Recorded executor runs without a fault: the same final states and tries, and never more task
 * instances running than slots. Times are `npm run calibrate`'s business.
 */
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { calibrate } from '../../../src/conformance/executorRuns/judge.ts';
import { recordedTimes, type Observed } from '../../../src/conformance/executorRuns/phases.ts';
import { isJudged, type RecordedRun } from '../../../src/conformance/executorRuns/recordedRun.ts';
import { simulateOutcome, simulateRun } from '../../../src/conformance/executorRuns/simulateRun.ts';
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

/** Workloads in which edges or absolute priorities leave no choice. */
const FIXED = ['chain_10', 'priorities'];

describe('recorded runs whose order is fixed', () => {
  const fixed = judged.filter(({ tags }) => FIXED.some((tag) => tags.includes(tag)));
  test.each(fixed.map((run) => [run.id, run] as const))('%s -> same order of starts', (_, run) => {
    const order = (times: Observed): string[] =>
      times.attempts
        .filter(({ start }) => start !== null)
        .sort((a, b) => (a.start ?? 0) - (b.start ?? 0))
        .map(({ task }) => task);
    expect(order(simulateRun(toScenario(run, 1, 0.5)))).toEqual(order(recordedTimes(run)));
  });
});

describe('calibration', () => {
  test('a recording against itself -> no error', () => {
    const one = judged.find(isJudged)!;
    const result = calibrate([one], () => recordedTimes(one));
    expect(result.worst).toBe(0);
    for (const { error } of Object.values(result.workloads[0]!.phases)) {
      expect(error ?? 0).toBe(0);
    }
  });
});
