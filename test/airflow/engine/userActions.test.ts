import { describe, expect, it } from 'vitest';
import { createEngine, type Engine } from '../../../src/airflow/engine.ts';
import type { Scenario, UserAction } from '../../../src/airflow/scenario.ts';
import { validateScenario } from '../../../src/airflow/parseScenario.ts';
import { carryOut } from '../../../src/airflow/actions/userActions.ts';
import type { DagSpec, ScheduleSpec } from '../../../src/airflow/spec.ts';
import { seconds } from '../../../src/base/time.ts';
import { DAG_RUN, dagRun, TI, taskInstance } from '../../../src/machines/index.ts';
import { eachTiOfRun, findRun } from '../../../src/airflow/world/lookup.ts';
import { dagSpec, scenarioOf, taskSpec } from './specs.ts';

const DAILY: ScheduleSpec = {
  timetable: 'CronTriggerTimetable',
  summary: '0 0 * * *',
  data: { expression: '0 0 * * *', timezone: 'UTC' },
  asset_condition: null,
  can_be_scheduled: true,
  periodic: true,
};

const RUN = { dag_id: 'd', run_id: 'r' };
const TASKS = [taskSpec('a'), taskSpec('b', ['a'])];

function engineOf(dag: DagSpec, actions: UserAction[], more: Partial<Scenario> = {}): Engine {
  const made = createEngine(scenarioOf([dag], { actions, ...more }));
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  return made.value;
}

function runUntil(engine: Engine, s: number): void {
  engine.simulation.run({ until: seconds(s), events: Infinity });
}

function statesOf(engine: Engine, runId: string): string {
  const run = findRun(engine.ctx, 0, runId);
  const { taskInstances: tis, dagRuns } = engine.ctx.world;
  const states: string[] = [];
  eachTiOfRun(engine.ctx, run, (ti) => states.push(taskInstance.states[tis.state[ti]!]!));
  return [dagRun.states[dagRuns.state[run]!], ...states].join(' ');
}

const trigger = (more: Record<string, unknown> = {}): UserAction => ({
  at_s: 0,
  action: 'trigger',
  ...RUN,
  ...more,
});

describe('trigger', () => {
  it('at the API: the interval comes from the logical date, the run waits for run_after', () => {
    const engine = engineOf(dagSpec('d', TASKS, { schedule: DAILY }), [
      trigger({ logical_date: '2025-01-05T06:00:00Z', run_after: '2025-01-10T00:01:00Z' }),
    ]);
    runUntil(engine, 30);
    const { dagRuns } = engine.ctx.world;
    const run = findRun(engine.ctx, 0, 'r');
    expect(dagRuns.data_interval_end[run]).toBe(dagRuns.logical_date[run]);
    expect(dagRuns.state[run]).toBe(DAG_RUN.queued);
    runUntil(engine, 90);
    expect(dagRuns.state[run]).not.toBe(DAG_RUN.queued);
  });

  it('a data interval that was given -> the run has it', () => {
    const engine = engineOf(dagSpec('d', TASKS), [
      trigger({
        logical_date: '2025-01-05T00:00:00Z',
        data_interval_start: '2025-01-04T00:00:00Z',
        data_interval_end: '2025-01-05T00:00:00Z',
      }),
    ]);
    runUntil(engine, 1);
    const { dagRuns } = engine.ctx.world;
    expect(dagRuns.data_interval_start[0]).toBe(dagRuns.logical_date[0]! - 86_400_000_000);
  });

  it('an id or a date that exists -> refused, and nothing changes', () => {
    const { ctx } = engineOf(dagSpec('d', TASKS), []);
    const date = '2025-01-05T00:00:00Z';
    expect(carryOut(ctx, trigger({ logical_date: date }), -1)).toBe('');
    expect(carryOut(ctx, trigger(), -1)).toBe('run_exists');
    expect(carryOut(ctx, trigger({ run_id: 's', logical_date: date }), -1)).toBe('date_exists');
    expect(ctx.world.dagRuns.rows).toBe(1);
  });
});

describe('delete a run', () => {
  const remove: UserAction = { at_s: 0, action: 'delete_run', ...RUN };

  it('running -> refused; finished -> gone, and its id and date are free', () => {
    const date = '2025-01-05T00:00:00Z';
    const engine = engineOf(dagSpec('d', TASKS), [trigger({ logical_date: date })]);
    runUntil(engine, 3);
    expect(carryOut(engine.ctx, remove, -1)).toBe('run_active');
    runUntil(engine, 60);
    expect(statesOf(engine, 'r')).toBe('success success success');
    expect(carryOut(engine.ctx, remove, -1)).toBe('');
    expect(findRun(engine.ctx, 0, 'r')).toBe(-1);
    expect(carryOut(engine.ctx, trigger({ logical_date: date }), -1)).toBe('');
    runUntil(engine, 120);
    expect(statesOf(engine, 'r')).toBe('success success success');
  });

  it('queued behind max_active_runs -> never starts', () => {
    const dag = dagSpec('d', TASKS, { max_active_runs: 1 });
    const engine = engineOf(dag, [trigger({ run_id: 'first' }), trigger()]);
    runUntil(engine, 2);
    expect(carryOut(engine.ctx, remove, -1)).toBe('');
    runUntil(engine, 120);
    expect(engine.ctx.world.dags.queued_runs[0]).toBe(0);
    expect(statesOf(engine, 'first')).toBe('success success success');
  });
});

