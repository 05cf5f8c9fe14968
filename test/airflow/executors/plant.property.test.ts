import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BROKER } from '../../../src/airflow/fleet/broker.ts';
import { bench, task, type Bench } from './plantBench.ts';

const TIS = 12;

const steps = fc.array(
  fc.record({
    wait: fc.integer({ min: 0, max: 20 }),
    what: fc.constantFrom(
      'queue',
      'queue',
      'queue',
      'lose',
      'restore',
      'broker',
      'evict',
      'abandon',
    ),
    which: fc.nat(TIS - 1),
  }),
  { minLength: 5, maxLength: 60 },
);

type Step = typeof steps extends fc.Arbitrary<(infer S)[]> ? S : never;

function build(executor: 'local' | 'celery' | 'kubernetes', seed: number): Bench {
  return bench({
    executor,
    seed,
    tasks: [task('a', 7, { retries: 1 })],
    of: Array<number>(TIS).fill(0),
    config: { 'core.parallelism': 3 },
    behaviour: {
      by_kind: {},
      rules: [{ failure_chance: 0.2, duration: { kind: 'exponential', mean_s: 6 } }],
    },
    fleet: {
      broker: 'rabbitmq',
      workers: [{ name: 'w', count: 2, concurrency: 2, queues: null, prefetch_multiplier: 2 }],
      nodes: [{ name: 'n', count: 2, pods: 1, image_cached: false }],
    },
  });
}

/** What the scheduler does not queue: a restarting one first needs its end (T15, T16). */
const HELD: ReadonlySet<string> = new Set(['queued', 'running', 'restarting']);

function apply(b: Bench, { what, which }: Step): void {
  const row = b.row(which);
  const { celery, kubernetes } = b.plant;
  if (what === 'queue' && !HELD.has(row.state)) {
    row.tryNumber += 1;
    b.queue(which);
  } else if (what === 'lose' && celery?.workers.isAlive(which % 2)) celery.loseWorker(which % 2);
  else if (what === 'restore') celery?.workers.restore(which % 2);
  else if (what === 'broker') celery?.setBroker(which % 3);
  else if (what === 'evict' && kubernetes) kubernetes.evictAll(which % 2);
  else if (what === 'abandon' && row.state === 'running') {
    row.state = 'restarting';
    b.plant.abandon(which);
  }
}

/** Everything works again, and what was lost is given up, as the scheduler's checks do. */
function heal(b: Bench): void {
  const { celery } = b.plant;
  celery?.setBroker(BROKER.up);
  for (const worker of [0, 1]) celery?.workers.restore(worker);
  b.rows.forEach((row, ti) => {
    if (b.plant.supervisorOf(ti) !== 'lost') return;
    row.state = 'failed';
    b.plant.executor.fail(ti);
  });
}

describe.each(['local', 'celery', 'kubernetes'] as const)('%s under random faults', (executor) => {
  test('any schedule -> slots never below zero or above the limit, and in the end all are free', () => {
    fc.assert(
      fc.property(steps, fc.nat(1000), (schedule, seed) => {
        const b = build(executor, seed);
        let now = 0;
        for (const step of schedule) {
          apply(b, step);
          now += step.wait;
          b.run(now);
          const occupied = b.plant.executor.slotsOccupied();
          expect(occupied).toBeGreaterThanOrEqual(0);
          expect(b.plant.busyLines).toBeLessThanOrEqual(b.plant.lines);
        }
        for (let round = 0; round < 4; round++) {
          heal(b);
          now += 400;
          b.run(now);
        }
        expect(b.plant.busyLines).toBe(0);
        expect(b.plant.executor.slotsOccupied()).toBe(0);
        expect(b.plant.idle).toBe(true);
      }),
      { numRuns: 150 },
    );
  });
});
