import { describe, expect, it } from 'vitest';
import { createEngine, type Engine } from '../../../src/airflow/engine.ts';
import { CALLBACK } from '../../../src/airflow/callbacks.ts';
import { PLANT_RECORD } from '../../../src/airflow/executors/records.ts';
import { CORE_RECORD } from '../../../src/airflow/records.ts';
import type { Scenario, UserAction } from '../../../src/airflow/scenario.ts';
import type { DagSpec, DeadlineSpec, ScheduleSpec } from '../../../src/airflow/spec.ts';
import { seconds } from '../../../src/base/time.ts';
import { dagSpec, scenarioOf, taskSpec } from './specs.ts';

const trigger = (at_s: number, run_id: string): UserAction => ({
  at_s,
  action: 'trigger',
  dag_id: 'd',
  run_id,
});

function run(dag: DagSpec, untilS: number, more: Partial<Scenario> = {}): Engine {
  const actions = [trigger(0, 'r')];
  const made = createEngine(scenarioOf([dag], { actions, ...more }));
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  made.value.simulation.run({ until: seconds(untilS), events: Infinity });
  return made.value;
}

/** `second:reason` of all records of one kind. */
function records(engine: Engine, what: number): string[] {
  const { log } = engine.simulation;
  const found: string[] = [];
  for (let i = 0; i < log.length; i++) {
    const record = log.record(i);
    if (record.what === what) found.push(`${Math.floor(record.t / 1e6)}:${record.reason}`);
  }
  return found;
}

const slow = (duration_s: number, more = {}): DagSpec =>
  dagSpec(
    'd',
    [taskSpec('t', [], { behaviour: { kind: 'bash', duration_s, duration_source: 'bash_sleep' } })],
    more,
  );
const deadline = (more: Partial<DeadlineSpec> = {}): DeadlineSpec[] => [
  { reference: 'DAGRUN_QUEUED_AT', interval_s: 10, ...more },
];

describe('deadline alerts', () => {
  it('missed once when the run is not done in time; kept when it is', () => {
    const late = run(slow(30, { deadline_alerts: deadline() }), 60);
    expect(records(late, CORE_RECORD.deadlineMissed)).toEqual(['10:1']);
    const early = run(slow(2, { deadline_alerts: deadline() }), 60);
    expect(records(early, CORE_RECORD.deadlineMissed)).toEqual([]);
  });

  it('a run that failed early still misses it', () => {
    const failing = dagSpec(
      'd',
      [
        taskSpec('t', [], {
          behaviour: { kind: 'bash', duration_s: 1, duration_source: null, outcome: 'failed' },
        }),
      ],
      { deadline_alerts: deadline() },
    );
    expect(records(run(failing, 60), CORE_RECORD.deadlineMissed)).toEqual(['10:1']);
  });

  it('no logical date -> no deadline from it; a fixed moment counts', () => {
    const alerts = [
      ...deadline({ reference: 'DAGRUN_LOGICAL_DATE' }),
      ...deadline({ reference: 'FIXED_DATETIME', datetime: '2025-01-10T00:00:05Z' }),
    ];
    const engine = run(slow(30, { deadline_alerts: alerts }), 60);
    expect(records(engine, CORE_RECORD.deadlineMissed)).toEqual(['15:2']);
  });

  it('the average of successful runs; too few of them -> none', () => {
    const alerts = deadline({ reference: 'AVERAGE_RUNTIME', interval_s: 5, max_runs: 2 });
    const dates = ['2025-01-01T00:00:00Z', '2025-01-02T00:00:00Z'];
    const before = dates.map((logical_date, i) => ({ ...trigger(i * 40, `b${i}`), logical_date }));
    const actions = [...before, trigger(100, 'r')] as UserAction[];
    const engine = run(slow(20, { deadline_alerts: alerts }), 200, { actions });
    expect(engine.ctx.world.deadlines.rows).toBe(1);
    expect(records(engine, CORE_RECORD.deadlineMissed)).toEqual([]);
  });

  it('cleared before it is missed -> counted from the new start; 2.11.2 has none', () => {
    const clear: UserAction = {
      at_s: 5,
      action: 'clear',
      dag_id: 'd',
      run_id: 'r',
      task_ids: ['t'],
    };
    const dag = slow(30, { deadline_alerts: deadline() });
    const engine = run(dag, 60, { actions: [trigger(0, 'r'), clear] });
    expect(records(engine, CORE_RECORD.deadlineMissed)).toEqual(['15:1']);
    expect(run(dag, 60, { airflow: '2.11.2' }).ctx.world.deadlines.rows).toBe(0);
  });
});

