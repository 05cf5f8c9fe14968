/** What every JavaScript engine must compute alike: run in Node and bundled into a page. */
import { toComparison } from '../../src/app/comparison.ts';
import { defaultSettings } from '../../src/app/settings.ts';
import { drawScenario } from '../../src/conformance/chaos/drawScenario.ts';
import { runLive } from '../../src/conformance/chaos/liveRun.ts';
import { startRun } from '../../src/explain/engineRun.ts';
import { demo } from '../../src/host/remotes/demo.ts';
import { laneCatalog } from '../../src/host/simulation/airflowEngine.ts';
import { laneScenarios } from '../../src/interchange/standardScenario.ts';

/** Both versions, all executors, every kind of fault and of user action occur among these. */
const SEEDS = 120;

/** Hashes of world and log after the demonstration, lane by lane as the page begins with it. */
export function demoHashes(): string[] {
  const source = { id: 'demo', kind: 'demo', ...demo() } as const;
  const comparison = toComparison(source, defaultSettings('demo'), laneCatalog());
  return laneScenarios(comparison).map(({ scenario }) => {
    const run = startRun(scenario);
    if (!run.ok) throw new Error('the demonstration does not run');
    run.value.advance();
    return run.value.engine.simulation.hash();
  });
}

/** And those of random scenarios. */
export function engineHashes(): string[] {
  const seeds = Array.from({ length: SEEDS }, (_, seed) => seed);
  return [...demoHashes(), ...seeds.map((seed) => runLive(drawScenario(seed), true).hash)];
}
