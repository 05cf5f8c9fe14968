import { describe, expect, test } from 'vitest';
import { bench, SECOND, task, type Bench } from './plantBench.ts';
import { us } from '../../../src/base/time.ts';

const NO_LINGER = { 'supervisor.linger_share': 0, 'supervisor.linger_share_brief': 0 };

function finished(b: Bench): string[] {
  return b.rows.map((row) => row.state);
}

function mostAtOnce(b: Bench): number {
  const times = b.rows.flatMap((row) => [
    { t: row.start, d: 1 },
    { t: row.end, d: -1 },
  ]);
  times.sort((x, y) => x.t - y.t || x.d - y.d);
  let now = 0;
  let most = 0;
  for (const { d } of times) most = Math.max(most, (now += d));
  return most;
}

describe('every executor', () => {
  test.each(['local', 'celery', 'kubernetes'] as const)(
    '%s: eight tasks -> all succeed, one event each, every slot is given back',
    (executor) => {
      const b = bench({ executor, tasks: Array.from({ length: 8 }, (_, i) => task(`t${i}`, 3)) });
      for (let ti = 0; ti < 8; ti++) b.queue(ti);
      b.run(300);
      expect(finished(b)).toEqual(Array(8).fill('success'));
      expect(b.events.map((e) => `${e.ti} ${e.state}`).sort()).toEqual(
        Array.from({ length: 8 }, (_, i) => `${i} success`),
      );
      expect(b.plant.executor.slotsOccupied()).toBe(0);
      for (let ti = 0; ti < 8; ti++) expect(b.plant.reason(ti)).toBeNull();
    },
  );

  test('change of executor -> the same user code takes the same time', () => {
    const spans = (['local', 'celery', 'kubernetes'] as const).map((executor) => {
      const b = bench({
        executor,
        tasks: [task('t', 0)],
        latencies: { 'task.start_up': 0, 'task.report': 0 },
        behaviour: {
          by_kind: {},
          rules: [{ task_id: 't', duration: { kind: 'lognormal', median_s: 5, sigma: 1 } }],
        },
      });
      b.queue(0);
      b.run(500);
      return b.row(0).end - b.row(0).start;
    });
    expect(new Set(spans).size).toBe(1);
  });

  test('saved in the middle and loaded -> the same end and the same hash', () => {
    for (const executor of ['local', 'celery', 'kubernetes'] as const) {
      const make = (): Bench => {
        const b = bench({ executor, tasks: Array.from({ length: 6 }, (_, i) => task(`t${i}`, 4)) });
        for (let ti = 0; ti < 6; ti++) b.queue(ti);
        return b;
      };
      const straight = make();
      straight.run(100);
      const paused = make();
      paused.run(9);
      const saved = paused.simulation.save();
      const log = paused.simulation.log.fork();
      const rows = paused.rows.map((row) => ({ ...row }));
      paused.run(100);
      paused.rows.forEach((row, i) => Object.assign(row, rows[i]));
      paused.simulation.load(saved, log);
      paused.run(100);
      expect(paused.simulation.hash()).toBe(straight.simulation.hash());
    }
  });
});

describe('SequentialExecutor', () => {
  test('three tasks in one heartbeat -> one by one, events only at the end of the batch', () => {
    const b = bench({
      executor: 'sequential',
      airflow: '2.11.2',
      tasks: [task('a', 5), task('b', 5), task('c', 5)],
    });
    for (let ti = 0; ti < 3; ti++) b.queue(ti, ti);
    b.run(5);
    expect(b.plant.reason(0)).toMatchObject({ code: 'one_at_a_time', params: { ahead: 2 } });
    b.run(100);
    expect(mostAtOnce(b)).toBe(1);
    // Highest priority first.
    const starts = b.rows.map((row) => row.start);
    expect(starts).toEqual([...starts].sort((x, y) => y - x));
    expect(new Set(b.events.map((e) => e.t)).size).toBe(1);
    expect(b.events[0]!.t).toBeGreaterThan(24 * SECOND);
  });
});

