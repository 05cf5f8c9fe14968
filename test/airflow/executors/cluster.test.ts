/** Pods with requests, on nodes that an autoscaler adds and takes away, with images of their own. */
import { describe, expect, test } from 'vitest';
import { PLANT_RECORD } from '../../../src/airflow/executors/records.ts';
import type { FleetSpec, Scenario } from '../../../src/airflow/scenario.ts';
import type { PodSpec } from '../../../src/airflow/spec.ts';
import { dagSpec, scenarioOf, taskSpec } from '../engine/specs.ts';
import { Rig } from '../faults/rig.ts';

function lane(
  pods: Record<string, PodSpec>,
  fleet: Partial<FleetSpec>,
  more: Partial<Scenario> = {},
): Rig {
  const tasks = Object.entries(pods).map(([id, pod]) => taskSpec(id, [], { pod }));
  const scenario = scenarioOf([dagSpec('d', tasks)], {
    executor: 'kubernetes',
    behaviour: { by_kind: {}, rules: [{ duration: 60 }] },
    until_s: 3000,
    ...more,
  });
  return new Rig({ ...scenario, fleet: { ...scenario.fleet, ...fleet } });
}

function times(rig: Rig, what: number): number[] {
  const { log } = rig.engine.simulation;
  return [...Array(log.length).keys()]
    .map((seq) => log.record(seq))
    .filter((record) => record.what === what)
    .map(({ t }) => t / 1e6);
}

const NODE = { name: 'node', count: 1, pods: 20, image_cached: true };

test('an executor_config that is refused -> failed at once, without a pod', () => {
  const rig = lane({ a: { invalid: true } }, { nodes: [{ ...NODE }] });
  expect(rig.states('a').slice(-1)).toEqual(['failed']);
  expect(rig.when('a', 'failed') - rig.when('a', 'queued')).toBeLessThan(2);
  expect(rig.engine.plant.kubernetes!.cluster.demand).toMatchObject({ busy: 0, pending: 0 });
});

describe('requests', () => {
  test('cpu decides how many run at once, not the number of pods', () => {
    const pods = { a: { cpu_m: 800 }, b: { cpu_m: 800 }, c: { cpu_m: 800 } };
    const rig = lane(pods, { nodes: [{ ...NODE, cpu_m: 2000 }] });
    const starts = ['a', 'b', 'c'].map((id) => rig.when(id, 'running')).sort((x, y) => x - y);
    expect(starts[1]! - starts[0]!).toBeLessThan(10);
    expect(starts[2]! - starts[0]!).toBeGreaterThan(60);
  });

  test('a small pod goes past a large one that fits nowhere', () => {
    const pods = { large: { memory_mb: 4000 }, small: { memory_mb: 100 } };
    const rig = lane(pods, { nodes: [{ ...NODE, memory_mb: 2000 }] }, { until_s: 300 });
    expect(rig.states('small').at(-1)).toBe('success');
    expect(rig.states('large').at(-1)).toBe('queued');
  });

  test('the emptiest node gets the pod', () => {
    const nodes = [
      { ...NODE, name: 'small', cpu_m: 1000 },
      { ...NODE, name: 'large', cpu_m: 8000 },
    ];
    const rig = lane({ a: { cpu_m: 500 }, b: { cpu_m: 500 } }, { nodes });
    // Both at 0 are equal and the first wins; then the large one has the larger free share.
    const { cluster } = rig.engine.plant.kubernetes!;
    expect(cluster.nodeNames).toEqual(['small', 'large']);
    expect(rig.runState()).toBe('success');
  });
});

describe('images', () => {
  test('each image is pulled once per node; pods that come meanwhile wait for that pull', () => {
    const nodes = [{ ...NODE, image_cached: false }];
    const rig = lane({ a: {}, b: {}, c: { image: 'other' } }, { nodes });
    const wait = (id: string): number => rig.when(id, 'running') - rig.when(id, 'queued');
    expect(wait('a')).toBeGreaterThan(14);
    expect(Math.abs(rig.when('a', 'running') - rig.when('b', 'running'))).toBeLessThan(12);
    expect(wait('c')).toBeGreaterThan(14);
  });
});

describe('node autoscaler', () => {
  const nodes = [{ ...NODE, cpu_m: 1000, min: 1, max: 3 }];
  const pods = Object.fromEntries([...'abcd'].map((id) => [id, { cpu_m: 1000 }]));
  const cluster = { autoscaler: { scale_down_after_s: 120 } };

  test('orders as many nodes as the pods need, at most max, and gives them back when empty', () => {
    const late = [0, 1500].map((at_s) => ({ at_s, action: 'trigger', dag_id: 'd' }) as const);
    const rig = lane(pods, { nodes, cluster }, { actions: late });
    const ordered = times(rig, PLANT_RECORD.nodeOrdered);
    expect(ordered.filter((t) => t < 1500)).toHaveLength(2);
    expect(ordered[0]).toBeLessThan(25);
    expect(times(rig, PLANT_RECORD.nodeRemoved).filter((t) => t < 1500)).toHaveLength(2);
    expect([rig.runState(0), rig.runState(1)]).toEqual(['success', 'success']);
  });

  test('a pod that no node of the group could hold orders nothing', () => {
    const rig = lane({ a: { cpu_m: 5000 } }, { nodes, cluster }, { until_s: 300 });
    expect(times(rig, PLANT_RECORD.nodeOrdered)).toHaveLength(0);
  });

  test('new nodes take a minute or more, and have no image', () => {
    const cold = [{ ...nodes[0]!, image_cached: false }];
    const rig = lane(pods, { nodes: cold, cluster });
    const starts = Object.keys(pods).map((id) => rig.when(id, 'running'));
    expect(Math.max(...starts)).toBeGreaterThan(60);
    expect(rig.runState()).toBe('success');
  });
});
