import { expect, test } from 'vitest';
import { Draws } from '../../../src/conformance/chaos/draws.ts';
import { drawScenario } from '../../../src/conformance/chaos/drawScenario.ts';
import { trialsOf, type Trial } from '../../../src/conformance/chaos/unblock.ts';

/** `REASONS=10000`: as many blocked task instances. */
const WANTED = Number(process.env['REASONS'] ?? 400);

test('reasons: what the gates of a blocked task instance name is removed -> it moves', () => {
  const trials: (Trial & { seed: number })[] = [];
  for (let seed = 0; trials.length < WANTED; seed++) {
    const found = trialsOf(drawScenario(seed), new Draws(seed), 4);
    trials.push(...found.map((trial) => ({ ...trial, seed })));
  }
  const stuck = trials.filter(({ moved }) => !moved);
  const told = stuck
    .slice(0, 12)
    .map(({ seed, name, codes }) => `${seed}: ${name}: ${codes.join()}`);
  process.stdout.write(`${trials.length} blocked, ${stuck.length} did not move\n`);
  expect(trials.every(({ codes }) => codes.length > 0)).toBe(true);
  expect(stuck.length / trials.length, told.join('\n')).toBeLessThanOrEqual(0.002);
}, 900_000);
