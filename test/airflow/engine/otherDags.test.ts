import { describe, expect, it } from 'vitest';
import { createEngine, type Engine } from '../../../src/airflow/engine.ts';
import type { Scenario, UserAction } from '../../../src/airflow/scenario.ts';
import type { BehaviourSpec, DagSpec, TargetSpec, TaskSpec } from '../../../src/airflow/spec.ts';
import { seconds } from '../../../src/base/time.ts';
import { taskInstance } from '../../../src/machines/index.ts';
import { eachTiOfRun, findRun } from '../../../src/airflow/world/lookup.ts';
import { dagSpec, scenarioOf, taskSpec } from './specs.ts';

const DATE = '2025-01-05T00:00:00Z';
const VERSIONS = ['3.3.2', '2.11.2'] as const;

function run(dags: DagSpec[], untilS: number, more: Partial<Scenario> = {}): Engine {
  const made = createEngine(scenarioOf(dags, more));
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  made.value.simulation.run({ until: seconds(untilS), events: Infinity });
  return made.value;
}

function statesOf(engine: Engine, dagId: string, runId: string): string[] {
  const { ctx } = engine;
  const row = findRun(ctx, ctx.plan.dagIndex.get(dagId)!, runId);
  const states: string[] = [];
  const { taskInstances: tis } = ctx.world;
  if (row >= 0) eachTiOfRun(ctx, row, (ti) => states.push(taskInstance.states[tis.state[ti]!]!));
  return states;
}

const start = (dag_id: string, more: Record<string, unknown> = {}): UserAction => ({
  at_s: 0,
  action: 'trigger',
  dag_id,
  run_id: 'r',
  ...more,
});

function triggering(target: Partial<TargetSpec>, more: Partial<TaskSpec> = {}): TaskSpec {
  const behaviour: BehaviourSpec = {
    kind: 'trigger_dag_run',
    duration_s: 0,
    duration_source: null,
    target: { dag_id: 'other', run_id: 'made', ...target },
  };
  return taskSpec('t', [], { behaviour, ...more });
}

const other = (more: Partial<TaskSpec> = {}): DagSpec =>
  dagSpec('other', [taskSpec('o', [], more)]);
const FAILS: Partial<TaskSpec> = {
  behaviour: { kind: 'python', duration_s: 1, duration_source: null, outcome: 'failed' },
};

describe.each(VERSIONS)('TriggerDagRunOperator, %s', (airflow) => {
  const go = (task: TaskSpec, dag: DagSpec, actions: UserAction[], untilS = 60): Engine =>
    run([dagSpec('d', [task]), dag], untilS, { airflow, actions });

  it('waits for completion: the end of the run decides', () => {
    const target = { wait_for_completion: true, poke_interval_s: 5 };
    const good = go(triggering(target), other(), [start('d')]);
    expect(statesOf(good, 'd', 'r')).toEqual(['success']);
    const bad = go(triggering(target), other(FAILS), [start('d')]);
    expect(statesOf(bad, 'other', 'made')).toEqual(['failed']);
    expect(statesOf(bad, 'd', 'r')).toEqual(['failed']);
  });

  it('failed is an allowed state -> success', () => {
    const target = {
      wait_for_completion: true,
      poke_interval_s: 5,
      allowed_states: ['failed'],
      failed_states: [],
    };
    expect(statesOf(go(triggering(target), other(FAILS), [start('d')]), 'd', 'r')).toEqual([
      'success',
    ]);
  });

  it('deferrable: no slot while it waits, the trigger sees the end', () => {
    const target = { wait_for_completion: true, poke_interval_s: 2 };
    const task = triggering(target, { deferrable: true });
    expect(statesOf(go(task, other(), [start('d')], 4), 'd', 'r')).toEqual(['deferred']);
    expect(statesOf(go(task, other(), [start('d')]), 'd', 'r')).toEqual(['success']);
    const failing = go(task, other(FAILS), [start('d')]);
    expect(statesOf(failing, 'd', 'r')).toEqual(['failed']);
  });

  it('the run exists: skips, is cleared, or fails', () => {
    const actions = [start('other', { run_id: 'made' }), start('d', { at_s: 30 })];
    const skip = go(triggering({ skip_when_already_exists: true }), other(), actions);
    expect(statesOf(skip, 'd', 'r')).toEqual(['skipped']);
    const reset = go(triggering({ reset_dag_run: true }), other(), actions);
    expect(statesOf(reset, 'd', 'r')).toEqual(['success']);
    expect(reset.ctx.world.taskInstances.try_number[0]).toBe(2);
    const conflict = go(triggering({}, { retries: 1, retry_delay_s: 300 }), other(), actions);
    const expected = airflow === '3.3.2' ? 'failed' : 'up_for_retry';
    expect(statesOf(conflict, 'd', 'r')).toEqual([expected]);
  });

  it('a paused DAG with fail_when_dag_is_paused -> fails', () => {
    const actions: UserAction[] = [{ at_s: 0, action: 'pause', dag_id: 'other' }, start('d')];
    const failing = go(triggering({ fail_when_dag_is_paused: true }), other(), actions);
    expect(statesOf(failing, 'd', 'r')).toEqual(['failed']);
    expect(statesOf(go(triggering({}), other(), actions), 'd', 'r')).toEqual(['success']);
  });

  it('a template of the own logical date -> the other run has it, and the conf', () => {
    const task = triggering({ logical_date: '{{ logical_date }}', conf: { n: 1 } });
    const { ctx } = go(task, other(), [start('d', { logical_date: DATE })]);
    const { dagRuns } = ctx.world;
    expect(dagRuns.logical_date[1]).toBe(dagRuns.logical_date[0]);
    expect(ctx.world.json.get(dagRuns.conf[1]!)).toEqual({ n: 1 });
  });
});

