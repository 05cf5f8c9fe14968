import { describe, expect, test } from 'vitest';
import { BROKER } from '../../../src/airflow/fleet/broker.ts';
import { bench, SECOND, task, type Bench } from './plantBench.ts';

function celery(broker: 'redis' | 'rabbitmq', multiplier: number): Bench {
  const b = bench({
    executor: 'celery',
    tasks: [task('a', 30), task('b', 30), task('c', 30), task('d', 30)],
    latencies: { 'supervisor.linger_share': 0 },
    fleet: {
      broker,
      workers: [
        { name: 'w', count: 2, concurrency: 1, queues: null, prefetch_multiplier: multiplier },
      ],
    },
  });
  for (let ti = 0; ti < 4; ti++) b.queue(ti);
  return b;
}

describe('a worker host is lost', () => {
  test('its running task -> no event, last beat stands still, the others go on', () => {
    const b = celery('redis', 1);
    b.run(12);
    b.plant.celery!.parts.killWorker(0);
    expect(b.plant.supervisorOf(0)).toBe('lost');
    expect(b.plant.supervisorOf(1)).toBe('alive');
    b.run(200);
    expect(b.rows.map((row) => row.state)).toEqual(['running', 'success', 'success', 'success']);
    expect(b.plant.lastBeat(0)).toBeLessThan(12 * SECOND);
    b.plant.executor.fail(0);
    b.run(203);
    expect(b.events.at(-1)).toMatchObject({ ti: 0, state: 'failed' });
    expect(b.plant.idle).toBe(true);
  });

  test('its task had not begun -> RabbitMQ gives the message to another worker, which runs it', () => {
    const b = celery('rabbitmq', 1);
    b.run(0.01);
    expect(b.row(0).state).toBe('queued');
    b.plant.celery!.parts.killWorker(0);
    b.run(20);
    expect(b.rows.filter((row) => row.state === 'running')).toHaveLength(1);
    b.run(200);
    expect(b.rows.map((row) => row.state)).toEqual(Array(4).fill('success'));
    expect(b.plant.executor.slotsOccupied()).toBe(0);
    expect(b.plant.busyLines).toBe(0);
  });

  test('reserved messages: RabbitMQ gives them to another worker, Redis does not', () => {
    const states = (['rabbitmq', 'redis'] as const).map((broker) => {
      const b = celery(broker, 2);
      b.run(12);
      b.plant.celery!.parts.killWorker(0);
      b.run(300);
      return b.rows.map((row) => row.state);
    });
    expect(states[0]).toEqual(['running', 'success', 'success', 'success']);
    expect(states[1]).toEqual(['running', 'success', 'queued', 'success']);
  });

  test('back again -> takes what waits', () => {
    const b = celery('redis', 1);
    b.run(0.5);
    b.plant.celery!.parts.killWorker(0);
    b.plant.celery!.parts.killWorker(1);
    b.run(20);
    expect(b.plant.reason(2)?.code).toBe('no_worker_for_queue');
    b.plant.celery!.parts.startWorker(0);
    b.run(200);
    expect(b.rows.slice(2).map((row) => row.state)).toEqual(['success', 'success']);
  });
});

describe('the broker is away', () => {
  test('refuses -> every send fails at once, the scheduler is held meanwhile', () => {
    const b = celery('redis', 1);
    b.plant.celery!.parts.setBroker(BROKER.refusing);
    expect(b.plant.executor.heartbeat(0 as never)).toBeGreaterThan(2 * SECOND);
    b.run(1);
    expect(b.events.map((e) => e.state)).toEqual(Array(4).fill('failed'));
    expect(b.plant.idle).toBe(true);
  });

  test('is silent -> four attempts, then failed', () => {
    const b = celery('redis', 1);
    b.plant.celery!.parts.setBroker(BROKER.silent);
    b.run(14);
    expect(b.events).toEqual([]);
    b.run(30);
    expect(b.events.map((e) => e.state)).toEqual(Array(4).fill('failed'));
  });

  test('silent for a while -> only delayed', () => {
    const b = celery('redis', 1);
    b.plant.celery!.parts.setBroker(BROKER.silent);
    b.run(6);
    b.plant.celery!.parts.setBroker(BROKER.up);
    b.run(200);
    expect(b.rows.map((row) => row.state)).toEqual(Array(4).fill('success'));
  });
});

describe('a pod is evicted', () => {
  test('while its row runs -> event failed, place free for the next pod', () => {
    const b = bench({
      executor: 'kubernetes',
      tasks: [task('a', 300), task('b', 5)],
      fleet: { nodes: [{ name: 'n', count: 1, pods: 1, image_cached: true }] },
    });
    b.queue(0);
    b.queue(1);
    b.run(60);
    expect(b.row(0).state).toBe('running');
    b.plant.kubernetes!.cluster.faults.evict(0);
    b.run(120);
    expect(b.events[0]).toMatchObject({ ti: 0, state: 'failed' });
    expect(b.row(1).state).toBe('success');
  });

  test('while its row is queued -> a new pod in silence, no event', () => {
    const b = bench({ executor: 'kubernetes', tasks: [task('a', 5)] });
    b.queue(0);
    b.run(2);
    b.plant.kubernetes!.cluster.faults.evict(0);
    b.run(120);
    expect(b.row(0).state).toBe('success');
    expect(b.events.map((e) => e.state)).toEqual(['success']);
  });
});
