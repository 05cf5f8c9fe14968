/** Recorded Airflow and random scenarios in small portions: a changed program fails the first. */
import { readCases } from '../../src/cli/oracleFiles.ts';
import { drawScenario } from '../../src/conformance/chaos/drawScenario.ts';
import { runLive } from '../../src/conformance/chaos/liveRun.ts';
import type { OracleCase } from '../../src/conformance/oracleCase.ts';
import { runCases } from '../../src/conformance/run.ts';
import { test } from './vitest.ts';

/** Recorded sets that the mutated folders serve: cases of a portion, every how many-eth case. */
const SETS: Readonly<Record<string, readonly [size: number, stride: number]>> = {
  assets: [400, 1],
  expansion: [100, 2],
  'retry-delays': [400, 1],
  'trigger-rules': [800, 5],
  weights: [200, 1],
  runs: [40, 10],
  scheduler: [12, 5],
  'scheduler-users': [12, 5],
};
const SEEDS = 40;
const SEEDS_PER_TEST = 5;

/** `all`: every recorded case and more seeds, for what has survived a part of them. */
export function definePortions(oracle: string, all: boolean): void {
  for (const [set, [size, stride]] of Object.entries(SETS)) {
    defineSet(oracle, set, size, all ? 1 : stride);
  }
  const seeds = all ? SEEDS * 10 : SEEDS;
  for (let from = 0; from < seeds; from += SEEDS_PER_TEST) {
    test(`chaos from seed ${from}`, () => byChance(from, from + SEEDS_PER_TEST));
  }
}

function defineSet(oracle: string, set: string, size: number, stride: number): void {
  const read = readCases(`${oracle}/${set}`, { set });
  if (!read.ok) throw new Error(JSON.stringify(read.error.slice(0, 3)));
  const cases = read.value.filter((_, number) => number % stride === 0);
  for (let from = 0; from < cases.length; from += size) {
    test(`${set} from case ${from}`, () => byOracle(cases.slice(from, from + size)));
  }
}

async function byOracle(cases: readonly OracleCase[]): Promise<void> {
  const rows = await runCases(cases, { readFile: () => null });
  for (const { failed, unsupported, differences } of rows) {
    if (failed + unsupported > 0) throw new Error(`differs: ${differences[0]?.id}`);
  }
}

function byChance(from: number, to: number): void {
  for (let seed = from; seed < to; seed++) {
    const { violation } = runLive(drawScenario(seed));
    if (violation !== null) throw new Error(`seed ${seed}: ${violation.invariant}`);
  }
}
