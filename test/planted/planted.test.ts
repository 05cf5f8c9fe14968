import { describe, expect, test } from 'vitest';
import { BUGS } from './bugs.ts';
import { hunt } from './hunt.ts';

/** `npm run planted` looks for all of them; here every so many, so that it takes seconds. */
const EVERY = process.env['PLANTED'] === 'all' ? 1 : 7;
const SEEDS = 4_000;

describe('planted bugs: recorded Airflow, the checker or chance', () => {
  test('the list -> at least 30, and 12 that Airflow once had', () => {
    expect(BUGS.length).toBeGreaterThanOrEqual(30);
    expect(BUGS.filter((each) => each.issue !== undefined).length).toBeGreaterThanOrEqual(12);
  });

  const chosen = BUGS.map((bug, number) => ({ ...bug, number })).filter(
    ({ number }) => number % EVERY === 0,
  );
  test.each(chosen)(
    '$name -> found',
    async (bug) => {
      const found = await hunt(bug, bug.number, SEEDS);
      if (EVERY === 1) process.stdout.write(`${bug.name}: ${found ?? 'NOT FOUND'}\n`);
      expect(found).not.toBeNull();
    },
    180_000,
  );
});
