import { describe, expect, test } from 'vitest';
import { WORKER, type WorkerFigures } from '../../../src/airflow/fleet/workerPlan.ts';
import type { WorkerGroupSpec } from '../../../src/airflow/scenario.ts';
import { bench, task, type Bench } from './plantBench.ts';

function workersOf(group: Partial<WorkerGroupSpec>, tasks: number, seconds: number): Bench {
  const b = bench({
    executor: 'celery',
    tasks: Array.from({ length: tasks }, (_, i) => task(`t${i}`, seconds)),
    latencies: { 'supervisor.linger_share': 0 },
    fleet: { workers: [{ name: 'w', count: 1, concurrency: 2, queues: null, ...group }] },
  });
  for (let ti = 0; ti < tasks; ti++) b.queue(ti);
  return b;
}

function figures(b: Bench): WorkerFigures {
  return b.plant.celery!.workers.figures(0);
}

describe('celery.worker_autoscale', () => {
  test('messages come -> the pool grows with them up to its maximum', () => {
    const b = workersOf({ autoscale: { min: 1, max: 4 } }, 3, 20);
    expect(figures(b).pool).toBe(1);
    b.run(5);
    expect(figures(b)).toMatchObject({ pool: 3, active: 3, reserved: 0 });
    const many = workersOf({ autoscale: { min: 1, max: 4 } }, 9, 20);
    many.run(5);
    expect(figures(many)).toMatchObject({ pool: 4, active: 4 });
  });

  test('nothing comes for 30 s -> it shrinks to what runs, at the end to its minimum', () => {
    const b = workersOf({ autoscale: { min: 1, max: 4 } }, 4, 20);
    b.run(29);
    expect(figures(b)).toMatchObject({ pool: 4, active: 0, processed: 4 });
    b.run(61);
    expect(figures(b).pool).toBe(1);
  });
});

describe('KEDA', () => {
  const keda = { min: 0, max: 4, cooldown_s: 60 };
  const up = (b: Bench): number => {
    const { workers } = b.plant.celery!;
    const modes = workers.plans.map((_, worker) => workers.figures(worker).mode);
    return modes.filter((mode) => mode === WORKER.up).length;
  };

  test('nothing to do -> no worker; work comes -> ceil(queued + running / concurrency) of them', () => {
    const b = workersOf({ count: 0, keda }, 5, 200);
    expect(up(b)).toBe(0);
    expect(b.plant.reason(0)?.code).toBe('scheduler_loop');
    b.run(4);
    expect(b.plant.reason(0)?.code).toBe('no_worker_for_queue');
    b.run(12);
    expect(up(b)).toBe(3);
    expect(b.rows.filter((row) => row.state === 'running')).toHaveLength(5);
  });

  test('more than its maximum is never started', () => {
    const b = workersOf({ count: 0, keda }, 12, 200);
    b.run(30);
    expect(up(b)).toBe(4);
  });

  test('fewer are enough -> only after the window; a running task ends in peace', () => {
    const b = workersOf({ count: 4, keda: { ...keda, min: 1 } }, 8, 20);
    b.run(70);
    expect(up(b)).toBe(4);
    b.run(100);
    expect(up(b)).toBe(1);
    expect(b.rows.map((row) => row.state)).toEqual(Array(8).fill('success'));
  });
});

describe("Flower's figures", () => {
  test('prefetch multiplier 2, late acknowledgement -> as many reserved as running', () => {
    const b = workersOf({ prefetch_multiplier: 2 }, 6, 20);
    b.run(5);
    expect(figures(b)).toMatchObject({ active: 2, reserved: 2, processed: 0, pool: 2 });
    b.run(100);
    expect(figures(b)).toMatchObject({ active: 0, reserved: 0, processed: 6 });
  });

  test('multiplier 1, late acknowledgement -> nothing is reserved behind a long task', () => {
    const b = workersOf({}, 6, 20);
    b.run(5);
    expect(figures(b)).toMatchObject({ active: 2, reserved: 0 });
  });
});
