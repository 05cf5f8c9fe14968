import { expect, test } from 'vitest';
import { toComparison } from '../../src/app/comparison.ts';
import { defaultSettings } from '../../src/app/settings.ts';
import { readSettings } from '../../src/app/stored.ts';
import { settingsView } from '../../src/app/settingsView.ts';
import { laneCatalog, makeLaneEngine } from '../../src/host/simulation/airflowEngine.ts';
import { laneScenarios } from '../../src/interchange/standardScenario.ts';
import { dagSpec, taskSpec } from '../airflow/engine/specs.ts';

const catalog = laneCatalog();
const source = { id: 'x', kind: 'file', dags: [dagSpec('d', [taskSpec('a')])] } as const;
const plain = defaultSettings('x');
const compare = (change: Partial<typeof plain>) =>
  toComparison({ ...source, dags: [...source.dags] }, { ...plain, ...change }, catalog);

test('settings: an option -> only in the lanes and versions that have it', () => {
  const { lanes } = compare({ options: { worker_prefetch_multiplier: 4, parallelism: 16 } });
  const [sequential, local, celery, kubernetes] = lanes.map((lane) => lane.patch.config);
  expect(celery).toMatchObject({ 'celery.worker_prefetch_multiplier': 4, 'core.parallelism': 16 });
  expect(kubernetes).toEqual({ 'core.parallelism': 16 });
  expect(local).toEqual({ 'core.parallelism': 8 });
  expect(sequential).toEqual({});
});

test('settings: beyond their range -> the nearest good value runs, and it is said', () => {
  const options = { local_parallelism: 9_999, max_active_tasks: -3 };
  const { lanes, base } = compare({ options });
  expect(lanes[1]?.patch.config).toEqual({ 'core.parallelism': 128 });
  expect(base.dags[0]?.max_active_tasks).toBe(1);
  const { problems } = settingsView({ ...plain, options }, null, catalog);
  expect(problems.map((one) => one.where?.field)).toEqual([
    'max_active_tasks',
    'local_parallelism',
  ]);
});

test('settings: fleet of any size -> held within what can be shown', () => {
  const workers = [{ name: 'w', count: 1e9, concurrency: 0, queues: null }];
  const { fleet } = compare({ workers }).base;
  expect(fleet.workers).toEqual([{ name: 'w', count: 500, concurrency: 1, queues: null }]);
});

test('settings: cluster, arrivals, machines, KEDA -> a scenario that the engine takes', () => {
  const options = { nodes: 2, nodes_max: 5, pod_cores: 0.5, quota_pods: 8, scale_down_s: 60 };
  const withLogs = { ...options, log_disk_lost: true, remote_logging: true };
  const arrivals = [{ dag_id: 'd', every_s: 600 }];
  const machines = [{ name: 'host-1', runs: ['scheduler-*', 'database'], cores: 2 }];
  const keda = { min: 1, max: 4 };
  const workers = [{ name: 'w', count: 1, concurrency: 2, queues: null, keda }];
  const comparison = compare({ options: withLogs, arrivals, machines, workers });
  expect(comparison.base.logs).toEqual({ disk: 'lost' });
  expect(comparison.lanes[2]?.patch.config).toMatchObject({ 'logging.remote_logging': true });
  expect(comparison.base.fleet).toMatchObject({
    cluster: {
      pod: { cpu_m: 500 },
      quota: { pods: 8 },
      autoscaler: { scale_down_after_s: 60 },
    },
    placement: machines,
    workers: [{ keda }],
  });
  expect(comparison.base.fleet.nodes[0]).toMatchObject({ count: 2, min: 2, max: 5 });
  expect(comparison.base.behaviour.arrivals).toEqual(arrivals);
  const kept = readSettings({ ...plain, options, arrivals, machines, workers });
  expect(kept).toMatchObject({ arrivals, machines, workers });
  for (const { scenario } of laneScenarios(comparison)) {
    expect(makeLaneEngine(scenario).ok).toBe(true);
  }
});

test('lanes: of one comparison -> alike but for executor, version and patch', () => {
  const scenarios = laneScenarios(compare({})).map(({ scenario }) => scenario);
  for (const { executor, airflow, config, ...rest } of scenarios) {
    const { executor: e, airflow: a, config: c, ...first } = scenarios[0] ?? {};
    expect([e, a, c].length).toBe(3);
    expect([executor, airflow, typeof config].length).toBe(3);
    expect(rest).toEqual(first);
  }
});
