/** Scenario files as lanes, checked as the engine checks them. Loaded with the first one. */
import { validateScenario } from '../../airflow/parseScenario.ts';
import type { Result } from '../../base/result.ts';
import { laneScenariosOf } from '../../interchange/scenarioFile/lanes.ts';
import type { DagsOf } from '../../interchange/scenarioFile/lanes.ts';
import type { ScenarioFile } from '../../interchange/scenarioFile/scenarioFile.ts';
import type { LaneScenario } from '../../interchange/standardScenario.ts';

export function lanesOfFile(file: ScenarioFile, dagsOf: DagsOf): Result<LaneScenario[]> {
  return laneScenariosOf(file, dagsOf, validateScenario);
}
