import { expect, test } from 'vitest';
import { runBareLoop } from './bareLoop.ts';
import { runOnKernel } from './kernelModel.ts';
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
