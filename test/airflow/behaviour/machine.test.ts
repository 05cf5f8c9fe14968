/** One machine for all: cores are shared, memory ends; and memory of workers and containers. */
import { describe, expect, test } from 'vitest';
import type { BehaviourRule, FleetSpec, Scenario } from '../../../src/airflow/scenario.ts';
import { validateScenario } from '../../../src/airflow/parseScenario.ts';
import { dagSpec, scenarioOf, taskSpec } from '../engine/specs.ts';
import { Rig } from '../faults/rig.ts';

const QUIET = { 'supervisor.linger_share': 0, 'dag_processor.parse': 0 };

function lane(
  rule: BehaviourRule,
  fleet: Partial<FleetSpec>,
  more: Partial<Scenario> = {},
): Scenario {
  const tasks = ['a', 'b', 'c', 'd'].map((id) => taskSpec(id, [], { retries: 0 }));
  const scenario = scenarioOf([dagSpec('d', tasks)], {
    behaviour: { by_kind: {}, rules: [{ duration: 20 }, rule] },
    latencies: QUIET,
    until_s: 600,
    ...more,
  });
  return { ...scenario, fleet: { ...scenario.fleet, ...fleet } };
}

function spans(rig: Rig): number[] {
  return ['a', 'b', 'c', 'd'].map((id) => rig.when(id, 'success') - rig.when(id, 'running'));
}

function ends(rig: Rig): string[] {
  return ['a', 'b', 'c', 'd'].map((id) => rig.states(id).at(-1) ?? '');
}

describe('cores that are shared', () => {
  test('four tasks that compute on two cores take twice as long', () => {
    for (const span of spans(new Rig(lane({ cpu: 1 }, { machine: { cores: 2 } })))) {
      expect(span).toBeGreaterThan(39);
      expect(span).toBeLessThan(45);
    }
  });

  test('half of the time computing: only that half is stretched', () => {
    for (const span of spans(new Rig(lane({ cpu: 0.5 }, { machine: { cores: 2 } })))) {
      expect(span).toBeGreaterThan(29);
      expect(span).toBeLessThan(34);
    }
  });

  test('tasks that sleep, or cores of their own: as long as written', () => {
    const alone = [...spans(new Rig(lane({ cpu: 1 }, {})))];
    const asleep = spans(new Rig(lane({}, { machine: { cores: 2 } })));
    for (const span of [...alone, ...asleep]) expect(Math.abs(span - 20)).toBeLessThan(1.5);
  });

  test('execution_timeout counts the time that passes, not the time that is used', () => {
    const scenario = lane({ cpu: 1 }, { machine: { cores: 1 } });
    const tasks = scenario.dags[0]!.tasks.map((task) => ({ ...task, execution_timeout_s: 60 }));
    const rig = new Rig({ ...scenario, dags: [{ ...scenario.dags[0]!, tasks }] });
    expect(ends(rig)).toContain('failed');
  });
});

describe('memory', () => {
  test('one machine: the largest process is killed, the others go on', () => {
    const rules = lane({ memory_mb: 500 }, { machine: { memory_mb: 1900 } });
    rules.behaviour.rules.push({ task_id: 'b', memory_mb: 700 });
    expect(ends(new Rig(rules))).toEqual(['success', 'failed', 'success', 'success']);
  });

  test('enough of it: nothing happens', () => {
    const rig = new Rig(lane({ memory_mb: 500 }, { machine: { memory_mb: 2000 } }));
    expect(ends(rig)).toEqual(Array(4).fill('success'));
  });

  test('Celery: each worker has its own', () => {
    const workers = [{ name: 'w', count: 2, concurrency: 4, queues: null, memory_mb: 1100 }];
    const two = { executor: 'celery', config: { 'core.parallelism': 32 } } as const;
    const rig = new Rig(lane({ memory_mb: 500 }, { workers }, two));
    expect(ends(rig).filter((state) => state === 'success').length).toBeGreaterThanOrEqual(2);
    const roomy = [{ ...workers[0]!, memory_mb: 2000 }];
    expect(ends(new Rig(lane({ memory_mb: 500 }, { workers: roomy }, two)))).not.toContain(
      'failed',
    );
  });

  test('Kubernetes: beyond its limit the container is killed (OOMKilled), a retry as well', () => {
    const cluster = { pod: { memory_limit_mb: 400 } };
    const rig = new Rig(lane({ memory_mb: 500 }, { cluster }, { executor: 'kubernetes' }));
    expect(ends(rig)).toEqual(Array(4).fill('failed'));
    const fits = { pod: { memory_limit_mb: 500 } };
    const fine = new Rig(lane({ memory_mb: 500 }, { cluster: fits }, { executor: 'kubernetes' }));
    expect(ends(fine)).toEqual(Array(4).fill('success'));
  });

  test('a share above one is no share', () => {
    expect(validateScenario(lane({ cpu: 2 }, {})).ok).toBe(false);
    expect(validateScenario(lane({ cpu: 1, memory_mb: 5 }, { machine: { cores: 2 } })).ok).toBe(
      true,
    );
  });
});
