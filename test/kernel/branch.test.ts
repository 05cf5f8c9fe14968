import { expect, test } from 'vitest';
import fc from 'fast-check';
import { seconds } from '../../src/base/time.ts';
import { RunTree } from '../../src/kernel/index.ts';
import type { Branch, Model, Moment } from '../../src/kernel/index.ts';
import { Checkpoints } from '../../src/kernel/checkpoint.ts';
import type { SavedSimulation } from '../../src/kernel/simulation.ts';
import { carWash } from './carWash.ts';

type Wash = Model<{ readonly bays: number }>;

function makeTree(seed = 1, checkpointEvents = 32): RunTree<Wash> {
  return new RunTree<Wash>({ seed, make: carWash(300), checkpointEvents });
}

test('branch: run in pieces -> the same hash as without checkpoints', () => {
  const [fine, coarse] = [makeTree(1, 7), makeTree(1, 10_000)];
  while (fine.root.run({ events: 10 }).reason === 'events');
  coarse.root.run();
  expect(fine.root.simulation.hash()).toBe(coarse.root.simulation.hash());
});

test('branch: no change, run on -> hash of the parent, from any moment', () => {
  const tree = makeTree();
  tree.root.run();
  const end = tree.root.simulation;
  const moment: fc.Arbitrary<Moment> = fc.oneof(
    fc.integer({ min: 0, max: end.events }).map((events) => ({ events })),
    fc.integer({ min: 0, max: Math.floor(end.now / 1e6) }).map((s) => ({ time: seconds(s) })),
  );
  fc.assert(
    fc.property(moment, (at) => {
      const branch = tree.fork(tree.root, at);
      branch.run();
      expect(branch.simulation.hash()).toBe(end.hash());
    }),
    { numRuns: 60 },
  );
});

test('branch: a world of the past -> as it was when the run got there', () => {
  const live = makeTree();
  const tree = makeTree();
  tree.root.run();
  for (const events of [0, 1, 31, 32, 33, 200, 500]) {
    live.root.run({ events: events - live.root.simulation.events });
    expect(tree.at(tree.root, { events }).hash()).toBe(live.root.simulation.hash());
  }
});

const plan = fc.array(fc.tuple(fc.nat(), fc.nat(), fc.integer({ min: 1, max: 4 })), {
  minLength: 1,
  maxLength: 6,
});

test('branches: forks of forks with changes -> each replays to its hash, none disturbs another', () => {
  fc.assert(
    fc.property(plan, fc.nat(50), (forks, seed) => {
      const tree = makeTree(seed, 16);
      tree.root.run();
      const hashes = [tree.root.simulation.hash()];
      for (const [which, where, bays] of forks) {
        const parent = tree.branches[which % tree.branches.length]!;
        const events = where % (parent.simulation.events + 1);
        const branch = tree.fork(parent, { events }, { bays });
        branch.run();
        hashes.push(branch.simulation.hash());
      }
      tree.branches.forEach((branch: Branch<Wash>, id) => {
        expect(branch.simulation.hash()).toBe(hashes[id]);
        expect(tree.replay(branch).hash()).toBe(hashes[id]);
      });
    }),
    { numRuns: 30 },
  );
});

test('branch: moment before its fork -> the ancestor that lived then', () => {
  const tree = makeTree();
  tree.root.run();
  const child = tree.fork(tree.root, { time: seconds(3000) }, { bays: 1 });
  child.run();
  const early = tree.fork(child, { time: seconds(1000) }, { bays: 1 });
  const late = tree.fork(child, { time: seconds(5000) }, { bays: 1 });
  expect([early.parent?.id, late.parent?.id]).toEqual([0, 1]);
  expect(early.point.time).toBe(seconds(1000));
  expect(tree.at(child, { time: seconds(3000) }).hash()).toBe(
    tree.fork(tree.root, { time: seconds(3000) }, { bays: 1 }).simulation.hash(),
  );
});

test('branch: log before the fork -> shared chunks, not copies', () => {
  const tree = new RunTree<Wash>({ seed: 1, make: carWash(20_000) });
  tree.root.run();
  const child = tree.fork(tree.root, { events: 30_000 });
  const own = tree.root.simulation.log.closedChunks();
  expect(own.length).toBeGreaterThan(2);
  expect(child.simulation.log.closedChunks()[0]).toBe(own[0]);
});

test('branch: a moment that the run has not reached -> programmer error', () => {
  const tree = makeTree();
  tree.root.run({ events: 10 });
  expect(() => tree.fork(tree.root, { events: 11 })).toThrow('beyond the run');
});

test('checkpoints: 1,000 of them -> start kept, latest 8 kept, about 8 per doubling of age', () => {
  const at = (n: number): SavedSimulation =>
    ({ events: n * 100, now: n * 1000 }) as SavedSimulation;
  const checkpoints = new Checkpoints(at(0), 100);
  for (let n = 1; n <= 1000; n++) {
    expect(checkpoints.due(n * 100)).toBe(true);
    checkpoints.add(at(n));
  }
  const kept = checkpoints.all.map(({ events }) => events / 100);
  expect(kept[0]).toBe(0);
  expect(kept.slice(-8)).toEqual([993, 994, 995, 996, 997, 998, 999, 1000]);
  expect(kept.length).toBeLessThan(60);
  // The way from the nearest one is never longer than a fourth of its age.
  for (let n = 1; n <= 1000; n++) {
    const from = checkpoints.beforeEvents(n * 100)!.events / 100;
    expect(n - from).toBeLessThanOrEqual((1000 - from) / 4);
  }
  expect(checkpoints.beforeTime(5500)?.events).toBeLessThanOrEqual(500);
});

test('checkpoints: a world of 3 MiB -> copied every third time only', () => {
  const large = (events: number): SavedSimulation =>
    ({ events, now: events, model: { column: new Uint8Array(3 * 2 ** 20) } }) as never;
  const checkpoints = new Checkpoints(large(0), 100);
  expect(checkpoints.distance(0)).toBe(300);
  expect([100, 200, 300].map((events) => checkpoints.due(events))).toEqual([false, false, true]);
});
