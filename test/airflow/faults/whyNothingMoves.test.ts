/** Task instances that nothing moves for long, or for ever: their gates say what they wait for. */
import { describe, expect, test } from 'vitest';
import { PLANT_RECORD } from '../../../src/airflow/executors/records.ts';
import { REFUSALS } from '../../../src/airflow/actions/refusals.ts';
import type { Fault, Scenario, UserAction } from '../../../src/airflow/scenario.ts';
import type { ScheduleSpec } from '../../../src/airflow/spec.ts';
import { NO_SCHEDULE } from '../../../src/airflow/plainSpecs.ts';
import { dagSpec, scenarioOf, taskSpec } from '../engine/specs.ts';
import { job, Rig } from './rig.ts';

const KILLED: Scenario['behaviour'] = {
  by_kind: {},
  rules: [{ task_id: 'a', outcomes: ['killed'] }],
};

function trigger(dag_id: string, at_s = 0): UserAction {
  return { at_s, action: 'trigger', dag_id, run_id: `r_${dag_id}` };
}

/** What holds the first row of the task at the end. */
function heldBy(rig: Rig, taskId: string): { code: string; params: Record<string, unknown> }[] {
  return rig.engine
    .gates(rig.rowsOf(taskId)[0]!)
    .filter(({ result }) => result === 'holds')
    .map(({ reason: { code, params } }) => ({ code, params }));
}

describe('the process is gone and the row is running', () => {
  test('kubernetes 3.3.2 -> the heartbeat timeout is still to come', () => {
    const dags = [dagSpec('d', [job('a', 6, { retries: 1 })])];
    const rig = new Rig(
      scenarioOf(dags, {
        executor: 'kubernetes',
        behaviour: KILLED,
        actions: [trigger('d')],
        until_s: 200,
      }),
    );
    const [gate] = heldBy(rig, 'a');
    expect(gate?.code).toBe('heartbeat_wait');
    expect(Number(gate?.params['until_us'])).toBeGreaterThan(300e6);
  });

  test('sequential 2.11.2, started again -> the new scheduler is not busy with it', () => {
    const dags = [dagSpec('d', [job('a', 60)])];
    const faults: Fault[] = [
      { at_s: 10, what: 'kill', part: 'scheduler-1', args: { children: 'die', for_s: 5 } },
    ];
    const rig = new Rig(
      scenarioOf(dags, {
        airflow: '2.11.2',
        executor: 'sequential',
        actions: [trigger('d')],
        faults,
        until_s: 30,
      }),
    );
    expect(rig.states('a').at(-1)).toBe('running');
    expect(heldBy(rig, 'a').map(({ code }) => code)).toEqual(['orphan_wait']);
  });

  test('local 2.11.2 without a DAG processor -> nobody writes it', () => {
    const dags = [dagSpec('d', [job('a', 6)])];
    const faults: Fault[] = [{ at_s: 1, what: 'kill', part: 'dag-processor' }];
    const rig = new Rig(
      scenarioOf(dags, {
        airflow: '2.11.2',
        executor: 'local',
        behaviour: KILLED,
        actions: [trigger('d')],
        faults,
        until_s: 400,
      }),
    );
    expect(rig.states('a').at(-1)).toBe('running');
    expect(heldBy(rig, 'a').map(({ code }) => code)).toEqual(['processor_down']);
  });
});

describe('celery: a message in a queue that no worker reads', () => {
  test.each(['3.3.2', '2.11.2'] as const)(
    '%s: its run times out -> the slot is lost, and others are told so',
    (airflow) => {
      const dags = [
        dagSpec('d', [job('a', 3, { queue: 'nobody' })], { dagrun_timeout_s: 40 }),
        dagSpec('e', [job('b', 3)]),
      ];
      const { fleet } = scenarioOf([]);
      const workers = [{ name: 'worker', count: 1, concurrency: 4, queues: ['default'] }];
      const rig = new Rig(
        scenarioOf(dags, {
          airflow,
          executor: 'celery',
          fleet: { ...fleet, workers },
          config: { 'core.parallelism': 1 },
          actions: [trigger('d'), trigger('e', 100)],
          until_s: 900,
        }),
      );
      expect(rig.states('a').at(-1)).toBe('skipped');
      expect(rig.states('b').at(-1)).toBe('scheduled');
      expect(heldBy(rig, 'b').map(({ code }) => code)).toEqual(['slots_lost']);
    },
  );
});

describe('local: a worker process dies while its scheduler stops', () => {
  const faults: Fault[] = [
    { at_s: 20, what: 'stop', part: 'scheduler-1' },
    { at_s: 30, what: 'kill', part: 'local-worker-1' },
    { at_s: 40, what: 'restore', part: 'scheduler-1' },
  ];
  const lane = (airflow: Scenario['airflow']): Rig =>
    new Rig(
      scenarioOf([dagSpec('d', [job('a', 100)])], {
        airflow,
        executor: 'local',
        faults,
        actions: [trigger('d')],
        until_s: 300,
      }),
    );

  test('3.3.2 -> it joins the living ones only and starts anew', () => {
    expect(lane('3.3.2').times('schedulerStarts')).toHaveLength(1);
  });

  test('2.11.2 -> it waits for the dead one for ever', () => {
    expect(lane('2.11.2').times('schedulerDies')).toEqual([]);
  });
});

