/** F21: triggerers killed, stopped, blocked. F22: a triggerer is full, a trigger raises. */
import { describe, expect, test } from 'vitest';
import type { Fault, Scenario } from '../../../src/airflow/scenario.ts';
import type { AirflowVersion } from '../../../src/airflow/spec.ts';
import { dagSpec, scenarioOf, taskSpec } from '../engine/specs.ts';
import { Rig } from './rig.ts';

const BOTH: AirflowVersion[] = ['3.3.2', '2.11.2'];

/** A deferrable operator whose trigger fires after 100 s. */
function deferring(id: string, retries = 0): ReturnType<typeof taskSpec> {
  return taskSpec(id, [], {
    retries,
    retry_delay_s: 10,
    deferrable: true,
    behaviour: { kind: 'bash', duration_s: 100, duration_source: 'bash_sleep' },
  });
}

function lane(airflow: AirflowVersion, triggerers: number, faults: Fault[]): Scenario {
  const { fleet } = scenarioOf([]);
  const dags = [dagSpec('d', [deferring('a')])];
  return scenarioOf(dags, { airflow, faults, fleet: { ...fleet, triggerers }, until_s: 900 });
}

const kill = (at_s: number, n = 1): Fault => ({ at_s, what: 'kill', part: `triggerer-${n}` });
const SAME_TRY = ['deferred:1', 'scheduled:1', 'queued:1', 'running:1', 'success:1'];

describe.each(BOTH)('F21 %s', (airflow) => {
  test('one of two is killed -> taken after 30 s without a heartbeat, from the beginning', () => {
    const rig = new Rig(lane(airflow, 2, [kill(50)]));
    expect(rig.steps('a').slice(-5)).toEqual(SAME_TRY);
    // Killed at 50, last beat at 50: silent at 80, then the whole 100 s again.
    expect(rig.when('a', 'scheduled', 2)).toBeGreaterThan(180);
    expect(rig.when('a', 'scheduled', 2)).toBeLessThan(184);
  });

  test('one of two is stopped cleanly -> taken at once', () => {
    const rig = new Rig(lane(airflow, 2, [{ ...kill(50), what: 'stop' }]));
    expect(rig.when('a', 'scheduled', 2)).toBeGreaterThan(150);
    expect(rig.when('a', 'scheduled', 2)).toBeLessThan(154);
  });

  test('the only one is killed -> deferred, with a reason; back later -> from the beginning', () => {
    const stays = new Rig(lane(airflow, 1, [kill(50)]), 300);
    expect(stays.states('a').at(-1)).toBe('deferred');
    const [ti = -1] = stays.rowsOf('a');
    const gates = stays.engine.gates(ti).map(({ reason }) => reason.code);
    expect(gates).toContain('no_triggerer');
    const back = { at_s: 200, what: 'restore', part: 'triggerer-1' };
    const rig = new Rig(lane(airflow, 1, [kill(50), back]));
    expect(rig.when('a', 'scheduled', 2)).toBeGreaterThan(300);
    expect(rig.when('a', 'scheduled', 2)).toBeLessThan(304);
    expect(rig.steps('a').slice(-5)).toEqual(SAME_TRY);
  });

  test('restarted before 30 s -> its old triggers still wait until the old heartbeat is 30 s old', () => {
    const back = { at_s: 60, what: 'restore', part: 'triggerer-1' };
    const rig = new Rig(lane(airflow, 1, [kill(50), back]));
    expect(rig.when('a', 'scheduled', 2)).toBeGreaterThan(180);
    expect(rig.when('a', 'scheduled', 2)).toBeLessThan(184);
  });

  test('blocked for 20 s -> what was due fires when it goes on', () => {
    const stall = { at_s: 90, what: 'stall', part: 'triggerer-1', args: { for_s: 20 } };
    const rig = new Rig(lane(airflow, 2, [stall]));
    expect(rig.when('a', 'scheduled', 2)).toBeGreaterThanOrEqual(110);
    expect(rig.when('a', 'scheduled', 2)).toBeLessThan(112);
  });

  test('blocked for 10 minutes -> 3.x: others take over after 60 s; 2.x: nobody notices', () => {
    const stall = { at_s: 90, what: 'stall', part: 'triggerer-1', args: { for_s: 600 } };
    const rig = new Rig(lane(airflow, 2, [stall]));
    const at = rig.when('a', 'scheduled', 2);
    expect(at).toBeGreaterThanOrEqual(airflow === '3.3.2' ? 250 : 690);
    expect(at).toBeLessThan(airflow === '3.3.2' ? 254 : 692);
  });
});

describe.each(BOTH)('F22 %s', (airflow) => {
  const capacity = airflow === '3.3.2' ? 'triggerer.capacity' : 'triggerer.default_capacity';

  test('a full triggerer -> the other task instance waits unassigned, then starts', () => {
    const dags = [dagSpec('d', [deferring('a'), deferring('b')])];
    const base = { ...lane(airflow, 1, []), dags, config: { [capacity]: 1 } };
    const half = new Rig(base, 60);
    const rows = [...half.rowsOf('a'), ...half.rowsOf('b')];
    const codes = rows.flatMap((ti) => half.engine.gates(ti).map(({ reason }) => reason.code));
    expect(codes.sort()).toEqual(['trigger_wait', 'triggerer_full']);
    const rig = new Rig(base);
    const events = ['a', 'b'].map((id) => rig.when(id, 'scheduled', 2)).sort((x, y) => x - y);
    expect(events[0]).toBeLessThan(108);
    expect(events[1]).toBeGreaterThan(200);
    expect(rig.runState()).toBe('success');
  });

  test('a trigger raises -> scheduled, queued, running in the same try, then it fails', () => {
    const raise = { at_s: 50, what: 'raise', part: 'task:d/*/a' };
    const rig = new Rig(lane(airflow, 1, [raise]));
    expect(rig.when('a', 'scheduled', 2)).toBeLessThan(53);
    const end = ['deferred:1', 'scheduled:1', 'queued:1', 'running:1', 'failed:1'];
    expect(rig.steps('a').slice(-5)).toEqual(end);
  });

  test('a trigger raises with a retry left -> up_for_retry, then another try', () => {
    const raise = { at_s: 50, what: 'raise', part: 'task:d/*/a' };
    const dags = [dagSpec('d', [deferring('a', 1)])];
    const rig = new Rig({ ...lane(airflow, 1, [raise]), dags });
    expect(rig.steps('a')).toContain('up_for_retry:1');
    expect(rig.steps('a').at(-1)).toBe('success:2');
  });
});
