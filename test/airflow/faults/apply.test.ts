import { expect, test } from 'vitest';
import { FAULT_REASON } from '../../../src/airflow/faults/apply.ts';
import type { Fault } from '../../../src/airflow/scenario.ts';
import { dagSpec, scenarioOf, taskSpec } from '../engine/specs.ts';
import { job, Rig } from './rig.ts';

function faultRecords(faults: Fault[]): { at: number; entity: number; reason: number }[] {
  const dag = dagSpec('d', [taskSpec('a')]);
  return new Rig(scenarioOf([dag], { executor: 'celery', faults }), 100).records('fault');
}

test('a fault for some time -> one record when it happens, one when it is over', () => {
  const fault = { at_s: 10, what: 'kill', part: 'worker-1', args: { for_s: 20 } };
  expect(faultRecords([fault])).toEqual([
    { at: 10, entity: 0, reason: FAULT_REASON.happens },
    { at: 30, entity: 0, reason: FAULT_REASON.over },
  ]);
});

test('a worker that is down is killed again -> the record says that nothing was there', () => {
  const fault = { at_s: 10, what: 'kill', part: 'worker-1' };
  expect(faultRecords([fault, { ...fault, at_s: 12 }]).map(({ reason }) => reason)).toEqual([
    FAULT_REASON.happens,
    FAULT_REASON.happens,
    FAULT_REASON.nothingThere,
  ]);
});

test('a pod that runs is evicted -> 3.x: its try is over in the next loop', () => {
  const dag = dagSpec('d', [taskSpec('a', [], { retries: 1 })]);
  const faults = [{ at_s: 12, what: 'evict', part: 'pod:d/*/a' }];
  const behaviour = { by_kind: {}, rules: [{ duration: 60 }] };
  const rig = new Rig(scenarioOf([dag], { executor: 'kubernetes', faults, behaviour }), 30);
  expect(rig.steps('a')).toEqual(['scheduled:1', 'queued:1', 'running:1', 'up_for_retry:1']);
  expect(rig.when('a', 'up_for_retry')).toBeGreaterThan(12);
  expect(rig.when('a', 'up_for_retry')).toBeLessThan(15);
});

test('hang of the newest run with for_s, and a newer run comes -> the one that was hung goes on', () => {
  const trigger = (at_s: number, run_id: string) =>
    ({ at_s, action: 'trigger', dag_id: 'd', run_id }) as const;
  const rig = new Rig(
    scenarioOf([dagSpec('d', [job('a', 60)])], {
      faults: [{ at_s: 10, what: 'hang', part: 'task:d/*/a', args: { for_s: 25 } }],
      actions: [trigger(0, 'first'), trigger(20, 'second')],
      until_s: 200,
    }),
  );
  expect(rig.when('a', 'success')).toBeGreaterThan(80);
  expect(rig.when('a', 'success')).toBeLessThan(95);
});
