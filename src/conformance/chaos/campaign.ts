/** Many seeds, one after the other: what `npm run chaos` and the tests do. */
import type { ExecutorName, Scenario } from '../../airflow/scenario.ts';
import type { Violation } from '../checker/check.ts';
import { drawScenario } from './drawScenario.ts';
import { runLive } from './liveRun.ts';

export interface Failure {
  readonly seed: number;
  readonly scenario: Scenario;
  readonly violation: Violation;
}

export interface Campaign {
  readonly seeds: number;
  readonly failures: readonly Failure[];
  readonly perExecutor: Readonly<Record<ExecutorName, number>>;
  readonly faults: number;
  readonly events: number;
  readonly records: number;
}

/** Every so many seeds the run is made twice: both must have the same hash (I19). */
const TWICE_EVERY = 20;

/** `each` is told after every seed. */
export function campaign(from: number, seeds: number, each?: (done: number) => void): Campaign {
  const failures: Failure[] = [];
  const perExecutor = { sequential: 0, local: 0, celery: 0, kubernetes: 0 };
  let [faults, events, records] = [0, 0, 0];
  for (let seed = from; seed < from + seeds; seed++) {
    const scenario = drawScenario(seed);
    perExecutor[scenario.executor] += 1;
    faults += scenario.faults.length;
    const run = runLive(scenario, seed % TWICE_EVERY === 0);
    events += run.events;
    records += run.records;
    const violation = run.violation ?? (run.hash === '' ? null : differsTwice(scenario, run.hash));
    if (violation !== null) failures.push({ seed, scenario, violation });
    each?.(seed - from + 1);
  }
  return { seeds, failures, perExecutor, faults, events, records };
}

function differsTwice(scenario: Scenario, hash: string): Violation | null {
  const again = runLive(scenario, true).hash;
  if (again === hash) return null;
  const sentence = `the same scenario gave the hashes ${hash} and ${again}`;
  return { invariant: 'I19', record: -1, sentence };
}
