import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BROKER } from '../../../src/airflow/fleet/broker.ts';
import type { CeleryParts } from '../../../src/airflow/executors/celery/parts.ts';
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
      'stop',
      'cold',
      'stall',
      'main',
      'break',
      'wipe',
      'drop',
      'again',
      'kill',
      'supervisor',
      'child',
      'hang',
      'process',
    ),
    which: fc.nat(TIS - 1),
  }),
  { minLength: 5, maxLength: 60 },
);

type Step = typeof steps extends fc.Arbitrary<(infer S)[]> ? S : never;

type Lane = readonly [
  executor: 'sequential' | 'local' | 'celery' | 'kubernetes',
  airflow: '3.3.2' | '2.11.2',
  broker: 'redis' | 'rabbitmq',
];

function build([executor, airflow, broker]: Lane, seed: number): Bench {
  return bench({
    executor,
    airflow,
    seed,
    tasks: [task('a', 7, { retries: 1 })],
    of: Array<number>(TIS).fill(0),
    config: { 'core.parallelism': 3 },
    behaviour: {
      by_kind: {},
      rules: [{ failure_chance: 0.2, duration: { kind: 'exponential', mean_s: 6 } }],
    },
    fleet: {
      broker,
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
  } else if (what === 'lose' && celery?.workers.isAlive(which % 2))
    celery.parts.killWorker(which % 2);
  else if (what === 'restore') celery?.parts.startWorker(which % 2);
  else if (what === 'broker') celery?.parts.setBroker(which % 3);
  else if (what === 'evict' && kubernetes) kubernetes.evictAll(which % 2);
  else if (celery && applyToCelery(celery.parts, what, which)) return;
  else if (what === 'kill') b.plant.processes.killTask(which);
  else if (what === 'supervisor') b.plant.processes.killSupervisor(which);
  else if (what === 'child') b.plant.processes.killWorkerProcess(which);
  else if (what === 'hang') b.plant.processes.hang(which);
  else if (what === 'process') b.plant.local?.killWorker(which % 3);
  else if (what === 'abandon' && row.state === 'running') {
    row.state = 'restarting';
    b.plant.abandon(which);
  }
}

function applyToCelery(parts: CeleryParts, what: string, which: number): boolean {
  const worker = which % 2;
  if (what === 'stop') parts.stopWorker(worker, which * 1_000_000);
  else if (what === 'cold') parts.stopWorkerCold(worker);
  else if (what === 'stall') parts.stallWorker(worker);
  else if (what === 'main') parts.killWorker(worker, 'main');
  else if (what === 'break') parts.stopBroker(true);
  else if (what === 'wipe') parts.stopBroker(false);
  else if (what === 'drop') parts.loseMessages(-1);
  else if (what === 'again') parts.redeliver();
  else return false;
  return true;
}

/** Everything works again, and what was lost is given up, as the scheduler's checks do. */
function heal(b: Bench): void {
  const { celery, executor } = b.plant;
  celery?.parts.setBroker(BROKER.up);
  for (const worker of [0, 1]) celery?.parts.startWorker(worker);
  b.rows.forEach((row, ti) => {
    b.plant.processes.goOn(ti);
    const gone = b.plant.supervisorOf(ti) !== 'alive' && row.state === 'running';
    if (row.state === 'queued' && executor.revoke(ti)) row.state = 'failed';
    if (!gone && b.plant.supervisorOf(ti) !== 'lost') return;
    row.state = 'failed';
    executor.fail(ti);
  });
}

/** 2.x loses slots for good when what holds them is killed, until the scheduler restarts. */
const LEAKS: ReadonlySet<string> = new Set(['main', 'child', 'process']);

const LANES: Lane[] = [
  ['local', '3.3.2', 'redis'],
  ['local', '2.11.2', 'redis'],
  ['celery', '3.3.2', 'redis'],
  ['celery', '3.3.2', 'rabbitmq'],
  ['celery', '2.11.2', 'redis'],
  ['celery', '2.11.2', 'rabbitmq'],
  ['kubernetes', '3.3.2', 'redis'],
];

describe.each(LANES)('%s %s %s under random faults', (...lane) => {
  test('any schedule -> slots never below zero or above the limit, and in the end all are free', () => {
    fc.assert(
      fc.property(steps, fc.nat(1000), (schedule, seed) => {
        const b = build(lane, seed);
        let now = 0;
        for (const step of schedule) {
          if (lane[1] === '3.3.2' || !LEAKS.has(step.what)) apply(b, step);
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
        const { local, celery } = b.plant;
        expect(b.plant.busyLines - (local?.deadWorkers ?? 0)).toBe(0);
        // A worker that dies between the end of a task and its result leaves the key waiting.
        expect(b.plant.executor.slotsOccupied() - (celery?.unanswered ?? 0)).toBe(0);
        expect(b.plant.idle).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});
