import { expect, test } from 'vitest';
import { EXECUTORS } from '../../src/airflow/scenario.ts';
import { runBareLoop } from './bareLoop.ts';
import { runOnEngine } from './engineModel.ts';
import { runOnKernel } from './kernelModel.ts';
import { runMixed } from './mixedModel.ts';
import { loadPeer, runOnPeer } from './peerModel.ts';
import { makeWorkload } from './workload.ts';

test('benchmark: bare loop, kernel with and without log, peer -> the same run', async () => {
  const load = makeWorkload(4);
  const bare = runBareLoop(load);
  expect(bare.events).toBeGreaterThan(load.count * 7);
  const plain = runOnKernel(load, false);
  const traced = runOnKernel(load, true);
  const peer = runOnPeer(await loadPeer(), load);
  for (const other of [plain, traced, peer]) {
    expect({ events: other.events, checksum: other.checksum }).toEqual(bare);
  }
  expect([plain.log.length, traced.log.length]).toEqual([0, bare.events]);
});

test('benchmark: whole engine -> every try of W is run, about as many as in the bare loop', () => {
  const load = makeWorkload(2);
  const ratio = runOnEngine(load).events / runBareLoop(load).events;
  expect(ratio).toBeGreaterThan(0.97);
  expect(ratio).toBeLessThan(1.03);
});

test('benchmark: each executor -> every try of W is run', () => {
  const load = makeWorkload(1);
  const least = 7 * load.count;
  for (const executor of EXECUTORS) {
    expect(runOnEngine(load, executor).events, executor).toBeGreaterThanOrEqual(least);
  }
});

test('benchmark: the mix -> every run ends, tries counted by their hand-overs', () => {
  const once = runMixed(1);
  expect(once.events % 7).toBe(0);
  expect(once.events / 7).toBeGreaterThan(1000);
  expect(runMixed(1).checksum).toBe(once.checksum);
});