const SENSOR = {
  mode: 'poke',
  poke_interval_s: 5,
  timeout_s: 60,
  soft_fail: false,
  exponential_backoff: false,
  max_wait_s: null,
  silent_fail: false,
  never_fail: false,
} as const;

function sensing(target: Partial<TargetSpec>, more: Partial<TaskSpec> = {}): TaskSpec {
  const behaviour: BehaviourSpec = {
    kind: 'external_task_sensor',
    duration_s: null,
    duration_source: null,
    target: { dag_id: 'other', ...target },
  };
  return taskSpec('s', [], { behaviour, sensor: SENSOR, ...more });
}

describe.each(VERSIONS)('ExternalTaskSensor, %s', (airflow) => {
  const go = (task: TaskSpec, dag: DagSpec, date = DATE, untilS = 120): string => {
    const actions = [
      start('d', { logical_date: DATE }),
      start('other', { logical_date: date, at_s: 10 }),
    ];
    return statesOf(run([dagSpec('d', [task]), dag], untilS, { airflow, actions }), 'd', 'r')[0]!;
  };

  it('the same logical date, or one execution_delta earlier -> met; another -> time-out', () => {
    const earlier = '2025-01-04T00:00:00Z';
    expect(go(sensing({}), other())).toBe('success');
    expect(go(sensing({ execution_delta_s: 86_400 }), other(), earlier)).toBe('success');
    expect(go(sensing({}), other(), earlier)).toBe('failed');
  });

  it('failed_states and skipped_states end it; soft_fail skips', () => {
    const failing = other(FAILS);
    expect(go(sensing({ task_ids: ['o'] }), failing, DATE, 50)).toBe('running');
    expect(go(sensing({ task_ids: ['o'], failed_states: ['failed'] }), failing)).toBe('failed');
    expect(go(sensing({ skipped_states: ['failed'] }), failing)).toBe('skipped');
    const soft = { sensor: { ...SENSOR, soft_fail: true } };
    expect(go(sensing({ failed_states: ['failed'] }, soft), failing)).toBe('skipped');
  });

  it('deferrable -> deferred until its trigger sees the end', () => {
    const task = sensing({ task_ids: ['o'], failed_states: ['failed'] }, { deferrable: true });
    expect(go(task, other(), DATE, 8)).toBe('deferred');
    expect(go(task, other())).toBe('success');
    expect(go(task, other(FAILS))).toBe('failed');
  });

  it('check_existence of a task that is not there: 2.x fails at once', () => {
    const task = sensing({ task_ids: ['x'], check_existence: true });
    expect(go(task, other(), DATE, 30)).toBe(airflow === '3.3.2' ? 'running' : 'failed');
  });
});

