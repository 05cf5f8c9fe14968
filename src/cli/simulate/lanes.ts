/** Runs the lanes, each one to its end. */
import { plantNotices } from '../../airflow/executors/plantCheck.ts';
import { validateScenario } from '../../airflow/parseScenario.ts';
import { startRun } from '../../explain/engineRun.ts';
import type { EngineRun } from '../../explain/engineRun.ts';
import { laneScenariosOf } from '../../interchange/scenarioFile/lanes.ts';
import type { DagsOf } from '../../interchange/scenarioFile/lanes.ts';
import type { ScenarioFile } from '../../interchange/scenarioFile/scenarioFile.ts';
import type { LaneScenario } from '../../interchange/standardScenario.ts';
import type { FilesRead } from './dags.ts';
import type { LaneOption } from './options.ts';
import { UsageError } from './options.ts';
import { refusalsOf } from './refusals.ts';
import { sentence } from '../sentences.ts';

export interface LaneResult {
  readonly lane: LaneOption;
  readonly run: EngineRun;
}

/** All lanes are put together before the first one runs: a bad option stops them all. */
export function runLanes(
  request: ScenarioFile,
  read: FilesRead,
  note: (text: string) => void,
): LaneResult[] {
  const dagsOf: DagsOf = ({ airflow }, content) => {
    const dags = content === undefined ? read.first : read.later.get(content);
    return dags?.get(airflow) ?? [];
  };
  const made = laneScenariosOf(request, dagsOf, validateScenario);
  if (!made.ok) throw new UsageError(sentence(made.error));
  const lanes = made.value.map(start);
  for (const { lane, run } of lanes) {
    const notices = plantNotices(run.engine.scenario);
    if (notices.length > 0) note(`${lane.executor}@${lane.airflow}: ${sentence(notices)}`);
    run.advance();
    if (run.problem) {
      throw new UsageError(`${lane.executor}@${lane.airflow}: ${sentence([run.problem])}`);
    }
    for (const line of refusalsOf(run)) note(`${lane.executor}@${lane.airflow}: ${line}`);
  }
  return lanes;
}

function start({ lane, scenario }: LaneScenario): LaneResult {
  const started = startRun(scenario);
  if (started.ok) return { lane, run: started.value };
  throw new UsageError(`${lane.executor}@${lane.airflow}: ${sentence(started.error)}`);
}
