import { describe, expect, test } from 'vitest';
import { readCases } from '../../src/cli/oracleFiles.ts';
import type { OracleCase } from '../../src/conformance/oracleCase.ts';
import type { Recorded } from '../../src/conformance/scheduler/recorded.ts';
import { comparable } from '../../src/conformance/scheduler/compare.ts';
import { check } from '../../src/conformance/sets/scheduler.ts';
import { sameJson } from '../../src/conformance/verdict.ts';
import { ORACLE, runSet } from './recorded.ts';

/** All recorded cases; the number of passed ones may never fall below these. */
const CASES = { '3.3.2': 526, '2.11.2': 368 } as const;
const MIXED = { '3.3.2': 59, '2.11.2': 218 } as const;

describe('recorded scheduler', () => {
  test.each(Object.entries(CASES))(
    'every recorded case of %s -> the same loops, hand-overs and tables',
    async (airflow, cases) => {
      const row = await runSet('scheduler', airflow);
      expect(row.differences).toEqual([]);
      expect(row).toMatchObject({ passed: cases, failed: 0, unsupported: 0 });
    },
    60_000,
  );
});

test.each(Object.entries(MIXED))(
  'random installations of %s, users and crashes -> the same loops, hand-overs and tables',
  async (airflow, cases) => {
    const row = await runSet('scheduler-mixed', airflow);
    expect(row.differences).toEqual([]);
    expect(row).toMatchObject({ passed: cases, failed: 0, unsupported: 0 });
  },
  60_000,
);

test('users act on random installations of 3.3.2 -> the same states after every loop', async () => {
  const row = await runSet('scheduler-users', '3.3.2');
  expect(row.differences).toEqual([]);
  expect(row).toMatchObject({ passed: 227, failed: 0, unsupported: 0 });
}, 60_000);

describe('comparison of a scheduler case', () => {
  const [oracle] = casesOf('3.3.2');

  test('a recorded state is changed -> failed, and the path names loop and row', () => {
    const changed = structuredClone(oracle!);
    const { loops } = changed.expect as Recorded;
    const row = loops.find((each) => each.loop?.tis !== undefined)!;
    row.loop!.tis![0]![4][0]![1] += 1;
    expect(check(changed)).toMatchObject({
      outcome: 'failed',
      expected: { [`loop ${row.n}`]: expect.anything() },
    });
  });

  test('a recorded end date is changed -> failed', () => {
    const changed = structuredClone(oracle!);
    (changed.expect as Recorded).final.runs[0]!['end'] = 123_456;
    expect(check(changed).outcome).toBe('failed');
  });

  test('rows that tie in another order -> the same; without the tie -> different', () => {
    const a = ['d', 'r', 'a', -1, 1] as const;
    const b = ['d', 'r', 'b', -1, 1] as const;
    const side = (...handed: (typeof a | typeof b)[]) => ({
      loops: [{ n: 1, t: 0, handed: handed.map((row) => [...row]) as never }],
      final: { dags: [], runs: [], tis: [] },
    });
    const tie = { n: 1, kind: 'order' as const, tis: [a.slice(0, 4), b.slice(0, 4)] };
    const same = comparable(side(a, b), side(b, a), [tie]);
    const other = comparable(side(a, b), side(b, a), []);
    expect(sameJson(same.expected, same.actual)).toBe(true);
    expect(sameJson(other.expected, other.actual)).toBe(false);
  });

  test('another choice where Airflow leaves it open -> only what came before is compared', () => {
    const row = (task: string) => ['d', 'r', task, -1, 1] as never;
    const side = (task: string, state: string) => ({
      loops: [
        { n: 1, t: 0, handed: [row(task)] },
        { n: 2, t: 1, handed: [row(`${state}`)] },
      ],
      final: { dags: [], runs: [], tis: [{ state }] },
    });
    const tis = [
      ['d', 'r', 'a', -1],
      ['d', 'r', 'b', -1],
    ];
    const tie = { n: 1, kind: 'choice' as const, tis };
    const open = comparable(side('a', 'x'), side('b', 'y'), [tie]);
    const closed = comparable(side('a', 'x'), side('a', 'y'), [tie]);
    expect(sameJson(open.expected, open.actual)).toBe(true);
    expect(sameJson(closed.expected, closed.actual)).toBe(false);
  });
});

function casesOf(airflow: string): OracleCase[] {
  const cases = readCases(`${ORACLE}/scheduler`, { set: 'scheduler', airflow });
  return cases.ok ? [...cases.value].slice(0, 1) : [];
}
