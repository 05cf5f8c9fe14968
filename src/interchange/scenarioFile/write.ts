/** A Scenario as a scenario file, DAGs written out: what a shrunk failure or an export is kept as. */
import { stringify } from 'yaml';
import type { Scenario } from '../../airflow/scenario.ts';

/** Reading it again gives the same Scenario. */
export function writeScenarioFile(scenario: Scenario, title: string | null = null): string {
  const { format, executor, airflow, until_s, ...rest } = scenario;
  const lanes = [{ executor, airflow }];
  const head = { windtunnel: format, ...(title === null ? {} : { title }) };
  return stringify(
    { ...head, ...rest, until: until_s, lanes },
    { lineWidth: 0, aliasDuplicateObjects: false },
  );
}
