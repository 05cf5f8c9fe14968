/** Faults of Celery's parts and of the processes of tries: states, times, tries (F5-F12, F28-F35). */
import { describe, expect, test } from 'vitest';
import type { Fault, Scenario } from '../../../src/airflow/scenario.ts';
import type { AirflowVersion } from '../../../src/airflow/spec.ts';
import { dagSpec, scenarioOf, taskSpec } from '../engine/specs.ts';
import { Rig } from './rig.ts';

const VERSIONS: AirflowVersion[] = ['3.3.2', '2.11.2'];
const TASK = 'task:d/*/a';

/** Task a of so many seconds with one retry, then b, on two workers of four children. */
function lane(
  airflow: AirflowVersion,
  faults: Fault[],
  more: Partial<Scenario> & { seconds?: number; retries?: number; until?: number } = {},
): Rig {
  const { seconds = 60, retries = 1, until = 2000, ...rest } = more;
  const dag = dagSpec('d', [
    taskSpec('a', [], { retries, retry_delay_s: 5 }),
    taskSpec('b', ['a'], { retries: 0 }),
  ]);
  const scenario = scenarioOf([dag], {
    airflow,
    executor: 'celery',
    faults,
    until_s: until,
    behaviour: { by_kind: {}, rules: [{ task_id: 'a', duration: seconds }] },
    latencies: { 'supervisor.linger_share': 0 },
    ...rest,
  });
  const workers = [{ name: 'worker', count: 2, concurrency: 4, queues: null }];
  return new Rig({ ...scenario, fleet: { ...scenario.fleet, workers, ...rest.fleet } });
}

function fault(at_s: number, what: string, part: string, args?: Fault['args']): Fault {
  return args === undefined ? { at_s, what, part } : { at_s, what, part, args };
}

function within(value: number, low: number, high: number): void {
  expect(value).toBeGreaterThanOrEqual(low);
  expect(value).toBeLessThanOrEqual(high);
}

const AGAIN = ['scheduled:2', 'queued:2', 'running:2', 'success:2'];
const RUNS = ['scheduled:1', 'queued:1', 'running:1'];

describe('F5: the task process is killed', () => {
  test.each(['local', 'celery'] as const)(
    '%s 3.3.2 -> mismatch within a loop, one retry',
    (executor) => {
      const rig = lane('3.3.2', [fault(20, 'kill', TASK)], { executor });
      expect(rig.steps('a')).toEqual([...RUNS, 'up_for_retry:1', ...AGAIN]);
      within(rig.when('a', 'up_for_retry'), 20, 22);
      expect(rig.times('stateMismatch')).toHaveLength(1);
    },
  );

  test('3.3.2, supervisor lingers -> 5 s later', () => {
    const latencies = { 'supervisor.linger_share': 1 };
    const rig = lane('3.3.2', [fault(20, 'kill', TASK)], { latencies });
    within(rig.when('a', 'up_for_retry'), 25, 27);
  });

  test('3.3.2, no tries left -> the supervisor reports failed itself', () => {
    const rig = lane('3.3.2', [fault(20, 'kill', TASK)], { retries: 0 });
    expect(rig.steps('a')).toEqual([...RUNS, 'failed:1']);
    within(rig.when('a', 'failed'), 20, 20.1);
    expect(rig.times('stateMismatch')).toHaveLength(0);
  });

  test.each(['sequential', 'local', 'celery'] as const)(
    '%s 2.11.2 -> zombie within 10 s',
    (executor) => {
      const rig = lane('2.11.2', [fault(20, 'kill', TASK)], { executor });
      expect(rig.steps('a')).toEqual([...RUNS, 'up_for_retry:1', ...AGAIN]);
      within(rig.when('a', 'up_for_retry'), 20, 32);
      expect(rig.times('heartbeatTimeout')).toHaveLength(1);
    },
  );
});