describe('clear', () => {
  const clear = (more: Record<string, unknown>): UserAction => ({
    at_s: 0,
    action: 'clear',
    ...RUN,
    task_ids: ['a'],
    ...more,
  });

  it('past -> the task in this and earlier runs; without a logical date -> refused', () => {
    const dates = ['2025-01-05T00:00:00Z', '2025-01-06T00:00:00Z', '2025-01-07T00:00:00Z'];
    const runs = dates.map((logical_date, i) => trigger({ run_id: `r${i}`, logical_date }));
    const engine = engineOf(dagSpec('d', TASKS), [...runs, trigger()]);
    runUntil(engine, 60);
    const { ctx } = engine;
    expect(carryOut(ctx, clear({ past: true }), -1)).toBe('no_logical_date');
    expect(carryOut(ctx, clear({ run_id: 'r1', past: true }), -1)).toBe('');
    expect(statesOf(engine, 'r0')).toBe('queued none success');
    expect(statesOf(engine, 'r1')).toBe('queued none success');
    expect(statesOf(engine, 'r2')).toBe('success success success');
  });

  it('prevent_running_task with a running one -> refused; reset_dag_runs false -> state stays', () => {
    const engine = engineOf(dagSpec('d', TASKS), [trigger()]);
    runUntil(engine, 3);
    expect(statesOf(engine, 'r')).toBe('running running none');
    expect(carryOut(engine.ctx, clear({ prevent_running_task: true }), -1)).toBe('task_running');
    runUntil(engine, 60);
    expect(carryOut(engine.ctx, clear({ reset_dag_runs: false }), -1)).toBe('');
    expect(statesOf(engine, 'r')).toBe('success none success');
  });
});

describe('mark', () => {
  it('future in a scheduled DAG -> runs on the timetable and the run itself, no others', () => {
    const dag = dagSpec('d', TASKS, { schedule: DAILY });
    const dates = ['2025-01-05T06:00:00Z', '2025-01-06T00:00:00Z', '2025-01-06T07:00:00Z'];
    const runs = dates.map((logical_date, i) => trigger({ run_id: `r${i}`, logical_date }));
    const engine = engineOf(dag, []);
    for (const run of runs) carryOut(engine.ctx, run, -1);
    const action = { at_s: 0, action: 'mark_task', dag_id: 'd', run_id: 'r0', task_id: 'a' };
    const mark = { ...action, state: 'failed', future: true } as UserAction;
    expect(carryOut(engine.ctx, mark, -1)).toBe('');
    const states = ['r0', 'r1', 'r2'].map((id) => statesOf(engine, id));
    expect(states).toEqual(['queued failed none', 'queued failed none', 'queued none none']);
    expect(carryOut(engine.ctx, mark, -1)).toBe('state_already_set');
  });
});

describe('pools', () => {
  it('deleted in mid-run -> its task instances stay scheduled until it is back', () => {
    const dag = dagSpec('d', [taskSpec('a'), taskSpec('b', ['a'], { pool: 'p' })]);
    const pools = { p: { slots: 1, include_deferred: false } };
    const engine = engineOf(
      dag,
      [
        trigger(),
        { at_s: 1, action: 'delete_pool', pool: 'p' },
        { at_s: 60, action: 'pool', pool: 'p', slots: 2 },
      ],
      { pools },
    );
    runUntil(engine, 59);
    expect(statesOf(engine, 'r')).toBe('running success scheduled');
    runUntil(engine, 90);
    expect(statesOf(engine, 'r')).toBe('success success success');
    expect(engine.ctx.world.taskInstances.state[1]).toBe(TI.success);
  });
});

describe('backfill', () => {
  it('cancel -> queued runs fail without an end date, running ones go on', () => {
    const dag = dagSpec('d', TASKS, { schedule: DAILY, catchup: false });
    const engine = engineOf(dag, [
      {
        at_s: 1,
        action: 'backfill',
        dag_id: 'd',
        from_date: '2025-01-02T00:00:00Z',
        to_date: '2025-01-05T00:00:00Z',
        max_active_runs: 1,
      },
      { at_s: 3, action: 'cancel_backfill', dag_id: 'd' },
    ]);
    runUntil(engine, 120);
    const { dagRuns, backfills } = engine.ctx.world;
    const rows = Array.from({ length: dagRuns.rows }, (_, run) => ({
      state: dagRuns.state[run]!,
      run,
    }));
    const filled = rows.filter(({ run }) => dagRuns.backfill[run] === 0);
    const states = filled.map(({ state }) => dagRun.states[state]);
    expect(states).toEqual(['success', 'failed', 'failed', 'failed']);
    expect(dagRuns.end_date[filled[1]!.run]).toBe(Infinity);
    expect(backfills.completed_at[0]).toBe(3_000_000);
  });
});

describe('a scenario with wrong actions', () => {
  it.each([
    [{ action: 'trigger', dag_id: 'x' }, 'action_dag_unknown actions[0].dag_id'],
    [{ action: 'clear', ...RUN, task_ids: ['z'] }, 'action_task_unknown actions[0]'],
    [{ action: 'trigger', ...RUN, logical_date: 'soon' }, 'date_not_iso actions[0].logical_date'],
  ])('%j -> %s', (action, expected) => {
    const actions = [{ at_s: 0, ...action }] as UserAction[];
    const read = validateScenario(scenarioOf([dagSpec('d', TASKS)], { actions }));
    const found = read.ok ? [] : read.error.map((each) => `${each.code} ${each.where?.field}`);
    expect(found).toContain(expected);
  });

  it('an answer in 2.11.2 -> refused, there is no such thing', () => {
    const action = { at_s: 0, action: 'answer', ...RUN, task_id: 'a', chosen_options: ['x'] };
    const scenario = scenarioOf([dagSpec('d', TASKS)], {
      airflow: '2.11.2',
      actions: [action as UserAction],
    });
    const read = validateScenario(scenario);
    expect(read.ok ? [] : read.error.map((each) => each.code)).toEqual(['action_not_in_version']);
  });
});
