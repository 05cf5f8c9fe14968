/** What is compared, each in a process of its own. */
import type { ExecutorName } from '../../src/airflow/scenario.ts';
import { runBareLoop } from './bareLoop.ts';
import { runOnEngine } from './engineModel.ts';
import { runMixed } from './mixedModel.ts';
import { runIdle, runOfSize } from './scaleModels.ts';
import { runOnKernel } from './kernelModel.ts';
import { loadPeer, runOnPeer } from './peerModel.ts';
import { makeWorkload } from './workload.ts';
import type { Outcome } from './workload.ts';

export interface Variant {
  /** DAG runs of W; variants are compared with one that has the same number. */
  readonly runs: number;
  /** Draws of its own: comparable by time, not by checksum. */
  readonly ownDraws?: true;
  /** How often it is repeated, where that differs from the others. */
  readonly repetitions?: number;
  /** Gives the function to be timed; what it needs is ready by then. */
  readonly prepare: () => Promise<() => Outcome>;
}

const LARGE = 100;
const SMALL = 30;

export const variants = {
  bare: { runs: LARGE, prepare: onceReady(LARGE, runBareLoop) },
  lifecycle: { runs: LARGE, prepare: onceReady(LARGE, (load) => runOnKernel(load, false)) },
  trace: { runs: LARGE, prepare: onceReady(LARGE, (load) => runOnKernel(load, true)) },
  small: { runs: SMALL, prepare: onceReady(SMALL, (load) => runOnKernel(load, false)) },
  engine: { runs: LARGE, ownDraws: true, prepare: onceReady(LARGE, (load) => runOnEngine(load)) },
  bareSmall: { runs: SMALL, prepare: onceReady(SMALL, runBareLoop) },
  sequential: { runs: SMALL, ownDraws: true, prepare: under('sequential') },
  local: { runs: SMALL, ownDraws: true, prepare: under('local') },
  celery: { runs: SMALL, ownDraws: true, prepare: under('celery') },
  kubernetes: { runs: SMALL, ownDraws: true, prepare: under('kubernetes') },
  mixed: { runs: LARGE, ownDraws: true, prepare: () => Promise.resolve(() => runMixed()) },
  size3: { runs: 10, ownDraws: true, repetitions: 200, prepare: ofSize(10) },
  size4: { runs: 100, ownDraws: true, repetitions: 20, prepare: ofSize(100) },
  size5: { runs: 1000, ownDraws: true, repetitions: 4, prepare: ofSize(1000) },
  size6: { runs: 10_000, ownDraws: true, repetitions: 1, prepare: ofSize(10_000) },
  idle: { runs: 1, ownDraws: true, repetitions: 1, prepare: () => Promise.resolve(runIdle) },
  peer: { runs: SMALL, prepare: preparePeer },
} satisfies Record<string, Variant>;

export type VariantName = keyof typeof variants;

export function isVariant(name: string): name is VariantName {
  return Object.hasOwn(variants, name);
}

function onceReady(runs: number, run: (load: ReturnType<typeof makeWorkload>) => Outcome) {
  return (): Promise<() => Outcome> => {
    const load = makeWorkload(runs);
    return Promise.resolve(() => run(load));
  };
}

function under(executor: ExecutorName): Variant['prepare'] {
  return onceReady(SMALL, (load) => runOnEngine(load, executor));
}

function ofSize(runs: number): Variant['prepare'] {
  return () => Promise.resolve(() => runOfSize(runs));
}

async function preparePeer(): Promise<() => Outcome> {
  const peer = await loadPeer();
  const load = makeWorkload(SMALL);
  return () => runOnPeer(peer, load);
}