describe('LocalExecutor', () => {
  test('3.3.2, parallelism 2: six queued -> two run, four wait in the pipe, no slot counted', () => {
    const b = bench({
      executor: 'local',
      tasks: Array.from({ length: 6 }, (_, i) => task(`t${i}`, 10)),
      config: { 'core.parallelism': 2 },
      latencies: NO_LINGER,
    });
    for (let ti = 0; ti < 6; ti++) b.queue(ti);
    b.run(5);
    expect(b.plant.executor.slotsOccupied()).toBe(0);
    expect(b.rows.filter((row) => row.state === 'running')).toHaveLength(2);
    expect(b.plant.reason(5)).toMatchObject({ code: 'local_busy', limit: 2, params: { ahead: 3 } });
    b.run(100);
    expect(mostAtOnce(b)).toBe(2);
    expect(finished(b)).toEqual(Array(6).fill('success'));
  });

  test('2.11.2, parallelism 2: a running task is counted until its result is read', () => {
    const b = bench({
      executor: 'local',
      airflow: '2.11.2',
      tasks: [task('a', 3), task('b', 3)],
      config: { 'core.parallelism': 2 },
    });
    b.queue(0);
    b.queue(1);
    expect(b.plant.executor.slotsAvailable()).toBe(0);
    b.run(3);
    expect(b.plant.executor.slotsOccupied()).toBe(2);
    b.run(20);
    expect(b.plant.executor.slotsOccupied()).toBe(0);
  });

  test('3.3.2, lingering supervisor: success at once, slot and event five seconds later', () => {
    const b = bench({
      executor: 'local',
      tasks: [task('a', 3)],
      latencies: { 'supervisor.linger_share': 1 },
    });
    b.queue(0);
    b.run(60);
    const wait = b.events[0]!.t - b.row(0).end;
    expect(wait).toBeGreaterThan(5 * SECOND);
    expect(wait).toBeLessThan(6.2 * SECOND);
  });

  test('3.3.2, last failure with a lingering supervisor: failed is stored five seconds late', () => {
    const b = bench({
      executor: 'local',
      tasks: [task('a', 3)],
      latencies: { 'supervisor.linger_share': 1 },
      behaviour: { by_kind: {}, rules: [{ outcomes: ['failed'] }] },
    });
    b.queue(0);
    b.run(60);
    expect(b.row(0).state).toBe('failed');
    expect(b.row(0).end - b.row(0).start).toBeGreaterThan(8 * SECOND);
    expect(b.events[0]!.state).toBe('success');
  });

  test('3.3.2, process killed with tries left: nothing is reported, the executor says success', () => {
    const b = bench({
      executor: 'local',
      tasks: [task('a', 3, { retries: 1 })],
      behaviour: { by_kind: {}, rules: [{ outcomes: ['killed'] }] },
    });
    b.queue(0);
    b.run(60);
    expect(b.row(0).state).toBe('running');
    expect(b.events.map((e) => e.state)).toEqual(['success']);
  });

  test('start refused -> the executor says failed', () => {
    const b = bench({ executor: 'local', tasks: [task('a', 3)], refuse: () => 'refused' });
    b.queue(0);
    b.run(60);
    expect(b.events.map((e) => e.state)).toEqual(['failed']);
  });
});