describe('F6: the supervisor or the worker host is lost', () => {
  test.each(VERSIONS)('%s: host -> heartbeat timeout after 300 to 310 s, one retry', (airflow) => {
    const rig = lane(airflow, [
      fault(20, 'kill', 'worker-1'),
      fault(20, 'kill', 'worker-2', { for_s: 30 }),
    ]);
    expect(rig.steps('a')).toEqual([...RUNS, 'up_for_retry:1', ...AGAIN]);
    within(rig.when('a', 'up_for_retry'), 20 - 5 + 300, 20 + 310 + 2);
    expect(rig.times('heartbeatTimeout')).toHaveLength(1);
  });

  test('3.3.2: pool child -> FAILURE after up to 10 s, the old body runs on beside the new try', () => {
    const rig = lane('3.3.2', [fault(20, 'kill', TASK, { process: 'worker' })]);
    expect(rig.steps('a')).toEqual([...RUNS, 'up_for_retry:1', ...AGAIN]);
    within(rig.when('a', 'up_for_retry'), 20, 32);
    expect(rig.orphansEnded()[0]).toBeGreaterThan(rig.when('a', 'running', 2));
  });

  test('2.11.2: pool child -> the LocalTaskJob goes on, the task ends as if nothing were', () => {
    const rig = lane('2.11.2', [fault(20, 'kill', TASK, { process: 'worker' })]);
    expect(rig.steps('a')).toEqual([...RUNS, 'success:1']);
    expect(rig.runState()).toBe('success');
  });

  test('2.11.2: LocalTaskJob -> the raw task writes its own end when it needs less than 300 s', () => {
    const kill = fault(20, 'kill', TASK, { process: 'supervisor' });
    expect(lane('2.11.2', [kill]).steps('a')).toEqual([...RUNS, 'success:1']);
    const late = lane('2.11.2', [kill], { seconds: 600 });
    expect(late.states('a').slice(3, 5)).toEqual(['up_for_retry', 'scheduled']);
    within(late.when('a', 'up_for_retry'), 315, 332);
  });

  test('3.3.2: worker main process -> the body runs to its end unheard, then heartbeat timeout', () => {
    const main = { process: 'main' };
    const rig = lane('3.3.2', [
      fault(20, 'kill', 'worker-1', main),
      fault(20, 'kill', 'worker-2', { ...main, for_s: 30 }),
    ]);
    within(rig.orphansEnded()[0] ?? NaN, 60, 75);
    within(rig.when('a', 'up_for_retry'), 315, 332);
  });

  test.each([
    ['3.3.2', 'main', ['worker-1', 'worker-2']],
    ['3.3.2', 'worker', [TASK]],
    ['2.11.2', 'supervisor', [TASK]],
  ] as const)('%s: %s process dies before it kills a marked task -> that goes on', (...of) => {
    const [airflow, process, parts] = of;
    const ofRun = { dag_id: 'd', run_id: 'r' };
    const kills = parts.map((part) => fault(21, 'kill', part, { process }));
    const rig = lane(airflow, kills, {
      actions: [
        { at_s: 0, action: 'trigger', ...ofRun },
        { at_s: 20, action: 'mark_task', ...ofRun, task_id: 'a', state: 'failed' },
      ],
    });
    expect(rig.steps('a')).toEqual([...RUNS, 'failed:1']);
    expect(rig.orphansEnded()).toHaveLength(1);
    within(rig.orphansEnded()[0] ?? NaN, 60, 62);
  });
});

describe('a task is cleared after its worker was lost', () => {
  const lost = (airflow: AirflowVersion): Rig =>
    lane(
      airflow,
      [
        fault(20, 'kill', 'worker-1', { for_s: 60 }),
        fault(20, 'kill', 'worker-2', { for_s: 60 }),
        fault(25, 'lose', 'broker'),
      ],
      {
        actions: [
          { at_s: 0, action: 'trigger', dag_id: 'd', run_id: 'r' },
          { at_s: 30, action: 'clear', dag_id: 'd', run_id: 'r', task_ids: ['a'] },
        ],
      },
    );

  test('2.11.2 -> restarting for ever, and the gate says why', () => {
    const rig = lost('2.11.2');
    expect(rig.steps('a')).toEqual([...RUNS, 'restarting:1']);
    const gates = rig.engine.gates(rig.rowsOf('a')[0]!);
    expect(gates.map(({ result, reason }) => [result, reason.code])).toEqual([
      ['holds', 'restarting_lost'],
    ]);
  });

  test('3.3.2 -> found by its heartbeat', () => {
    const rig = lost('3.3.2');
    expect(rig.states('a').slice(3, 5)).toEqual(['restarting', 'up_for_retry']);
    within(rig.when('a', 'up_for_retry'), 315, 332);
  });
});

