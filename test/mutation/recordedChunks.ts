/** Recorded Airflow and random scenarios in small portions: a changed program fails the first. */
import { readCases } from '../../src/cli/oracleFiles.ts';
import { drawScenario } from '../../src/conformance/chaos/drawScenario.ts';
import { runLive } from '../../src/conformance/chaos/liveRun.ts';
import type { OracleCase } from '../../src/conformance/oracleCase.ts';
import { runCases } from '../../src/conformance/run.ts';
import { test } from './vitest.ts';

/** Recorded sets that the mutated folders serve: cases of a portion, and of each tag. */
const SETS: Readonly<Record<string, readonly [size: number, perTag: number]>> = {
  assets: [400, Infinity],
  expansion: [50, 12],
  'retry-delays': [400, Infinity],
  'trigger-rules': [400, 300],
  weights: [200, Infinity],
  runs: [30, 6],
  scheduler: [10, 6],
  'scheduler-users': [10, 40],
};
const SEEDS = 40;
const SEEDS_PER_TEST = 5;

/** `all`: every recorded case and more seeds, for what has survived a part of them. */
export function definePortions(oracle: string, all: boolean): void {
  for (const [set, [size, perTag]] of Object.entries(SETS)) {
    defineSet(oracle, set, size, all ? Infinity : perTag);
  }
  const seeds = all ? SEEDS * 10 : SEEDS;
  for (let from = 0; from < seeds; from += SEEDS_PER_TEST) {
    test(`chaos from seed ${from}`, () => byChance(from, from + SEEDS_PER_TEST));
  }
}

function defineSet(oracle: string, set: string, size: number, perTag: number): void {
  const read = readCases(`${oracle}/${set}`, { set });
  if (!read.ok) throw new Error(JSON.stringify(read.error.slice(0, 3)));
  const cases = someOfEach(read.value, perTag);
  for (let from = 0; from < cases.length; from += size) {
    test(`${set} from case ${from}`, () => byOracle(cases.slice(from, from + size)));
  }
}

/** The first cases of each tag and version, so that what is rare is there too. */
function someOfEach(cases: readonly OracleCase[], perTag: number): OracleCase[] {
  const seen = new Map<string, number>();
  return cases.filter(({ airflow, tags }) => {
    const keys = tags.map((tag) => `${airflow} ${tag}`);
    const wanted = keys.some((key) => (seen.get(key) ?? 0) < perTag);
    if (wanted) for (const key of keys) seen.set(key, (seen.get(key) ?? 0) + 1);
    return wanted;
  });
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
