import { describe, expect, test } from 'vitest';
import type { BehaviourRule, Scenario } from '../../../src/airflow/scenario.ts';
import type { SensorSpec, TaskSpec } from '../../../src/airflow/spec.ts';
import { bench, SECOND, task, type Bench, type BenchOptions } from './plantBench.ts';

const EXACT = {
  'task.start_up': 0,
  'task.report': 0,
  'supervisor.linger_share': 0,
  'supervisor.linger_share_brief': 0,
  'supervisor.end': 0.01,
};

function rules(...list: BehaviourRule[]): Scenario['behaviour'] {
  return { by_kind: {}, rules: list };
}

function one(spec: TaskSpec, more: Partial<BenchOptions> = {}): Bench {
  const b = bench({ executor: 'local', tasks: [spec], latencies: EXACT, ...more });
  b.queue(0);
  return b;
}

/** Seconds from start to end, rounded to a tenth. */
function span(b: Bench): number {
  return Math.round((b.row(0).end - b.row(0).start) / (SECOND / 10)) / 10;
}

function sensor(more: Partial<SensorSpec> = {}, spec: Partial<TaskSpec> = {}): TaskSpec {
  return task('s', 0, {
    behaviour: { kind: 'sensor', duration_s: null, duration_source: null },
    sensor: {
      mode: 'poke',
      poke_interval_s: 10,
      timeout_s: 100,
      soft_fail: false,
      exponential_backoff: false,
      max_wait_s: null,
      silent_fail: false,
      never_fail: false,
      ...more,
    },
    ...spec,
  });
}

describe('user code', () => {
  test('longer than execution_timeout -> failed at the timeout, with tries left up for retry', () => {
    const b = one(task('a', 60, { execution_timeout_s: 20, retries: 1 }));
    b.run(100);
    expect(b.row(0).state).toBe('up_for_retry');
    expect(span(b)).toBe(20);
  });

  test('outcomes per try -> the second try succeeds', () => {
    const b = one(task('a', 5, { retries: 2 }), {
      behaviour: rules({ outcomes: ['failed', 'success'] }),
    });
    b.run(20);
    expect(b.row(0).state).toBe('up_for_retry');
    b.row(0).tryNumber = 2;
    b.queue(0);
    b.run(40);
    expect(b.row(0).state).toBe('success');
  });

  test('fail_no_retry -> failed though tries are left', () => {
    const b = one(task('a', 5, { retries: 2 }), {
      behaviour: rules({ outcomes: ['fail_no_retry'] }),
    });
    b.run(20);
    expect(b.row(0).state).toBe('failed');
  });

  test('failure_chance 0.3 over 400 copies -> about 120 fail, the same ones for each executor', () => {
    const run = (executor: BenchOptions['executor']): string => {
      const b = bench({
        executor,
        tasks: [task('a', 1)],
        of: Array<number>(400).fill(0),
        behaviour: rules({ failure_chance: 0.3 }),
        config: {
          'core.parallelism': 400,
          'kubernetes_executor.worker_pods_creation_batch_size': 50,
        },
        fleet: { nodes: [{ name: 'n', count: 1, pods: 400, image_cached: true }] },
      });
      for (let ti = 0; ti < 400; ti++) b.queue(ti);
      b.run(2000);
      return b.rows.map((row) => row.state[0]).join('');
    };
    const local = run('local');
    expect(local.split('f').length - 1).toBeGreaterThan(90);
    expect(local.split('f').length - 1).toBeLessThan(150);
    expect(run('celery')).toBe(local);
    expect(run('kubernetes')).toBe(local);
  });

  test('rule for one map index -> only that copy is long', () => {
    const b = bench({
      executor: 'local',
      tasks: [task('a', 1)],
      of: [0, 0, 0],
      latencies: EXACT,
      behaviour: rules({ task_id: 'a', map_index: 1, duration: 30 }),
    });
    for (let ti = 0; ti < 3; ti++) b.queue(ti);
    b.run(100);
    const spans = b.rows.map((row) => Math.round((row.end - row.start) / SECOND));
    expect(spans).toEqual([1, 30, 1]);
  });

  test('branch -> skips what it did not choose before it succeeds', () => {
    const behaviour = {
      kind: 'branch',
      duration_s: 1,
      duration_source: null,
      branch: ['left'],
    } as const;
    const b = one(task('pick', 1, { behaviour: { ...behaviour, branch: ['left'] } }));
    b.run(20);
    expect(b.calls).toEqual(['start 0/1 started', 'branch 0 left', 'finish 0/1 succeed -1']);
  });

  test('TriggerDagRunOperator that waits -> looks each minute and ends with the run', () => {
    const b = one(
      task('t', 1, {
        behaviour: {
          kind: 'trigger_dag_run',
          duration_s: 1,
          duration_source: null,
          target: { dag_id: 'other', wait_for_completion: true },
        },
      }),
    );
    b.run(300);
    expect(b.row(0).state).toBe('success');
    expect(span(b)).toBe(121);
  });

  test('cleared while it runs -> seen at the next beat, killed, slot free, nothing reported', () => {
    const b = one(task('a', 600));
    b.run(7);
    b.row(0).state = 'restarting';
    b.plant.abandon(0);
    b.run(60);
    expect(b.calls).toEqual(['start 0/1 started']);
    expect(b.events).toHaveLength(1);
    // Beat 10 s after the start, then five seconds until SIGKILL.
    expect(b.events[0]!.t).toBeGreaterThan(15 * SECOND);
    expect(b.events[0]!.t).toBeLessThan(17.5 * SECOND);
  });
});