test('kubernetes: pods of a broken image are given up -> each slot is freed once', () => {
  const rig = new Rig(
    scenarioOf([dagSpec('d', [job('a', 3, { retries: 2, retry_delay_s: 5 })])], {
      executor: 'kubernetes',
      faults: [
        { at_s: 0, what: 'break', part: 'image:worker' },
        { at_s: 8, what: 'refuse', part: 'kubernetes-api' },
      ],
      config: {
        'scheduler.task_queued_timeout': 30,
        'scheduler.task_queued_timeout_check_interval': 5,
      },
      actions: [trigger('d')],
      until_s: 300,
    }),
  );
  const { log } = rig.engine.simulation;
  const count = (kind: number): number =>
    [...Array(log.length).keys()].filter((seq) => log.record(seq).what === kind).length;
  expect(count(PLANT_RECORD.slotTaken)).toBeGreaterThan(0);
  expect(count(PLANT_RECORD.slotFreed)).toBe(count(PLANT_RECORD.slotTaken));
});

test('the database is away -> what users ask for is refused', () => {
  const rig = new Rig(
    scenarioOf([dagSpec('d', [job('a', 100)])], {
      faults: [{ at_s: 20, what: 'kill', part: 'database', args: { for_s: 20 } }],
      actions: [
        trigger('d'),
        {
          at_s: 30,
          action: 'mark_task',
          dag_id: 'd',
          run_id: 'r_d',
          task_id: 'a',
          state: 'failed',
        },
      ],
      until_s: 60,
    }),
  );
  const refused = rig.records('actionRefused').map(({ reason }) => REFUSALS[reason]);
  expect(refused).toEqual(['database_down']);
});

test('2.11.2: a mark removes the placeholder of an empty mapping -> what follows says so', () => {
  const items = { x: { kind: 'literal', length: 0 } } as const;
  const expand = { style: 'expand', items, literal_total: 0 } as const;
  const tasks = [
    taskSpec('a', [], { is_mapped: true, expand }),
    job('c', 30),
    taskSpec('b', ['a'], { depends_on_past: true }),
  ];
  const rig = new Rig(
    scenarioOf([dagSpec('d', tasks)], {
      airflow: '2.11.2',
      actions: [
        trigger('d'),
        {
          at_s: 60,
          action: 'mark_task',
          dag_id: 'd',
          run_id: 'r_d',
          task_id: 'c',
          state: 'failed',
        },
        { at_s: 70, action: 'clear', dag_id: 'd', run_id: 'r_d', task_ids: ['b'] },
      ],
      until_s: 200,
    }),
  );
  expect(rig.states('a').at(-1)).toBe('removed');
  expect(heldBy(rig, 'b').map(({ code }) => code)).toEqual(['upstream_removed']);
});

test('3.3.2: two runs of a backfill use up what a loop looks at -> the third says so', () => {
  const schedule: ScheduleSpec = {
    ...NO_SCHEDULE,
    timetable: 'CronTriggerTimetable',
    summary: '* * * * *',
    data: { expression: '* * * * *', timezone: 'UTC', interval_s: 0 },
    can_be_scheduled: true,
    periodic: true,
  };
  const dag = dagSpec('d', [job('a', 3, { pool_slots: 2, pool: 'small' })], {
    schedule,
    end_date: '2025-01-09T23:00:00Z',
  });
  const rig = new Rig(
    scenarioOf([dag], {
      pools: { small: { slots: 1, include_deferred: false } },
      config: { 'scheduler.max_dagruns_per_loop_to_schedule': 2 },
      actions: [
        {
          at_s: 5,
          action: 'backfill',
          dag_id: 'd',
          from_date: '2025-01-09T22:00:00Z',
          to_date: '2025-01-09T22:02:00Z',
          max_active_runs: 3,
        },
      ],
      until_s: 120,
    }),
  );
  const third = rig.engine.gates(rig.rowsOf('a')[2]!);
  expect(third.find(({ result }) => result === 'holds')?.reason).toMatchObject({
    code: 'run_order_wait',
    actual: 2,
    limit: 2,
  });
});

describe('two schedulers', () => {
  const two = { ...scenarioOf([]).fleet, schedulers: 2 };

  test('celery 2.11.2: the result of a message that came again is read by who adopted it', () => {
    const rig = new Rig(
      scenarioOf([dagSpec('d', [job('a', 40)])], {
        airflow: '2.11.2',
        executor: 'celery',
        fleet: { ...two, broker: 'rabbitmq' },
        config: { 'scheduler.orphaned_tasks_check_interval': 40 },
        faults: [
          { at_s: 8, what: 'stall', part: 'scheduler-1' },
          { at_s: 15, what: 'kill', part: 'worker-1', args: { process: 'main', for_s: 20 } },
          { at_s: 15, what: 'kill', part: 'worker-2', args: { process: 'main', for_s: 20 } },
          { at_s: 200, what: 'restore', part: 'scheduler-1' },
        ],
        until_s: 400,
      }),
    );
    expect(rig.runState()).toBe('success');
    for (const executor of rig.engine.ctx.executors) expect(executor.slotsOccupied()).toBe(0);
  });

  test('local 3.3.2: a worker process of the second is killed -> replaced there, no place lost', () => {
    const rig = new Rig(
      scenarioOf([dagSpec('d', [job('a', 40), job('b', 40), job('c', 3)])], {
        fleet: two,
        config: { 'core.parallelism': 1 },
        faults: [
          { at_s: 10, what: 'kill', part: 'task:d/*/a', args: { process: 'worker' } },
          { at_s: 10, what: 'kill', part: 'task:d/*/b', args: { process: 'worker' } },
        ],
        until_s: 900,
      }),
    );
    expect(rig.states('c').at(-1)).toBe('success');
    expect(rig.runState()).toBe('failed');
  });
});