describe('F7: a worker is told to stop', () => {
  const both = (what: string, args?: Fault['args']): Fault[] => [
    fault(20, what, 'worker-1', args),
    fault(20, what, 'worker-2', args),
    fault(100, 'restore', 'worker-1'),
  ];
  test.each(VERSIONS)('%s: warm -> the task ends, nothing new starts on it', (airflow) => {
    const rig = lane(airflow, both('stop'));
    expect(rig.steps('a')).toEqual([...RUNS, 'success:1']);
    within(rig.when('b', 'running'), 100, 110);
  });

  test.each(VERSIONS)('%s: warm, patience of 10 s -> killed, heartbeat timeout', (airflow) => {
    const rig = lane(airflow, both('stop', { grace_s: 10 }));
    expect(rig.steps('a')).toEqual([...RUNS, 'up_for_retry:1', ...AGAIN]);
    within(rig.when('a', 'up_for_retry'), 325, 342);
  });

  test.each(VERSIONS)('%s: cold -> the copy does not run, heartbeat timeout', (airflow) => {
    const rig = lane(airflow, both('cold_stop'));
    expect(rig.steps('a')).toEqual([...RUNS, 'up_for_retry:1', ...AGAIN]);
    within(rig.when('a', 'up_for_retry'), 315, 332);
  });
});

describe('F8: the broker is away when messages are sent', () => {
  test.each(VERSIONS)('%s: refuses -> failed at once, a try is used', (airflow) => {
    const rig = lane(airflow, [fault(0, 'refuse', 'broker', { for_s: 4 })]);
    expect(rig.steps('a')).toEqual(['scheduled:1', 'queued:1', 'up_for_retry:1', ...AGAIN]);
    within(rig.when('a', 'up_for_retry') - rig.when('a', 'queued'), 0.6, 2);
  });

  test.each(VERSIONS)('%s: silent for good -> four attempts, then failed', (airflow) => {
    const rig = lane(airflow, [fault(0, 'silent', 'broker')], { retries: 0, until: 100 });
    expect(rig.steps('a')).toEqual(['scheduled:1', 'queued:1', 'failed:1']);
    within(rig.when('a', 'failed') - rig.when('a', 'queued'), 4, 9);
  });

  test.each(VERSIONS)('%s: silent for a moment -> only delayed', (airflow) => {
    const rig = lane(airflow, [fault(0, 'silent', 'broker', { for_s: 3 })]);
    expect(rig.steps('a')).toEqual([...RUNS, 'success:1']);
  });
});

describe('F9, F11, F35: queued, and nobody takes it', () => {
  const cases: [string, Fault[]][] = [
    ['workers that take nothing', [1, 2].map((n) => fault(0, 'stall', `worker-${n}`))],
    ['no worker at all', [1, 2].map((n) => fault(0, 'kill', `worker-${n}`))],
  ];
  test.each(VERSIONS)('%s: the broker loses it -> sent again after 600 to 720 s', (airflow) => {
    const rig = lane(airflow, [
      fault(0, 'stall', 'worker-1', { for_s: 30 }),
      fault(0, 'stall', 'worker-2', { for_s: 30 }),
      fault(20, 'lose', 'broker'),
    ]);
    const twice = ['scheduled:1', 'queued:1', ...RUNS, 'success:1'];
    expect(rig.steps('a')).toEqual(twice);
    within(rig.when('a', 'queued', 2) - rig.when('a', 'queued'), 600, 722);
  });

  test.each(VERSIONS.flatMap((version) => cases.map((one) => [version, ...one] as const)))(
    '%s: %s -> requeued twice after 600 to 720 s, then failed without a retry',
    (airflow, _, faults) => {
      const rig = lane(airflow, faults, { retries: 3, until: 3000 });
      expect(rig.steps('a')).toEqual([
        ...Array(3).fill(['scheduled:1', 'queued:1']).flat(),
        'failed:1',
      ]);
      const starts = [1, 2, 3].map((n) => rig.when('a', 'queued', n));
      const ends = [starts[1]!, starts[2]!, rig.when('a', 'failed')];
      ends.forEach((end, i) => within(end - starts[i]!, 600, 722));
    },
  );

  test.each(VERSIONS)('%s: a worker comes late -> it runs one of the messages', (airflow) => {
    const rig = lane(airflow, [
      fault(0, 'kill', 'worker-1'),
      fault(0, 'kill', 'worker-2'),
      fault(800, 'restore', 'worker-1'),
    ]);
    expect(rig.steps('a').slice(-3)).toEqual(['queued:1', 'running:1', 'success:1']);
    expect(rig.runState()).toBe('success');
  });
});

