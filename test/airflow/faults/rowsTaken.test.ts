/** A row is taken away from a process that lives: the process is told at its next beat (T17). */
import { describe, expect, test } from 'vitest';
import type { ExecutorName, Fault, Scenario } from '../../../src/airflow/scenario.ts';
import type { AirflowVersion, DagSpec } from '../../../src/airflow/spec.ts';
import { dagSpec, scenarioOf } from '../engine/specs.ts';
import { job, Rig } from './rig.ts';

const BOTH: AirflowVersion[] = ['3.3.2', '2.11.2'];
const LONG = 2000;

/** `a` of the first DAG works for long; `b` of the second comes at 70 s, with one slot for both. */
function lane(
  executor: ExecutorName,
  airflow: AirflowVersion,
  more: Partial<DagSpec>,
  faults: Fault[] = [],
): Scenario {
  const dags = [dagSpec('d', [job('a', LONG)], more), dagSpec('e', [job('b', 5)])];
  const { fleet } = scenarioOf([]);
  const workers = [{ name: 'worker', count: 1, concurrency: 1, queues: null }];
  return scenarioOf(dags, {
    executor,
    airflow,
    faults,
    until_s: 1500,
    config: { 'core.parallelism': 1 },
    fleet: { ...fleet, workers },
    actions: ['d', 'e'].map((dag_id, i) => ({ at_s: 70 * i, action: 'trigger', dag_id })),
  });
}

describe.each(BOTH)('dagrun_timeout %s', (airflow) => {
  test.each(['local', 'celery'] as const)(
    '%s: the run is over at 50 s -> the process ends soon after, its slot is used again',
    (executor) => {
      const rig = new Rig(lane(executor, airflow, { dagrun_timeout_s: 50 }));
      expect(rig.states('a').at(-1)).toBe('skipped');
      expect(rig.states('b').at(-1)).toBe('success');
      expect(rig.when('b', 'running')).toBeLessThan(90);
    },
  );
});

describe('F34 3.3.2: the API server is silent, then back before supervisors give up', () => {
  const silent = { at_s: 20, what: 'silent', part: 'api-server', args: { for_s: 90 } };

  test('heartbeat timeout meanwhile -> the process is told when it is heard again, not before', () => {
    const scenario = lane('local', '3.3.2', {}, [silent]);
    const early = { 'scheduler.task_instance_heartbeat_timeout': 40 };
    // Both are triggered before the outage: the API takes no request in it.
    const actions = scenario.actions.map((each) => ({ ...each, at_s: each.at_s / 7 }));
    const rig = new Rig({ ...scenario, actions, config: { ...scenario.config, ...early } });
    expect(rig.states('a').at(-1)).toBe('failed');
    expect(rig.when('a', 'failed')).toBeLessThan(80);
    expect(rig.when('b', 'running')).toBeGreaterThan(110);
    expect(rig.when('b', 'running')).toBeLessThan(130);
  });

  test('nobody took its row -> it goes on', () => {
    const rig = new Rig(lane('local', '3.3.2', {}, [silent]));
    expect(rig.states('a').at(-1)).toBe('running');
  });
});