describe('CeleryExecutor', () => {
  test('two groups with one queue each -> each message goes to its own workers', () => {
    const b = bench({
      executor: 'celery',
      tasks: [task('a', 3), task('b', 3, { queue: 'high_cpu' }), task('c', 3, { queue: 'gpu' })],
      fleet: {
        workers: [
          { name: 'plain', count: 1, concurrency: 1, queues: ['default'] },
          { name: 'big', count: 1, concurrency: 1, queues: ['high_cpu'] },
        ],
      },
    });
    for (let ti = 0; ti < 3; ti++) b.queue(ti);
    b.run(30);
    expect(finished(b)).toEqual(['success', 'success', 'queued']);
    expect(b.plant.reason(2)).toMatchObject({
      code: 'no_worker_for_queue',
      params: { queue: 'gpu' },
    });
  });

  test('more messages than children -> they wait in the broker; the key is held until read', () => {
    const b = bench({
      executor: 'celery',
      tasks: Array.from({ length: 5 }, (_, i) => task(`t${i}`, 10)),
      latencies: NO_LINGER,
    });
    for (let ti = 0; ti < 5; ti++) b.queue(ti);
    b.run(5);
    expect(b.plant.executor.slotsOccupied()).toBe(5);
    expect(b.plant.reason(4)).toMatchObject({
      code: 'broker_wait',
      actual: 2,
      limit: 2,
      params: { ahead: 2 },
    });
    b.run(100);
    expect(mostAtOnce(b)).toBe(2);
  });

  test.each([
    // celery_executor.py: ceil(messages / sync_parallelism) for each process, one after the other.
    [1, 1.6],
    [4, 0.4],
    [32, 0.1],
  ])('sync_parallelism %i: sixteen messages of 0.1 s hold the loop for %d s', (senders, held) => {
    const b = bench({
      executor: 'celery',
      tasks: Array.from({ length: 16 }, (_, i) => task(`t${i}`, 1)),
      config: { 'celery.sync_parallelism': senders },
      latencies: { ...NO_LINGER, 'celery.publish': 0.1, 'celery.read_results': 0 },
    });
    for (let ti = 0; ti < 16; ti++) b.queue(ti);
    expect(b.plant.executor.heartbeat(us(0))).toBeCloseTo(held * SECOND, 0);
  });

  test('prefetch multiplier 4: a short task waits behind a long one though a worker is idle', () => {
    const run = (multiplier: number): Bench => {
      const b = bench({
        executor: 'celery',
        tasks: [task('long', 60), task('short', 2), task('next', 1), task('last', 1)],
        latencies: NO_LINGER,
        fleet: {
          workers: [
            {
              name: 'w',
              count: 2,
              concurrency: 1,
              queues: null,
              prefetch_multiplier: multiplier,
            },
          ],
        },
      });
      for (let ti = 0; ti < 4; ti++) b.queue(ti);
      return b;
    };
    const eager = run(4);
    eager.run(20);
    expect(eager.plant.reason(2)).toMatchObject({ code: 'prefetched', params: { worker: 'w-1' } });
    eager.run(200);
    const fair = run(1);
    fair.run(200);
    const last = (b: Bench): number => Math.max(b.row(2).end, b.row(3).end);
    expect(last(eager)).toBeGreaterThan(60 * SECOND);
    expect(last(fair)).toBeLessThan(10 * SECOND);
  });
});

describe('KubernetesExecutor', () => {
  const pods = (count: number): ReturnType<typeof task>[] =>
    Array.from({ length: count }, (_, i) => task(`t${i}`, 30));

  test('batch size 1 -> one pod per heartbeat', () => {
    const b = bench({
      executor: 'kubernetes',
      tasks: pods(4),
      latencies: { 'kubernetes.interpreter': 5, 'kubernetes.container_start': 2 },
    });
    for (let ti = 0; ti < 4; ti++) b.queue(ti);
    b.run(1.9);
    expect(b.plant.reason(3)).toMatchObject({ code: 'pod_creation', limit: 1 });
    b.run(100);
    const starts = b.rows.map((row) => row.start);
    for (let i = 1; i < 4; i++) expect(starts[i]! - starts[i - 1]!).toBeGreaterThan(SECOND);
  });

  test('more pods than places -> the rest is unschedulable until a pod ends', () => {
    const b = bench({
      executor: 'kubernetes',
      tasks: pods(6),
      config: { 'kubernetes_executor.worker_pods_creation_batch_size': 16 },
    });
    for (let ti = 0; ti < 6; ti++) b.queue(ti);
    b.run(20);
    expect(b.plant.reason(5)).toMatchObject({ code: 'pod_pending', actual: 4, limit: 4 });
    b.run(200);
    expect(mostAtOnce(b)).toBe(4);
    expect(finished(b)).toEqual(Array(6).fill('success'));
  });

  test('image not on the node -> one pull serves all pods there', () => {
    const b = bench({
      executor: 'kubernetes',
      tasks: pods(3),
      latencies: { 'kubernetes.image_pull': 40, 'kubernetes.interpreter': 5 },
      fleet: { nodes: [{ name: 'n', count: 1, pods: 4, image_cached: false }] },
    });
    for (let ti = 0; ti < 3; ti++) b.queue(ti);
    b.run(10);
    expect(b.plant.reason(0)).toMatchObject({ code: 'pod_starting', params: { cause: 'Pulling' } });
    b.run(200);
    const starts = b.rows.map((row) => row.start / SECOND);
    expect(Math.min(...starts)).toBeGreaterThan(45);
    expect(Math.max(...starts)).toBeLessThan(60);
  });

  test('reason says when it runs -> it does', () => {
    const b = bench({ executor: 'kubernetes', tasks: pods(1) });
    b.queue(0);
    b.run(2);
    const until = Number(b.plant.reason(0)?.params['until_us']);
    b.run(60);
    expect(b.row(0).start).toBe(until);
  });
});
