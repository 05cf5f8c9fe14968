/** Several executors at once (semantics 6.1.7), and the hybrids of 2.x (6.5). */
import { describe, expect, test } from 'vitest';
import { createEngine } from '../../../src/airflow/engine.ts';
import { plantNotices } from '../../../src/airflow/executors/plantCheck.ts';
import { kubernetesKey, celeryKey, localKey } from '../../../src/machines/index.ts';
import type { Scenario } from '../../../src/airflow/scenario.ts';
import type { TaskSpec } from '../../../src/airflow/spec.ts';
import { dagSpec, scenarioOf, taskSpec } from '../engine/specs.ts';
import { Rig } from '../faults/rig.ts';

const KUBERNETES =
  'airflow.providers.cncf.kubernetes.executors.kubernetes_executor.KubernetesExecutor';

function lane(tasks: TaskSpec[], more: Partial<Scenario>, until = 300): Rig {
  const behaviour = { by_kind: {}, rules: [{ duration: 30 }] };
  return new Rig(scenarioOf([dagSpec('d', tasks)], { behaviour, until_s: until, ...more }));
}

/** The machines of keys that have spoken of a task. */
function executorsOf(rig: Rig, taskId: string): string[] {
  const { log } = rig.engine.simulation;
  const [ti] = rig.rowsOf(taskId);
  const seen = new Set<string>();
  for (let seq = 0; seq < log.length; seq++) {
    const { what, entity } = log.record(seq);
    if (entity !== ti) continue;
    for (const machine of [celeryKey, kubernetesKey, localKey]) {
      const known = what >= machine.firstId && what < machine.firstId + machine.shape.rows.length;
      if (known) seen.add(machine.id);
    }
  }
  return [...seen];
}

const two = [taskSpec('a'), taskSpec('b', [], { executor: KUBERNETES })];

describe('core.executor = "CeleryExecutor,KubernetesExecutor"', () => {
  const more = { executor: 'celery', beside: ['kubernetes'] } satisfies Partial<Scenario>;

  test.each(['3.3.2', '2.11.2'] as const)('%s: each task goes to its own, both end', (airflow) => {
    const rig = lane(two, { ...more, airflow });
    expect([executorsOf(rig, 'a'), executorsOf(rig, 'b')]).toEqual([
      ['celery_key'],
      ['kubernetes_key'],
    ]);
    expect(rig.runState()).toBe('success');
    // A pod needs longer than a free child of a worker.
    expect(rig.when('b', 'running') - rig.when('a', 'running')).toBeGreaterThan(2);
    expect(rig.engine.plant.idle).toBe(true);
    expect(rig.engine.plant.busyLines).toBe(0);
  });

  test('core.parallelism -> caps the sum over all executors', () => {
    const tasks = [
      ...['a', 'c', 'e'].map((id) => taskSpec(id, [], { priority_weight: 5 })),
      taskSpec('b', [], { executor: 'KubernetesExecutor' }),
    ];
    const rig = lane(tasks, { ...more, config: { 'core.parallelism': 2 } }, 20);
    const queued = ['a', 'c', 'e', 'b'].filter((id) => rig.when(id, 'queued') < 20);
    expect(queued).toEqual(['a', 'c']);
  });

  test('faults reach the parts of both', () => {
    const faults = [
      { at_s: 15, what: 'kill', part: 'worker-1' },
      { at_s: 25, what: 'evict', part: 'pod:d/*/b' },
    ];
    const rig = lane(two, { ...more, faults }, 40);
    expect(rig.records('fault').map(({ reason }) => reason)).toEqual([0, 0]);
    expect(rig.engine.plant.supervisorOf(rig.rowsOf('a')[0] ?? -1)).toBe('lost');
    expect(rig.steps('b').at(-1)).toBe('failed:1');
  });

  test('a name that is not in the list -> a notice, and the default', () => {
    const rig = lane([taskSpec('a', [], { executor: 'LocalExecutor' })], more);
    expect(executorsOf(rig, 'a')).toEqual(['celery_key']);
    expect(plantNotices(rig.engine.scenario)).toHaveLength(1);
  });
});

describe('hybrids of 2.11.2', () => {
  const tasks = [taskSpec('a'), taskSpec('b', [], { queue: 'kubernetes' })];
  test.each([
    ['celery', 'celery_key'],
    ['local', 'local_key'],
  ] as const)('%s: the queue decides', (executor, key) => {
    const rig = lane(tasks, { airflow: '2.11.2', executor, hybrid: true });
    expect([executorsOf(rig, 'a'), executorsOf(rig, 'b')]).toEqual([[key], ['kubernetes_key']]);
    expect(rig.runState()).toBe('success');
  });

  test('its first half is full -> tasks for Kubernetes wait too', () => {
    const full = [
      taskSpec('a', [], { priority_weight: 5 }),
      taskSpec('b', [], { queue: 'kubernetes' }),
    ];
    const config = { 'core.parallelism': 1 };
    const rig = lane(full, { airflow: '2.11.2', executor: 'celery', hybrid: true, config });
    expect(rig.when('b', 'queued')).toBeGreaterThan(rig.when('a', 'success'));
  });
});

describe('what Airflow refuses', () => {
  const cases: [Partial<Scenario>, string][] = [
    [{ executor: 'celery', hybrid: true }, 'hybrid_gone'],
    [{ executor: 'kubernetes', hybrid: true, airflow: '2.11.2' }, 'hybrid_of_what'],
    [{ executor: 'celery', beside: ['local', 'celery'] }, 'executor_twice'],
    [{ executor: 'local', beside: ['sequential'], airflow: '2.11.2' }, 'executor_alone'],
  ];
  test.each(cases)('%j -> %s', (more, code) => {
    const made = createEngine(scenarioOf([dagSpec('d', two)], more));
    expect(made.ok ? [] : made.error.map((each) => each.code)).toContain(code);
  });
});
