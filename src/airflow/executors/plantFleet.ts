/** What the executors of all schedulers of a lane share, and how each of them is made. */
import { allSpecs } from '../dagVersions.ts';
import { group, type Saveable } from '../../kernel/index.ts';
import { Cluster } from '../fleet/cluster.ts';
import type { PlantEnv } from '../runner/env.ts';
import type { ExecutorName, Scenario } from '../scenario.ts';
import { CelerySite } from './celery/site.ts';
import { CeleryExecutor } from './celeryExecutor.ts';
import { KubernetesExecutor } from './kubernetesExecutor.ts';
import { LocalExecutor, localLines } from './localExecutor.ts';
import type { PlantExecutor } from './plantExecutor.ts';
import { SequentialExecutor } from './sequentialExecutor.ts';

interface Fleet {
  readonly state: Saveable;
  /** Executor of the scheduler of that number. */
  executor(owner: number): PlantExecutor;
}

export function fleetOf(
  env: PlantEnv,
  name: ExecutorName,
  scenario: Scenario,
  queueNames: readonly string[],
): Fleet {
  const { fleet } = scenario;
  switch (name) {
    case 'sequential':
      return { state: group({}), executor: () => new SequentialExecutor(env) };
    case 'local': {
      const lines = localLines(Math.max(1, fleet.schedulers), env.config.parallelism);
      return { state: lines, executor: (owner) => new LocalExecutor(env, lines, owner) };
    }
    case 'celery': {
      const site = new CelerySite(env, fleet, queueNames);
      return { state: site.state, executor: (owner) => new CeleryExecutor(env, site, owner) };
    }
    case 'kubernetes': {
      const cluster = new Cluster(env, fleet, allSpecs(scenario));
      return {
        state: cluster.state,
        executor: (owner) => new KubernetesExecutor(env, cluster, owner),
      };
    }
  }
}
