/** Each number of the metrics against a log that is short enough to be counted by hand. */
import { expect, test } from 'vitest';
import type { FleetSpec } from '../../src/airflow/scenario.ts';
import { WORKER } from '../../src/airflow/fleet/workerPlan.ts';
import { us } from '../../src/base/time.ts';
import { nodeSeconds, workerSeconds } from '../../src/explain/metrics/machineTime.ts';
import { metricsOf } from '../../src/explain/metrics/metrics.ts';
import { Log } from '../../src/kernel/index.ts';
import { dagSpec, scenarioOf, taskSpec } from '../airflow/engine/specs.ts';
import { info, makeLog, tables } from './handmade.ts';

const MACHINES = { nodeOrdered: 9001, nodeRemoved: 9002, workerChanged: 9003 };

/**
 * Two rows, one slot, 10 s. Row 0: scheduled and queued at 1, slot at 1.5, running at 2, code from
 * 2.5 to 5, slot free at 5.5. Row 1: scheduled and queued at 6, slot at 6.5, running at 7, code from
 * 7.5 to 9, failed, slot free at 9. The run is created at 0 and fails at 10.
 */
function metrics() {
  return metricsOf({
    log: makeLog(),
    codes: { tables, held: 9000, reasons: [], ...MACHINES },
    scenario: scenarioOf([dagSpec('d', [taskSpec('a'), taskSpec('b')])], { executor: 'local' }),
    slotGroups: info.slotGroups,
    runs: [{ dag_id: 'd', due: 4_000_000 }],
    prices: { scheduler: 36, slot: 3600 },
  });
}

test('waiting by cause: none until 1 and 6, queued without slot 0.5 each, start-up 1 each', () => {
  expect(metrics().time_by_cause).toMatchObject({
    dependencies: 7,
    executor: 1,
    start_up: 2,
    work: 4,
    process_gone: 0,
  });
});

test('slots: held 4 + 2.5, of which 4 are work and 0.5 are kept after the end', () => {
  expect(metrics().slots).toMatchObject({
    capacity_s: 10,
    held_s: 6.5,
    work_s: 4,
    start_up_s: 2,
    kept_s: 0.5,
    useful_share: 4 / 6.5,
    utilisation: 0.65,
    groups: [{ held_s: 6.5, work_s: 4, utilisation: 0.65 }],
  });
});

test('waits of 1 s twice, durations of 3 s and 2 s, and how many there were at a time', () => {
  const { wait, duration, depth, tries } = metrics();
  expect(tries).toBe(2);
  expect(wait).toMatchObject({ count: 2, mean: 1, p50: 1, p95: 1 });
  expect(duration).toMatchObject({ count: 2, mean: 2.5, min: 2, p50: 2, p90: 3, max: 3 });
  expect(depth).toEqual({ waiting: { mean: 0.2, max: 1 }, running: { mean: 0.5, max: 1 } });
});

test('landing: due at 4, ended at 10; one run failed', () => {
  const { landing, runs } = metrics();
  expect(landing).toMatchObject({ count: 1, mean: 6 });
  expect(runs).toEqual({ success: 0, failed: 1, open: 0 });
});

test('cost: 10 s of a scheduler at 36 an hour, 6.5 s of slots at 3,600', () => {
  expect(metrics().cost).toEqual({ total: 6.6, by_part: { scheduler: 0.1, slot: 6.5 } });
});

/** 100 s long. */
function logOf(
  lines: readonly (readonly [t: number, entity: number, what: number, reason: number])[],
): Log {
  const log = new Log();
  for (const [t, entity, what, reason] of [...lines, [100, 0, 1, 0] as const]) {
    log.append(us(t * 1_000_000), entity, what, reason);
  }
  return log;
}

const fleet: FleetSpec = {
  ...scenarioOf([]).fleet,
  workers: [
    { name: 'fixed', count: 1, concurrency: 1, queues: null },
    { name: 'scaled', count: 1, concurrency: 1, queues: null, keda: { min: 1, max: 3 } },
  ],
  nodes: [{ name: 'node', count: 1, pods: 1, image_cached: true, min: 1, max: 2 }],
};

test('worker-seconds: a fixed worker is paid while it is down, a scaled one while it is there', () => {
  const { workerChanged } = MACHINES;
  const log = logOf([
    [10, 2, workerChanged, WORKER.starting],
    [15, 2, workerChanged, WORKER.up],
    [20, 0, workerChanged, WORKER.gone],
    [60, 2, workerChanged, WORKER.draining],
    [70, 2, workerChanged, WORKER.gone],
    [90, 2, workerChanged, WORKER.starting],
  ]);
  expect(workerSeconds(log, MACHINES, fleet)).toEqual([100, 100, 60 + 10, 0]);
});

test('node-seconds: from the order to the return', () => {
  const log = logOf([
    [30, 1, MACHINES.nodeOrdered, 0],
    [80, 1, MACHINES.nodeRemoved, 0],
  ]);
  expect(nodeSeconds(log, MACHINES, fleet)).toEqual([100, 50]);
});
