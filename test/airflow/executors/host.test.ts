/** Cores of a machine: shared among groups of processes first, then among the jobs of a group. */
import { expect, test } from 'vitest';
import { Host, type HostGroups } from '../../../src/airflow/fleet/host.ts';
import { group, Simulation } from '../../../src/kernel/index.ts';

const SECOND = 1_000_000;
const TICK = 1;
const WORKERS: HostGroups = { count: 2, apart: -1 };

/** When (s) each job is through: `[group, processor seconds]`, all started at 0. */
function ends(
  cores: number,
  groups: HostGroups,
  jobs: readonly (readonly [number, number])[],
): number[] {
  const found: number[] = [];
  const simulation = new Simulation({
    seed: 0,
    make: (context) => {
      const host = new Host(context, cores, TICK, 0, groups);
      jobs.forEach(([of, work], job) => host.start(work * SECOND, 2, job, of));
      return {
        state: group({ host: host.state }),
        handle: () => host.tick((_, job) => (found[job] = Math.round(context.now / 10_000) / 100)),
      };
    },
  });
  simulation.run();
  return found;
}

test('one group: all jobs have the same share, one core at most', () => {
  expect(ends(2, { count: 1, apart: -1 }, [[0, 1]])).toEqual([1]);
  expect(
    ends(2, { count: 1, apart: -1 }, [
      [0, 1],
      [0, 1],
      [0, 1],
      [0, 1],
    ]),
  ).toEqual([2, 2, 2, 2]);
});

test('two starts on a worker are through before four on another (recorded: 1.0 and 1.5 s)', () => {
  const jobs = [0, 0, 0, 0, 1, 1].map((of) => [of, 0.5] as const);
  expect(ends(2, WORKERS, jobs)).toEqual([1.5, 1.5, 1.5, 1.5, 1, 1]);
});

test('what a group cannot use goes to the other', () => {
  expect(
    ends(3, WORKERS, [
      [0, 1],
      [1, 1],
      [1, 1],
      [1, 1],
      [1, 1],
    ]),
  ).toEqual([1, 1.67, 1.67, 1.67, 1.67]);
});

test('pods are groups of their own: each counts as much as the scheduler', () => {
  const jobs = [
    [0, 1],
    [0, 1],
    [1, 1],
    [1, 1],
    [1, 1],
  ] as const;
  // One core: a quarter for the scheduler's two jobs, a quarter for each pod.
  expect(ends(1, { count: 2, apart: 1 }, jobs)).toEqual([5, 5, 4, 4, 4]);
});
