/** Runs the lanes, each one to its end. */
import { makeConfig, numberOption } from '../../airflow/config/index.ts';
import { plantNotices } from '../../airflow/executors/plant.ts';
import type { Scenario } from '../../airflow/scenario.ts';
import type { DagSpec } from '../../airflow/spec.ts';
import { startRun } from '../../explain/engineRun.ts';
import type { EngineRun } from '../../explain/engineRun.ts';
import { standardBase } from '../../interchange/standardScenario.ts';
import type { DagsOf } from './dags.ts';
import type { LaneOption, SimulateOptions } from './options.ts';
import { UsageError } from './options.ts';
import { sentence } from '../sentences.ts';

export interface LaneResult {
  readonly lane: LaneOption;
  readonly run: EngineRun;
}

/** All lanes are put together before the first one runs: a bad option stops them all. */
export function runLanes(
  options: SimulateOptions,
  dags: DagsOf,
  note: (text: string) => void,
): LaneResult[] {
  const lanes = options.lanes.map((lane): LaneResult => {
    const started = startRun(scenarioOf(options, lane, dags.get(lane.airflow) ?? []));
    if (started.ok) return { lane, run: started.value };
    const name = `${lane.executor}@${lane.airflow}`;
    throw new UsageError(`${name}: ${sentence(started.error)}`);
  });
  for (const { lane, run } of lanes) {
    const notices = plantNotices(run.engine.scenario);
    if (notices.length > 0) note(`${lane.executor}@${lane.airflow}: ${sentence(notices)}`);
    run.advance();
  }
  return lanes;
}

function scenarioOf(
  options: SimulateOptions,
  lane: LaneOption,
  dags: readonly DagSpec[],
): Scenario {
  const base = standardBase(dags, options.seed);
  const { config } = options;
  const count = options.workers;
  const concurrency = options.concurrency ?? defaultConcurrency(lane, config);
  const workers = [{ name: 'worker', count, concurrency, queues: null }];
  return {
    ...base,
    ...lane,
    config,
    pools: options.pools,
    until_s: options.untilS ?? base.until_s,
    fleet: { ...base.fleet, workers },
  };
}

function defaultConcurrency(lane: LaneOption, overrides: Record<string, string>): number {
  const config = makeConfig(lane.airflow, overrides);
  if (!config.ok) throw new UsageError(sentence(config.error));
  return numberOption(config.value, 'celery.worker_concurrency');
}
