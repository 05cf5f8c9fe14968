/** Faults of pods, nodes, images and the Kubernetes API: states, times, tries (F15 to F20, nodes). */
import { describe, expect, test } from 'vitest';
import type { Fault, FleetSpec, Scenario } from '../../../src/airflow/scenario.ts';
import type { AirflowVersion } from '../../../src/airflow/spec.ts';
import { dagSpec, scenarioOf, taskSpec } from '../engine/specs.ts';
import { Rig } from './rig.ts';

const VERSIONS: AirflowVersion[] = ['3.3.2', '2.11.2'];
const POD = 'pod:d/*/a';
const NODES = [{ name: 'node', count: 2, pods: 10, image_cached: true }];

interface More {
  seconds?: number;
  retries?: number;
  until?: number;
  config?: Scenario['config'];
  fleet?: Partial<FleetSpec>;
}

/** Task a of so many seconds with one retry after 5 s, then b. */
function lane(airflow: AirflowVersion, faults: Fault[], more: More = {}): Rig {
  const { seconds = 60, retries = 1, until = 3000, config = {}, fleet = {} } = more;
  const dag = dagSpec('d', [
    taskSpec('a', [], { retries, retry_delay_s: 5 }),
    taskSpec('b', ['a'], { retries: 0 }),
  ]);
  const scenario = scenarioOf([dag], {
    airflow,
    executor: 'kubernetes',
    faults,
    config,
    until_s: until,
    behaviour: { by_kind: {}, rules: [{ task_id: 'a', duration: seconds }] },
    latencies: { 'supervisor.linger_share': 0 },
  });
  return new Rig({ ...scenario, fleet: { ...scenario.fleet, nodes: NODES, ...fleet } });
}

function fault(at_s: number, what: string, part: string, args?: Fault['args']): Fault {
  return args === undefined ? { at_s, what, part } : { at_s, what, part, args };
}

function within(value: number, low: number, high: number): void {
  expect(value).toBeGreaterThanOrEqual(low);
  expect(value).toBeLessThanOrEqual(high);
}

const FIRST = ['scheduled:1', 'queued:1', 'running:1'];
const AGAIN = ['scheduled:2', 'queued:2', 'running:2', 'success:2'];

describe('F15: the pod is evicted or out of memory while its task runs', () => {
  test.each(['evict', 'oom'])('%s, 3.3.2 -> mismatch within two loops, one retry', (what) => {
    const rig = lane('3.3.2', [fault(40, what, POD)]);
    expect(rig.steps('a')).toEqual([...FIRST, 'up_for_retry:1', ...AGAIN]);
    within(rig.when('a', 'up_for_retry'), 40, 42.5);
    expect(rig.times('stateMismatch')).toHaveLength(1);
  });

  test.each(['evict', 'oom'])('%s, 2.11.2 -> nobody but the heartbeat check sees it', (what) => {
    const rig = lane('2.11.2', [fault(40, what, POD)]);
    expect(rig.steps('a')).toEqual([...FIRST, 'up_for_retry:1', ...AGAIN]);
    // The last beat is up to 5 s old, the check comes each 10 s.
    within(rig.when('a', 'up_for_retry'), 335, 352);
  });

  test('no retries left -> failed, the run too', () => {
    const rig = lane('3.3.2', [fault(40, 'evict', POD)], { retries: 0 });
    expect(rig.steps('a')).toEqual([...FIRST, 'failed:1']);
    expect(rig.runState()).toBe('failed');
  });

  test('every pod of a node -> the other node goes on', () => {
    const rig = lane('3.3.2', [fault(40, 'evict', 'node-1')]);
    expect(rig.runState()).toBe('success');
  });
});