const CALLS = {
  on_execute_callback: ['begin'],
  on_success_callback: ['good'],
  on_failure_callback: ['bad'],
  on_retry_callback: ['again'],
};
const of = (name: keyof typeof CALLBACK): number => CALLBACK[name];
const reasons = (list: readonly string[]): number[] =>
  list.map((each) => Number(each.split(':')[1]));

describe('callbacks', () => {
  const calling = (outcomes: ('failed' | 'success')[], retries: number): DagSpec =>
    dagSpec(
      'd',
      [
        taskSpec('t', [], {
          callbacks: CALLS,
          retries,
          retry_delay_s: 1,
          behaviour: { kind: 'bash', duration_s: 1, duration_source: null, outcomes },
        }),
      ],
      { has_on_failure_callback: true, has_on_success_callback: true },
    );

  it('a retry, then a success: the process runs them, the DAG processor that of the DAG', () => {
    const engine = run(calling(['failed', 'success'], 1), 60);
    expect(reasons(records(engine, PLANT_RECORD.callback))).toEqual([
      of('on_execute_callback'),
      of('on_retry_callback'),
      of('on_execute_callback'),
      of('on_success_callback'),
    ]);
    expect(reasons(records(engine, CORE_RECORD.dagCallback))).toEqual([of('on_success_callback')]);
  });

  it('3.x: the final failure is stored after its callback, at most 20 s', () => {
    const rule = { task_id: 't', callback_s: 600 };
    const behaviour = { by_kind: {}, rules: [rule] };
    const engine = run(calling(['failed'], 0), 60, { behaviour });
    const { taskInstances: tis } = engine.ctx.world;
    const after = (tis.end_date[0]! - tis.start_date[0]!) / 1e6;
    expect(after).toBeGreaterThan(20);
    expect(after).toBeLessThan(30);
    expect(reasons(records(engine, CORE_RECORD.dagCallback))).toEqual([of('on_failure_callback')]);
  });

  it('the process was killed: the DAG processor is asked; a mark by a person calls nothing', () => {
    const dag = calling(['success'], 1);
    const behaviour = { by_kind: {}, rules: [{ task_id: 't', outcomes: ['killed' as const] }] };
    const killed = run(dag, 30, { behaviour });
    expect(reasons(records(killed, CORE_RECORD.callbackRequested))[0]).toBe(
      of('on_retry_callback'),
    );
    const mark: UserAction = {
      at_s: 1,
      action: 'mark_run',
      dag_id: 'd',
      run_id: 'r',
      state: 'failed',
    };
    const marked = run(dag, 30, { actions: [trigger(0, 'r'), mark] });
    expect(records(marked, CORE_RECORD.dagCallback)).toEqual([]);
  });
});

const MINUTELY: ScheduleSpec = {
  timetable: 'CronDataIntervalTimetable',
  summary: '* * * * *',
  data: { expression: '* * * * *', timezone: 'UTC' },
  asset_condition: null,
  can_be_scheduled: true,
  periodic: true,
};

describe('sla', () => {
  it('2.11.2: the interval after next of the last one that is through; 3.3.2: ignored', () => {
    const behaviour = {
      by_kind: {},
      rules: [{ task_id: 't', run_id: 'first', duration: 1 }],
    };
    const tasks = [
      taskSpec('t', [], {
        sla_s: 30,
        behaviour: { kind: 'bash', duration_s: 3000, duration_source: null },
      }),
    ];
    const dag = dagSpec('d', tasks, { schedule: MINUTELY });
    const first = { ...trigger(0, 'first'), logical_date: '2025-01-09T23:58:00Z' } as UserAction;
    const more = { actions: [first], behaviour };
    const engine = run(dag, 200, { ...more, airflow: '2.11.2' });
    const { slaMisses, dagRuns } = engine.ctx.world;
    const dates = Array.from(slaMisses.logical_date.slice(0, slaMisses.rows));
    expect(dates.length).toBeGreaterThan(0);
    // Its interval is 23:57 to 23:58; the next one, from 23:58, is passed over.
    expect(dates[0]).toBe(dagRuns.logical_date[0]! + 60_000_000);
    expect(new Set(dates).size).toBe(dates.length);
    expect(run(dag, 200, more).ctx.world.slaMisses.rows).toBe(0);
  });
});