describe('F10: a message is delivered again while its task runs', () => {
  test.each(VERSIONS)('%s -> the task goes on undisturbed', (airflow) => {
    const rig = lane(airflow, [fault(30, 'redeliver', 'broker')]);
    expect(rig.steps('a')).toEqual([...RUNS, 'success:1']);
    expect(rig.times('stateMismatch')).toHaveLength(0);
  });

  test('3.3.2: copy is ignored, the slot of the executor stays; 2.11.2: it is freed early', () => {
    const held = VERSIONS.map((airflow) => {
      const { engine } = lane(airflow, [fault(30, 'redeliver', 'broker')], { until: 40 });
      return engine.plant.executor.slotsOccupied();
    });
    expect(held).toEqual([1, 0]);
  });
});

describe('F10: by the broker itself, with late acknowledgement', () => {
  const held = (broker: 'redis' | 'rabbitmq', until: number, config = {}): number => {
    const fleet = { ...scenarioOf([]).fleet, broker };
    const rig = lane('2.11.2', [], { seconds: 5000, until, config, fleet });
    expect(rig.steps('a')).toEqual(RUNS);
    return rig.engine.plant.executor.slotsOccupied();
  };

  test('RabbitMQ: consumer_timeout of 30 min -> a copy within the next minute', () => {
    expect([held('rabbitmq', 1790), held('rabbitmq', 1870)]).toEqual([1, 0]);
  });

  test('Redis: visibility_timeout -> a copy at the next sweep, 100 s apart; a day as set by the provider', () => {
    const config = { 'celery_broker_transport_options.visibility_timeout': 3600 };
    expect([held('redis', 3590, config), held('redis', 3710, config)]).toEqual([1, 0]);
    expect(held('redis', 4000)).toBe(1);
  });
});

describe('F12: results are lost', () => {
  test.each(VERSIONS)('%s -> tasks right, their slots of the executor gone', (airflow) => {
    const rig = lane(airflow, [fault(30, 'lose', 'result-backend', { for_s: 60 })], { until: 300 });
    expect(rig.runState()).toBe('success');
    // Both tasks ended in that minute.
    expect(rig.engine.plant.executor.slotsOccupied()).toBe(2);
    expect(rig.engine.plant.celery?.unanswered).toBe(2);
  });
});

describe('F12: the result backend does not answer', () => {
  test.each(VERSIONS)('%s -> the scheduler exits and comes back; tasks go on', (airflow) => {
    const rig = lane(airflow, [fault(30, 'refuse', 'result-backend', { for_s: 60 })]);
    expect(rig.steps('a')).toEqual([...RUNS, 'success:1']);
    expect(rig.times('schedulerDies').length).toBeGreaterThan(2);
    within(rig.times('schedulerDies')[0] ?? NaN, 30, 32);
    // Each new process gets as far as its first read.
    within(rig.when('b', 'queued'), 60, 72);
    expect(rig.runState()).toBe('success');
  });
});

describe('F28: a worker process of the LocalExecutor is killed', () => {
  const kill = [fault(20, 'kill', TASK, { process: 'worker' })];
  test('3.3.2 -> heartbeat timeout; replaced when work waits; the old body ran to its end', () => {
    const config = { 'core.parallelism': 1 };
    const rig = lane('3.3.2', kill, { executor: 'local', config });
    expect(rig.steps('a')).toEqual([...RUNS, 'up_for_retry:1', ...AGAIN]);
    within(rig.when('a', 'up_for_retry'), 315, 332);
    within(rig.orphansEnded()[0] ?? NaN, 60, 75);
  });

  test('2.11.2 -> the task ends normally, slot and key are gone for good', () => {
    const config = { 'core.parallelism': 2 };
    const rig = lane('2.11.2', kill, { executor: 'local', config });
    expect(rig.steps('a')).toEqual([...RUNS, 'success:1']);
    expect(rig.engine.plant.executor.slotsOccupied()).toBe(1);
    expect(rig.engine.plant.local?.deadWorkers).toBe(1);
  });
});

describe('F30: user code does not return to Python', () => {
  const limit = { execution_timeout_s: 30 };
  test.each(VERSIONS)('%s: execution_timeout is overrun until it returns', (airflow) => {
    const dag = dagSpec('d', [taskSpec('a', [], { retries: 0, ...limit })]);
    const rig = lane(airflow, [fault(20, 'hang', TASK, { for_s: 100 })], { dags: [dag] });
    expect(rig.steps('a')).toEqual([...RUNS, 'failed:1']);
    within(rig.when('a', 'failed'), 120, 121);
  });
});
