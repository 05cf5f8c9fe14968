import { expect, test } from 'vitest';
import {
  crashAt,
  eventsOf,
  smallScenario,
  smallWorlds,
} from '../../../src/conformance/chaos/smallWorld.ts';

/** `SMALL_WORLD=all`: a crash after every event; else after every so many, in turn. */
const ALL = process.env['SMALL_WORLD'] === 'all';
const EVERY = ALL ? 1 : 12;

const SOME_LANES = [
  ['local', '3.3.2'],
  ['celery', '2.11.2'],
] as const;
const OTHER_LANES = [
  ['celery', '3.3.2'],
  ['kubernetes', '3.3.2'],
  ['sequential', '2.11.2'],
  ['local', '2.11.2'],
  ['kubernetes', '2.11.2'],
] as const;

test.each(ALL ? [...SOME_LANES, ...OTHER_LANES] : SOME_LANES)(
  'all DAGs of up to three tasks x all ends x a scheduler killed after an event: %s %s -> all end, none broken',
  (executor, airflow) => {
    const worlds = smallWorlds();
    expect(worlds).toHaveLength(3 + 2 * 9 + 8 * 27);
    let runs = 0;
    const found: string[] = [];
    worlds.forEach((small, number) => {
      const scenario = smallScenario(small, executor, airflow);
      const events = eventsOf(scenario);
      for (let at = number % EVERY; at < events; at += EVERY) {
        const violation = crashAt(scenario, at);
        runs += 1;
        if (violation !== null)
          found.push(`${JSON.stringify(small)} event ${at}: ${violation.sentence}`);
      }
    });
    if (EVERY === 1) process.stdout.write(`${executor} ${airflow}: ${runs} runs\n`);
    expect(found.slice(0, 5)).toEqual([]);
    expect(runs).toBeGreaterThan(500);
  },
  600_000,
);
