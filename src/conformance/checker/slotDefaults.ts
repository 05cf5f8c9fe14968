/** How many tries a lane can work on at once, from its scenario. */
import type { Scenario } from '../../airflow/scenario.ts';

const PARALLELISM = 32;

function parallelism({ config, airflow }: Scenario): number {
  const value = Number(config['core.parallelism'] ?? PARALLELISM);
  return value <= 0 && airflow === '2.11.2' ? Infinity : value;
}

export const EXECUTOR_DEFAULTS = {
  capacity(scenario: Scenario): number {
    const { executor, fleet } = scenario;
    if (executor === 'sequential') return 1;
    if (executor === 'local') return parallelism(scenario) * fleet.schedulers;
    if (executor === 'kubernetes') {
      return fleet.nodes.reduce((sum, { count, pods }) => sum + count * pods, 0);
    }
    return fleet.workers.reduce((sum, { count, concurrency }) => sum + count * concurrency, 0);
  },
} as const;