describe('F16: pending without resources', () => {
  const big = {
    fleet: { cluster: { pod: { cpu_m: 4000 } }, nodes: [{ ...NODES[0]!, cpu_m: 2000 }] },
  };

  test.each(VERSIONS)('%s -> requeued twice, then failed without a retry', (version) => {
    const rig = lane(version, [], { ...big, until: 4000 });
    const round = ['queued:1', 'scheduled:1'];
    expect(rig.steps('a')).toEqual(['scheduled:1', ...round, ...round, 'queued:1', 'failed:1']);
    within(rig.when('a', 'failed'), 1800, 2170);
    expect(rig.times('stuckInQueued')).toHaveLength(3);
  });

  test('the reason names the resource', () => {
    const rig = lane('3.3.2', [], { ...big, until: 60 });
    const gate = rig.engine
      .gates(rig.rowsOf('a')[0]!)
      .map((each) => each.reason)
      .find((each) => each.code === 'pod_pending');
    expect(gate?.params).toMatchObject({ cause: 'Unschedulable', nodes: 2, cpu: 2, memory: 0 });
  });

  test('a cordoned node is given back in time -> runs in the same try', () => {
    const faults = [fault(0, 'cordon', 'node-1'), fault(0, 'cordon', 'node-2')];
    const rig = lane('3.3.2', [...faults, fault(100, 'restore', 'node-2')]);
    expect(rig.steps('a')).toEqual([...FIRST, 'success:1']);
    within(rig.when('a', 'running'), 100, 115);
  });
});

describe('F17: the image cannot be pulled', () => {
  const cold = { fleet: { nodes: [{ ...NODES[0]!, image_cached: false }] } };
  const broken = fault(0, 'break', 'image:worker');

  test.each(VERSIONS)('%s -> two pods, then the try is used up', (version) => {
    const rig = lane(version, [broken, fault(12, 'restore', 'image:worker')], cold);
    expect(rig.steps('a')).toEqual(['scheduled:1', 'queued:1', 'up_for_retry:1', ...AGAIN]);
    expect(rig.engine.plant.kubernetes?.cluster.leftovers).toBe(2);
  });

  test('pod_launch_failure_retries = 0 -> one pod', () => {
    const config = { 'kubernetes_executor.pod_launch_failure_retries': 0 };
    const rig = lane('3.3.2', [broken], { ...cold, config, retries: 0 });
    expect(rig.steps('a')).toEqual(['scheduled:1', 'queued:1', 'failed:1']);
    expect(rig.engine.plant.kubernetes?.cluster.leftovers).toBe(1);
  });

  test('"pull QPS exceeded" is waited out', () => {
    const faults = [fault(0, 'break', 'image:worker', { reason: 'QPS', for_s: 25 })];
    const rig = lane('3.3.2', faults, cold);
    expect(rig.steps('a')).toEqual([...FIRST, 'success:1']);
    within(rig.when('a', 'running'), 25, 120);
  });

  test('the image lies on the node -> nothing happens', () => {
    expect(lane('3.3.2', [broken]).runState()).toBe('success');
  });

  test('empty list of fatal reasons -> ImagePullBackOff until the queue gives up', () => {
    const name = 'kubernetes_executor.worker_pod_pending_fatal_container_state_reasons';
    const rig = lane('3.3.2', [broken], { ...cold, config: { [name]: '' }, until: 700 });
    expect(rig.steps('a').slice(0, 2)).toEqual(['scheduled:1', 'queued:1']);
    within(rig.times('stuckInQueued')[0] ?? 0, 600, 725);
  });
});

