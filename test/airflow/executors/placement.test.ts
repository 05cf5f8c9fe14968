/** Parts placed on machines: shared cores and memory, containers, and the loss of a machine. */
import { describe, expect, test } from 'vitest';
import { validateScenario } from '../../../src/airflow/parseScenario.ts';
import type { ExecutorName, Fault, FleetSpec, MachineSpec } from '../../../src/airflow/scenario.ts';
import type { BehaviourRule } from '../../../src/airflow/scenario.ts';
import { machinesOf } from '../../../src/explain/placement.ts';
import { dagSpec, scenarioOf, taskSpec } from '../engine/specs.ts';
import { Rig } from '../faults/rig.ts';

const FREE = { 'supervisor.linger_share': 0 };

function given(
  executor: ExecutorName,
  placement: MachineSpec[],
  more: { rule?: BehaviourRule; faults?: Fault[]; fleet?: Partial<FleetSpec> } = {},
) {
  const { rule = { duration: 60 }, faults = [], fleet } = more;
  const tasks = ['a', 'b'].map((id) => taskSpec(id, [], { retries: 1, retry_delay_s: 5 }));
  const scenario = scenarioOf([dagSpec('d', tasks)], {
    executor,
    behaviour: { by_kind: {}, rules: [rule] },
    latencies: FREE,
    until_s: 2000,
    faults,
  });
  const workers = [{ name: 'worker', count: 2, concurrency: 1, queues: null }];
  return { ...scenario, fleet: { ...scenario.fleet, workers, ...fleet, placement } };
}

const BUSY = { duration: 10, cpu: 1 };

describe('cores of a machine', () => {
  const spans = (rig: Rig): number[] =>
    ['a', 'b'].map((id) => Math.round(rig.when(id, 'success') - rig.when(id, 'running')));

  test('two workers on one core -> each task takes twice as long', () => {
    const rig = new Rig(
      given('celery', [{ name: 'm', runs: ['worker-*'], cores: 1 }], { rule: BUSY }),
    );
    for (const span of spans(rig)) expect(span).toBeGreaterThanOrEqual(19);
  });

  test('two workers on machines of their own -> each has its time', () => {
    const machines = [1, 2].map((n) => ({ name: `m${n}`, runs: [`worker-${n}`], cores: 1 }));
    const rig = new Rig(given('celery', machines, { rule: BUSY }));
    for (const span of spans(rig)) expect(span).toBeLessThanOrEqual(11);
  });

  test('one worker on a machine, the other nowhere -> neither waits for the other', () => {
    const rig = new Rig(
      given('celery', [{ name: 'm', runs: ['worker-2'], cores: 1 }], { rule: BUSY }),
    );
    for (const span of spans(rig)) expect(span).toBeLessThanOrEqual(11);
  });

  test('tasks of LocalExecutor share the cores of their scheduler', () => {
    const rig = new Rig(
      given('local', [{ name: 'm', runs: ['scheduler-1'], cores: 1 }], { rule: BUSY }),
    );
    for (const span of spans(rig)) expect(span).toBeGreaterThanOrEqual(19);
  });

  test('pods share the cores of a node that is a machine', () => {
    const nodes = [{ name: 'node', count: 1, pods: 10, image_cached: true }];
    const placement = [{ name: 'node', runs: [], cores: 1 }];
    const rig = new Rig(given('kubernetes', placement, { rule: BUSY, fleet: { nodes } }));
    for (const span of spans(rig)) expect(span).toBeGreaterThanOrEqual(15);
  });
});

test('memory of a machine: two workers together want more than it has -> one task is killed', () => {
  const rule = { duration: 20, memory_mb: 600 };
  const machine = { name: 'm', runs: ['worker-*'], memory_mb: 1000 };
  const rig = new Rig(given('celery', [machine], { rule }));
  const killed = ['a', 'b'].filter((id) => rig.states(id).includes('up_for_retry'));
  expect(killed).toHaveLength(1);
});

describe('a machine is lost', () => {
  const kill = (part: string): Fault => ({ at_s: 20, what: 'kill', part, args: { for_s: 30 } });

  test('its scheduler and its worker go and come back, the other worker goes on', () => {
    const placement = [{ name: 'm', runs: ['scheduler-1', 'worker-1'] }];
    const rig = new Rig(given('celery', placement, { faults: [kill('machine:m')] }));
    const lost = ['a', 'b'].filter((id) => rig.states(id).includes('up_for_retry'));
    expect(lost).toHaveLength(1);
    expect(rig.when(lost[0]!, 'up_for_retry')).toBeGreaterThan(300);
    expect(rig.runState()).toBe('success');
  });

  test('LocalExecutor: tasks die with their scheduler and are reset when it is back', () => {
    const placement = [{ name: 'm', runs: ['scheduler-1'] }];
    const rig = new Rig(given('local', placement, { faults: [kill('machine:m')] }));
    expect(rig.orphansEnded()).toEqual([]);
    expect(rig.when('a', 'running', 2)).toBeGreaterThan(50);
  });

  test('a node of the cluster takes the scheduler that stands on it', () => {
    const nodes = [{ name: 'node', count: 2, pods: 10, image_cached: true }];
    const placement = [{ name: 'node-1', runs: ['scheduler-1'] }];
    const at = given('kubernetes', placement, { faults: [kill('node-1')], fleet: { nodes } });
    const rig = new Rig(at, 30);
    expect(rig.engine.ctx.world.schedulers.state[0]).toBe(0);
    expect(machinesOf(at)).toMatchObject([
      { name: 'node-1', node: 'node-1', parts: ['scheduler-1'] },
    ]);
  });

  test('nothing placed there -> the fault finds nothing', () => {
    const rig = new Rig(
      given('celery', [{ name: 'm', runs: [] }], { faults: [kill('machine:m')] }),
    );
    expect(rig.records('fault').map(({ reason }) => reason)).toContain(1);
  });
});

describe('containers', () => {
  test('a scheduler that is killed in its container takes its worker processes with it', () => {
    const busy = [true, false].map((containers) => {
      const placement = [{ name: 'm', runs: ['scheduler-1'], containers }];
      const faults = [{ at_s: 20, what: 'kill', part: 'scheduler-1' }];
      return new Rig(given('local', placement, { faults }), 30).engine.plant.busyLines;
    });
    expect(busy).toEqual([0, 2]);
  });
});

describe('what cannot be placed', () => {
  test.each([
    [[{ name: 'm', runs: ['moon'] }], 'placement_part_unknown', 'fleet.placement[0].runs[0]'],
    [[{ name: 'm', runs: ['worker-3'] }], 'placement_part_missing', 'fleet.placement[0].runs[0]'],
    [
      [
        { name: 'm', runs: ['worker-1'] },
        { name: 'n', runs: ['worker-*'] },
      ],
      'placement_part_twice',
      'fleet.placement[1].runs',
    ],
    [
      [
        { name: 'm', runs: [] },
        { name: 'm', runs: [] },
      ],
      'placement_machine_twice',
      'fleet.placement[1].name',
    ],
  ])('%j -> %s', (placement, code, field) => {
    const read = validateScenario(given('celery', placement));
    expect(read.ok ? [] : read.error).toMatchObject([{ code, where: { field } }]);
  });

  test('parts that only other lanes have are no problem', () => {
    expect(validateScenario(given('local', [{ name: 'm', runs: ['worker-1', 'broker'] }])).ok).toBe(
      true,
    );
  });
});
