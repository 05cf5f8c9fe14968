/**
 * Which features of Airflow a seed uses. Every seed draws its own set, so that some seeds are full
 * of one thing and without another (swarm testing): what only fails without X is found, too.
 */
import type { ExecutorName } from '../../airflow/scenario.ts';
import type { AirflowVersion } from '../../airflow/spec.ts';
import type { Draws } from './draws.ts';

const FEATURES = [
  'rules',
  'branches',
  'sensors',
  'deferral',
  'retries',
  'failures',
  'mapping',
  'setups',
  'pools',
  'limits',
  'past',
  'priorities',
  'empties',
  'schedules',
  'assets',
  'crossDag',
  'failFast',
  'timeouts',
  'actions',
  'quickTimers',
  'queues',
] as const;
export type Feature = (typeof FEATURES)[number];

export interface Swarm {
  readonly airflow: AirflowVersion;
  readonly executor: ExecutorName;
  readonly has: ReadonlySet<Feature>;
}

/** Each executor in a quarter of the seeds. Sequential exists in 2.11.2 only. */
export function drawSwarm(draws: Draws): Swarm {
  const executor = draws.pick(['sequential', 'local', 'celery', 'kubernetes'] as const);
  const airflow =
    executor === 'sequential' ? '2.11.2' : draws.pick(['3.3.2', '3.3.2', '2.11.2'] as const);
  return { airflow, executor, has: new Set(draws.some(FEATURES, draws.pick([20, 45, 75]))) };
}
