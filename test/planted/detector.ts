/** What may find a planted bug; bundled with the bug in it. */
import { drawScenario } from '../../src/conformance/chaos/drawScenario.ts';
import { runLive } from '../../src/conformance/chaos/liveRun.ts';
import type { OracleCase } from '../../src/conformance/oracleCase.ts';
import { runCases } from '../../src/conformance/run.ts';

/** Chance, under the eyes of the checker and of the engine's own invariants. */
export function byChance(seeds: number): string | null {
  for (let seed = 0; seed < seeds; seed++) {
    const { violation } = runLive(drawScenario(seed));
    if (violation !== null)
      return `chaos, seed ${seed}: ${violation.invariant}, ${violation.sentence}`;
  }
  return null;
}

/** Recorded Airflow. */
export async function byOracle(cases: readonly OracleCase[]): Promise<string | null> {
  const rows = await runCases(cases, { readFile: () => null });
  const failing = rows.find((row) => row.failed > 0);
  return failing ? `oracle, ${failing.set} ${failing.airflow}: ${failing.failed} cases` : null;
}