describe('sensors', () => {
  test('poke mode, condition after 25 s -> the slot is held until the third interval', () => {
    const b = one(sensor(), { behaviour: rules({ condition_after_s: 25 }) });
    b.run(20);
    expect(b.row(0).state).toBe('running');
    b.run(60);
    expect(b.row(0).state).toBe('success');
    expect(span(b)).toBe(30.4);
  });

  test('poke mode, never true -> failed after the timeout without a retry', () => {
    const b = one(sensor({ timeout_s: 45 }, { retries: 3 }), {
      behaviour: rules({ condition_after_s: null }),
    });
    b.run(100);
    expect(b.row(0).state).toBe('failed');
    expect(span(b)).toBe(50.6);
  });

  test('soft_fail -> skipped instead', () => {
    const b = one(sensor({ timeout_s: 45, soft_fail: true }), {
      behaviour: rules({ condition_after_s: null }),
    });
    b.run(100);
    expect(b.row(0).state).toBe('skipped');
  });

  test('timeout of 0 -> still one poke, and a true one is a success', () => {
    const b = one(sensor({ timeout_s: 0 }));
    b.run(30);
    expect(b.row(0).state).toBe('success');
    expect(span(b)).toBe(0.1);
  });

  test('exponential backoff -> 10, 10, 20, 40 s between pokes, before jitter', () => {
    const b = one(sensor({ exponential_backoff: true, timeout_s: 1000 }), {
      behaviour: rules({ condition_after_s: 60 }),
    });
    b.run(200);
    expect(span(b)).toBe(75.5);
  });

  test('reschedule mode -> slot given back between two pokes, same try', () => {
    const b = one(sensor({ mode: 'reschedule' }), { behaviour: rules({ condition_after_s: 15 }) });
    b.run(5);
    expect(b.row(0).state).toBe('up_for_reschedule');
    expect(b.calls[1]).toBe('reschedule 0 10');
    b.run(11);
    b.queue(0);
    b.run(15);
    expect(b.row(0).state).toBe('up_for_reschedule');
    b.run(23);
    b.queue(0);
    b.run(30);
    expect(b.row(0).state).toBe('success');
  });

  test('on another DAG -> looks at the table at each poke', () => {
    const b = one(
      sensor(
        { timeout_s: 1000 },
        {
          behaviour: {
            kind: 'external_task_sensor',
            duration_s: null,
            duration_source: null,
            target: { dag_id: 'other', task_ids: ['x'] },
          },
        },
      ),
    );
    b.run(200);
    expect(b.row(0).state).toBe('success');
    expect(span(b)).toBe(101.1);
  });

  test('deferrable -> no slot while it waits; resumed by its trigger', () => {
    const b = one(sensor({}, { deferrable: true }), {
      behaviour: rules({ condition_after_s: 30 }),
    });
    b.run(10);
    expect(b.row(0).state).toBe('deferred');
    expect(b.plant.executor.slotsOccupied()).toBe(0);
    b.run(40);
    expect(b.calls).toContain('fired 0');
    b.queue(0);
    b.run(50);
    expect(b.row(0).state).toBe('success');
  });

  test('triggerer with one place -> the second trigger waits, and says so', () => {
    const b = bench({
      executor: 'local',
      tasks: [sensor({}, { deferrable: true }), sensor({}, { task_id: 't', deferrable: true })],
      behaviour: rules({ condition_after_s: 20 }),
      config: { 'triggerer.capacity': 1 },
    });
    b.queue(0);
    b.queue(1);
    b.run(10);
    const codes = [b.plant.reason(0)?.code, b.plant.reason(1)?.code];
    expect(codes.filter((code) => code === 'triggerer_full')).toHaveLength(1);
    b.run(100);
    expect(b.rows.map((row) => row.state)).toEqual(['scheduled', 'scheduled']);
  });
});

describe('shared machine', () => {
  test('16 starts on two cores -> bodies begin together, late by starts x work / cores', () => {
    const b = bench({
      executor: 'local',
      tasks: [task('a', 3)],
      of: Array<number>(16).fill(0),
      latencies: { 'host.cores': 2, 'task.start_up': 0.16, 'task.report': 0 },
    });
    for (let ti = 0; ti < 16; ti++) b.queue(ti);
    b.run(30);
    const late = b.rows.map((row) => (row.end - row.start) / SECOND - 3);
    for (const value of late) expect(value).toBeCloseTo(1.28, 1);
  });

  test('one start on two cores -> its own time', () => {
    const b = one(task('a', 3), {
      latencies: { ...EXACT, 'host.cores': 2, 'task.start_up': 0.16 },
    });
    b.run(30);
    expect((b.row(0).end - b.row(0).start) / SECOND).toBeCloseTo(3.16, 3);
  });
});