describe('F18: the pod is deleted', () => {
  test('3.3.2, running -> user code goes on until the grace period ends', () => {
    const rig = lane('3.3.2', [fault(30, 'delete', POD)]);
    expect(rig.steps('a')).toEqual([...FIRST, 'up_for_retry:1', ...AGAIN]);
    within(rig.when('a', 'up_for_retry'), 60, 63);
  });

  test('3.3.2, ends within the grace period -> its own report counts', () => {
    const rig = lane('3.3.2', [fault(50, 'delete', POD)]);
    expect(rig.steps('a')).toEqual([...FIRST, 'success:1']);
  });

  test('2.11.2, running -> SIGTERM raises in the task: tried again at once', () => {
    const rig = lane('2.11.2', [fault(30, 'delete', POD)]);
    expect(rig.steps('a')).toEqual([...FIRST, 'up_for_retry:1', ...AGAIN]);
    within(rig.when('a', 'up_for_retry'), 30, 31);
  });

  test('2.11.2, killed without grace -> 300 s without a heartbeat', () => {
    const rig = lane('2.11.2', [fault(40, 'delete', POD, { grace_s: 0 })]);
    within(rig.when('a', 'up_for_retry'), 335, 352);
  });

  test.each(VERSIONS)('%s, pending -> nobody misses it for 600 s, same try', (version) => {
    const full = { nodes: [{ ...NODES[0]!, count: 1, pods: 1, cpu_m: 100 }] };
    const needs = { ...full, cluster: { pod: { cpu_m: 200 } } };
    const rig = lane(version, [fault(30, 'delete', POD)], { fleet: needs, until: 800 });
    expect(rig.states('a').slice(0, 3)).toEqual(['scheduled', 'queued', 'scheduled']);
    within(rig.when('a', 'scheduled', 2), 600, 725);
    const code = rig.engine.gates(rig.rowsOf('a')[0]!).map((each) => each.reason.code);
    expect(code).not.toContain('pod_gone');
  });

  test('while the interpreter starts -> a new pod in silence, same try', () => {
    const rig = lane('3.3.2', [fault(5, 'delete', POD)]);
    expect(rig.steps('a')).toEqual([...FIRST, 'success:1']);
    expect(rig.times('stateMismatch')).toHaveLength(0);
  });
});

describe('F19: the Kubernetes API refuses to create pods', () => {
  const some = { config: { 'kubernetes_executor.task_publish_max_retries': 5 } };

  test.each(VERSIONS)(
    '%s, 503 with no publish retries -> the try is used up at once',
    (version) => {
      const rig = lane(version, [fault(0, 'fail', 'kubernetes-api', { for_s: 4 })]);
      expect(rig.steps('a')).toEqual(['scheduled:1', 'queued:1', 'up_for_retry:1', ...AGAIN]);
      within(rig.when('a', 'up_for_retry'), 0, 2.5);
    },
  );

  test('503 with publish retries -> waits in the queue, same try', () => {
    const rig = lane('3.3.2', [fault(0, 'fail', 'kubernetes-api', { for_s: 4 })], some);
    expect(rig.steps('a')).toEqual([...FIRST, 'success:1']);
    within(rig.when('a', 'running'), 4, 20);
  });

  test('422 is no such error -> failed whatever the retries', () => {
    const faults = [fault(0, 'fail', 'kubernetes-api', { status: 422, for_s: 4 })];
    expect(lane('3.3.2', faults, some).steps('a')).toContain('up_for_retry:1');
  });

  test('429 with Retry-After -> no creation for so long', () => {
    const args = { status: 429, retry_after_s: 60, for_s: 4 };
    const rig = lane('3.3.2', [fault(0, 'fail', 'kubernetes-api', args)], some);
    expect(rig.steps('a')).toEqual([...FIRST, 'success:1']);
    within(rig.when('a', 'running'), 60, 75);
  });

  test('quota of the namespace -> the second pod fails at once, or waits', () => {
    const fleet = { cluster: { quota: { pods: 1 } } };
    const dag = dagSpec('d', [taskSpec('a'), taskSpec('b')]);
    const base = scenarioOf([dag], { executor: 'kubernetes', until_s: 300 });
    const run = (config: Scenario['config']): Rig =>
      new Rig({ ...base, config, fleet: { ...base.fleet, ...fleet } });
    const ends = (rig: Rig): (string | undefined)[] =>
      ['a', 'b'].map((id) => rig.states(id).at(-1));
    expect(new Set(ends(run({})))).toEqual(new Set(['failed', 'success']));
    const waits = run({ 'kubernetes_executor.task_publish_max_retries': -1 });
    expect(ends(waits)).toEqual(['success', 'success']);
  });

  test('silent (F25) -> the call holds the loop for a minute, the run ends late', () => {
    const rig = lane('3.3.2', [fault(0, 'silent', 'kubernetes-api', { for_s: 30 })], some);
    const begins = rig.times('loopBegins');
    const ends = rig.times('loopEnds');
    expect(Math.max(...ends.map((end, i) => end - begins[i]!))).toBeGreaterThan(59);
    expect(rig.runState()).toBe('success');
  });

  test('refused while a task runs -> its end is seen late, its state is not', () => {
    const rig = lane('3.3.2', [fault(30, 'refuse', 'kubernetes-api', { for_s: 200 })], some);
    within(rig.when('a', 'success'), 65, 80);
    expect(rig.engine.plant.executor.slotsOccupied()).toBe(0);
  });
});

