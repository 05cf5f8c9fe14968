/** Scenario files as lanes, checked as the engine checks them. Loaded with the first one. */
import { validateScenario } from '../../airflow/parseScenario.ts';
import type { Result } from '../../base/result.ts';
import { laneScenariosOf } from '../../interchange/scenarioFile/lanes.ts';
import type { DagsOf } from '../../interchange/scenarioFile/lanes.ts';
import type { LaneOfFile } from '../../interchange/scenarioFile/laneOfFile.ts';
import { fieldsOf, listOf } from '../../interchange/scenarioFile/merge.ts';
import type { ScenarioFile } from '../../interchange/scenarioFile/scenarioFile.ts';
import type { LaneScenario } from '../../interchange/standardScenario.ts';

/** Default of celery.worker_concurrency in both versions. */
const CONCURRENCY = 16;

export function lanesOfFile(request: ScenarioFile, dagsOf: DagsOf): Result<LaneScenario[]> {
  const file = { ...request, lanes: request.lanes.map((lane) => withSlots(request, lane)) };
  return laneScenariosOf(file, dagsOf, validateScenario);
}

/** Worker groups that name no concurrency have the one of the lane's configuration. */
function withSlots({ common }: ScenarioFile, lane: LaneOfFile): LaneOfFile {
  const fleet = { ...fieldsOf(common['fleet']), ...fieldsOf(lane.own['fleet']) };
  if (!Array.isArray(fleet['workers'])) return lane;
  const config = { ...fieldsOf(common['config']), ...fieldsOf(lane.own['config']) };
  const concurrency = Number(config['celery.worker_concurrency'] ?? CONCURRENCY);
  const workers = listOf(fleet['workers']).map((group) => ({ concurrency, ...fieldsOf(group) }));
  return { ...lane, own: { ...lane.own, fleet: { ...fleet, workers } } };
}
