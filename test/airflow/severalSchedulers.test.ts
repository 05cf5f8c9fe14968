/** Row locks of several schedulers, where they can be seen: SKIP LOCKED on runs under examination. */
import { describe, expect, test } from 'vitest';
import type { Scenario, UserAction } from '../../src/airflow/scenario.ts';
import type { AirflowVersion } from '../../src/airflow/spec.ts';
import { dagSpec, scenarioOf } from './engine/specs.ts';
import { job, Rig } from './faults/rig.ts';

const BOTH: AirflowVersion[] = ['3.3.2', '2.11.2'];

/** Ten runs at once; the examination of each takes five seconds. */
function lane(airflow: AirflowVersion, schedulers: number): Scenario {
  const actions = Array.from({ length: 10 }, (_, i): UserAction => ({
    at_s: 0,
    action: 'trigger',
    dag_id: 'd',
    run_id: `r${i}`,
    logical_date: `2025-01-01T0${i}:00:00Z`,
  }));
  const made = scenarioOf([dagSpec('d', [job('a', 10)])], {
    airflow,
    executor: 'celery',
    actions,
    latencies: { 'scheduler.examine_run': 5 },
    until_s: 900,
  });
  return { ...made, fleet: { ...made.fleet, schedulers } };
}

describe.each(BOTH)('%s', (airflow) => {
  test('one scheduler -> what it has scheduled is queued when all runs are examined', () => {
    expect(new Rig(lane(airflow, 1)).when('a', 'queued')).toBeGreaterThan(40);
  });

  test('two -> the other one passes over locked runs, and queues at once', () => {
    const rig = new Rig(lane(airflow, 2));
    expect(rig.when('a', 'queued')).toBeLessThan(5);
    expect(rig.runState()).toBe('success');
  });
});
