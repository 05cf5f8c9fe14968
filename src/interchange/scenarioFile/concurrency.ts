/** How many tasks a Celery worker runs at once that says nothing of its own. */
import { defaultConfig, makeConfig, numberOption } from '../../airflow/config/index.ts';
import type { AirflowVersion } from '../../airflow/spec.ts';
import type { PlainFields } from '../../base/plain.ts';
import { ok } from '../../base/result.ts';

const OPTION = 'celery.worker_concurrency';

/** As the configuration says; where that is wrong, the check of the Scenario names it. */
export function concurrencyOf(airflow: AirflowVersion, config: PlainFields): number {
  const said = config[OPTION];
  const fits = typeof said === 'number' || typeof said === 'string';
  const made = fits ? makeConfig(airflow, { [OPTION]: said }) : ok(defaultConfig(airflow));
  return numberOption(made.ok ? made.value : defaultConfig(airflow), OPTION);
}