describe('start_from_trigger and end_from_trigger', () => {
  const waiting = (behaviour: Partial<BehaviourSpec>, more: Partial<TaskSpec> = {}): TaskSpec =>
    taskSpec('w', [], {
      behaviour: { kind: 'unknown', duration_s: 20, duration_source: null, ...behaviour },
      ...more,
    });

  it('the scheduler defers it: try 1, no worker before the event', () => {
    const task = waiting({ start_trigger: { timeout_s: null } });
    const early = run([dagSpec('d', [task])], 5, { actions: [start('d')] });
    expect(statesOf(early, 'd', 'r')).toEqual(['deferred']);
    expect(early.ctx.world.taskInstances.try_number[0]).toBe(1);
    expect(early.ctx.world.taskInstances.queued_dttm[0]).toBe(Infinity);
    const late = run([dagSpec('d', [task])], 60, { actions: [start('d')] });
    expect(statesOf(late, 'd', 'r')).toEqual(['success']);
    expect(late.ctx.world.taskInstances.try_number[0]).toBe(1);
  });

  it('its trigger time-out is the smaller one of its own and execution_timeout', () => {
    const task = waiting({ start_trigger: { timeout_s: 30 } }, { execution_timeout_s: 3 });
    const engine = run([dagSpec('d', [task])], 40, { actions: [start('d')] });
    expect(statesOf(engine, 'd', 'r')).toEqual(['failed']);
  });

  it.each([
    ['3.3.2', 'up_for_retry'],
    ['2.11.2', 'failed'],
  ] as const)('%s: a trigger that ends the task as failed -> %s', (airflow, state) => {
    const ends = { start_trigger: { timeout_s: null }, end_from_trigger: true } as const;
    const good = run([dagSpec('d', [waiting(ends)])], 60, { airflow, actions: [start('d')] });
    expect(statesOf(good, 'd', 'r')).toEqual(['success']);
    expect(good.ctx.world.taskInstances.queued_dttm[0]).toBe(Infinity);
    const failing = waiting({ ...ends, outcome: 'failed' }, { retries: 1 });
    const bad = run([dagSpec('d', [failing])], 60, { airflow, actions: [start('d')] });
    expect(statesOf(bad, 'd', 'r')).toEqual([state]);
  });
});

describe('short circuit', () => {
  const condition: BehaviourSpec = {
    kind: 'short_circuit',
    duration_s: 0,
    duration_source: null,
    condition: false,
  };
  const graph = (more: Partial<BehaviourSpec>): DagSpec =>
    dagSpec('d', [
      taskSpec('c', [], { behaviour: { ...condition, ...more }, can_skip_downstream: true }),
      taskSpec('a', ['c']),
      taskSpec('join', ['a'], { trigger_rule: 'all_done' }),
    ]);

  it('all that follows is skipped; with the rules left alone only what they skip', () => {
    const whole = run([graph({})], 60, { actions: [start('d')] });
    expect(statesOf(whole, 'd', 'r')).toEqual(['success', 'skipped', 'skipped']);
    const direct = graph({ ignore_downstream_trigger_rules: false });
    const ruled = run([direct], 60, { actions: [start('d')] });
    expect(statesOf(ruled, 'd', 'r')).toEqual(['success', 'skipped', 'success']);
  });
});

describe('sensors', () => {
  it('silent_fail: a poke that raises finds nothing, the time-out comes', () => {
    const raising = (silent_fail: boolean): TaskSpec =>
      taskSpec('s', [], {
        sensor: { ...SENSOR, timeout_s: 20, silent_fail },
        retries: 3,
        behaviour: { kind: 'sensor', duration_s: 0, duration_source: null, outcome: 'failed' },
      });
    const loud = run([dagSpec('d', [raising(false)])], 60, { actions: [start('d')] });
    expect(statesOf(loud, 'd', 'r')).toEqual(['up_for_retry']);
    const silent = run([dagSpec('d', [raising(true)])], 60, { actions: [start('d')] });
    expect(statesOf(silent, 'd', 'r')).toEqual(['failed']);
  });

  it.each([
    ['3.3.2', 'failed', 'skipped'],
    ['2.11.2', 'up_for_retry', 'up_for_retry'],
  ] as const)(
    '%s: deferred past its time-out -> %s, with never_fail %s',
    (airflow, ends, never) => {
      const deferred = (never_fail: boolean): TaskSpec =>
        taskSpec('s', [], {
          sensor: { ...SENSOR, timeout_s: 5, never_fail },
          deferrable: true,
          retries: 3,
          behaviour: { kind: 'sensor', duration_s: 900, duration_source: null },
        });
      const actions = [start('d')];
      const plain = run([dagSpec('d', [deferred(false)])], 60, { airflow, actions });
      expect(statesOf(plain, 'd', 'r')).toEqual([ends]);
      const kind = run([dagSpec('d', [deferred(true)])], 60, { airflow, actions });
      expect(statesOf(kind, 'd', 'r')).toEqual([never]);
    },
  );
});
