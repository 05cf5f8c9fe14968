/** Makespans and phases of all workloads: simulated against recorded. */
import { median, phasesOf, recordedTimes, type Observed, type Phases } from './phases.ts';
import { isJudged, recordedMakespan, workloadId, type RecordedRun } from './recordedRun.ts';
import { toScenario } from './toScenario.ts';
import type { Scenario } from '../../airflow/scenario.ts';

/** The simulator's value is its median over so many seeds. */
export const SEEDS = 25;

export interface WorkloadResult {
  readonly id: string;
  readonly airflow: string;
  readonly executor: string;
  /** Seconds. */
  readonly recorded: number;
  readonly simulated: number;
  /** |simulated - recorded| / recorded. */
  readonly makespan_error: number;
  /** Recorded and simulated median of each gap, and their distance, in seconds. */
  readonly phases: Readonly<Record<string, PhaseResult>>;
}

export interface PhaseResult {
  readonly recorded: number | null;
  readonly simulated: number | null;
  readonly error: number | null;
}

export interface Calibration {
  readonly workloads: readonly WorkloadResult[];
  readonly median: number | null;
  readonly worst: number | null;
}

/** Runs a scenario to its end; times in seconds after the first trigger. */
export type Simulate = (scenario: Scenario) => Observed;

export function calibrate(runs: readonly RecordedRun[], simulate: Simulate): Calibration {
  const groups = new Map<string, RecordedRun[]>();
  for (const run of runs.filter(isJudged)) {
    const id = workloadId(run);
    groups.set(id, [...(groups.get(id) ?? []), run]);
  }
  const workloads = [...groups].map(([id, repeats]) => judge(id, repeats, simulate));
  const errors = workloads.map((one) => one.makespan_error);
  return {
    workloads,
    median: median(errors),
    worst: errors.length === 0 ? null : Math.max(...errors),
  };
}

function judge(id: string, repeats: readonly RecordedRun[], simulate: Simulate): WorkloadResult {
  const first = repeats[0]!;
  const recorded = median(repeats.map(recordedMakespan)) ?? 0;
  const observed = Array.from({ length: SEEDS }, (_, i) =>
    simulate(scenarioOf(repeats[i % repeats.length]!, i)),
  );
  const simulated = median(observed.map(makespan)) ?? 0;
  return {
    id,
    airflow: first.airflow,
    executor: first.given.executor,
    recorded,
    simulated,
    makespan_error: Math.abs(simulated - recorded) / recorded,
    phases: comparePhases(
      repeats.map((run) => phasesOf(run.given, recordedTimes(run))),
      observed.map((one) => phasesOf(first.given, one)),
    ),
  };
}

/**
 * The trigger meets the scheduler's loop (1 s) and its timers (30 s) at another moment each time,
 * evenly spread; so does the DAG processor.
 */
function scenarioOf(run: RecordedRun, i: number): Scenario {
  const spread = (step: number): number => ((i * step) % SEEDS) / SEEDS;
  return toScenario(run, i + 1, 0.5 / SEEDS + spread(1) + 30 * spread(7), spread(11));
}

function makespan(observed: Observed): number {
  return Math.max(...observed.runs.map(({ end }) => end ?? Infinity));
}

function comparePhases(
  recorded: readonly Phases[],
  simulated: readonly Phases[],
): Record<string, PhaseResult> {
  const names = Object.keys(recorded[0] ?? {});
  return Object.fromEntries(
    names.map((name) => {
      const real = median(recorded.map((one) => one[name] ?? null));
      const ours = median(simulated.map((one) => one[name] ?? null));
      const error = real === null || ours === null ? null : Math.abs(ours - real);
      return [name, { recorded: real, simulated: ours, error }];
    }),
  );
}
