import { expect, test } from 'vitest';
import { campaign } from '../../../src/conformance/chaos/campaign.ts';

const SEEDS = 2_000;

test('chaos: 2,000 random scenarios under random faults -> no invariant broken, all end or say why', () => {
  const { failures, perExecutor, faults } = campaign(0, SEEDS);
  const told = failures.map(({ seed, violation }) => ({ seed, ...violation }));
  expect(told).toEqual([]);
  for (const count of Object.values(perExecutor)) expect(count).toBeGreaterThan(SEEDS * 0.2);
  expect(faults).toBeGreaterThan(SEEDS / 4);
}, 120_000);