describe('F20: the end of a pod is missed', () => {
  test.each(VERSIONS)('%s -> the state is right, the slot of the executor is lost', (version) => {
    const rig = lane(version, [fault(30, 'miss', POD)]);
    expect(rig.runState()).toBe('success');
    expect(rig.engine.plant.executor.slotsOccupied()).toBe(1);
  });
});

describe('loss of a node', () => {
  const one = { fleet: { nodes: [{ ...NODES[0]!, count: 1 }] } };

  test.each(VERSIONS)('%s -> heartbeat check after 300 s, then another node', (version) => {
    const rig = lane(version, [fault(40, 'kill', 'node-1')]);
    expect(rig.steps('a')).toEqual([...FIRST, 'up_for_retry:1', ...AGAIN]);
    within(rig.when('a', 'up_for_retry'), 335, 352);
    expect(rig.times('heartbeatTimeout').length).toBeGreaterThan(0);
  });

  test('3.3.2, back soon -> its containers are dead, the try ends then', () => {
    const rig = lane('3.3.2', [fault(40, 'kill', 'node-1', { for_s: 60 })], one);
    expect(rig.steps('a')).toEqual([...FIRST, 'up_for_retry:1', ...AGAIN]);
    within(rig.when('a', 'up_for_retry'), 100, 103);
  });

  test('nothing runs there -> nothing happens', () => {
    expect(lane('3.3.2', [fault(40, 'kill', 'node-2')]).runState()).toBe('success');
  });
});

describe('F29: pools', () => {
  const pool = (slots: number, needs: number, faults: Fault[]): Rig => {
    const tasks = [1, 2, 3].map((n) =>
      taskSpec(`t${n}`, [], { pool: n < 3 ? 'p' : 'default_pool', pool_slots: n < 3 ? needs : 1 }),
    );
    const pools = { p: { slots, include_deferred: false } };
    return new Rig(scenarioOf([dagSpec('d', tasks)], { pools, faults, until_s: 300 }));
  };

  test('shrunk while in use -> what runs goes on, nothing enters, other pools go on', () => {
    const rig = pool(1, 1, [fault(2, 'change', 'pool:p', { slots: 0 })]);
    const states = ['t1', 't2', 't3'].map((id) => rig.states(id).at(-1));
    expect(states.filter((state) => state === 'success')).toHaveLength(2);
    expect(states).toContain('scheduled');
  });

  test('more slots than the pool has -> scheduled for ever, and the gate says so', () => {
    const rig = pool(1, 2, []);
    expect(rig.states('t1')).toEqual(['scheduled']);
    expect(rig.engine.gates(rig.rowsOf('t1')[0]!).some((each) => each.result === 'holds')).toBe(
      true,
    );
  });
});

test('a node is lost, the database too, both come back -> the end of the pod is told once', () => {
  // The adoption finds the end while the node is still away; then the node tells of it, too.
  const faults = [
    fault(10, 'kill', 'node-1', { for_s: 57 }),
    fault(13, 'kill', 'database', { for_s: 9 }),
  ];
  const config = { 'scheduler.orphaned_tasks_check_interval': 40 };
  const nodes = [{ ...NODES[0]!, count: 1 }];
  const rig = lane('3.3.2', faults, { seconds: 20, config, fleet: { nodes } });
  expect(rig.steps('a').slice(-4)).toEqual(AGAIN);
});
