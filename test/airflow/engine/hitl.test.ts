import { describe, expect, it } from 'vitest';
import { carryOut } from '../../../src/airflow/actions/userActions.ts';
import { createEngine, type Engine } from '../../../src/airflow/engine.ts';
import type { BehaviourRule, UserAction } from '../../../src/airflow/scenario.ts';
import type { BehaviourSpec, HitlSpec, TaskSpec } from '../../../src/airflow/spec.ts';
import { seconds } from '../../../src/base/time.ts';
import { taskInstance } from '../../../src/machines/index.ts';
import { dagSpec, scenarioOf, taskSpec } from './specs.ts';

const ASK: HitlSpec = {
  options: ['yes', 'no'],
  defaults: null,
  multiple: false,
  response_timeout_s: null,
};

function asking(hitl: Partial<HitlSpec>, more: Partial<BehaviourSpec> = {}): TaskSpec {
  const behaviour: BehaviourSpec = {
    kind: 'hitl',
    duration_s: null,
    duration_source: null,
    ignore_downstream_trigger_rules: false,
    hitl: { ...ASK, ...hitl },
    ...more,
  };
  return taskSpec('q', [], { behaviour, can_skip_downstream: true, retry_delay_s: 3600 });
}

interface Given {
  readonly rule?: BehaviourRule;
  readonly actions?: UserAction[];
  readonly airflow?: '3.3.2' | '2.11.2';
}

function engineOf(tasks: TaskSpec[], { rule, actions = [], airflow = '3.3.2' }: Given = {}) {
  const start: UserAction = { at_s: 0, action: 'trigger', dag_id: 'd', run_id: 'r' };
  const scenario = scenarioOf([dagSpec('d', tasks)], {
    airflow,
    actions: [start, ...actions],
    behaviour: { by_kind: {}, rules: rule ? [rule] : [] },
  });
  return createEngine(scenario);
}

function run(tasks: TaskSpec[], untilS: number, given: Given = {}): Engine {
  const made = engineOf(tasks, given);
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  made.value.simulation.run({ until: seconds(untilS), events: Infinity });
  return made.value;
}

function statesOf({ ctx }: Engine): string {
  const { taskInstances: tis } = ctx.world;
  return Array.from({ length: tis.rows }, (_, ti) => taskInstance.states[tis.state[ti]!]).join(' ');
}

const answer = (at_s: number, ...chosen_options: string[]): UserAction => ({
  at_s,
  action: 'answer',
  dag_id: 'd',
  run_id: 'r',
  task_id: 'q',
  chosen_options,
});

describe('human in the loop', () => {
  it('parks without a slot until the answer, then goes on in the same try', () => {
    const early = run([asking({})], 50, { actions: [answer(100, 'yes')] });
    expect(statesOf(early)).toBe('awaiting_input');
    expect(early.plant.busyLines).toBe(0);
    expect(early.ctx.world.dagRuns.parked[0]).toBe(1);
    const late = run([asking({})], 130, { actions: [answer(100, 'yes')] });
    expect(statesOf(late)).toBe('success');
    expect(late.ctx.world.taskInstances.try_number[0]).toBe(1);
  });

  it('somebody answers by himself, as a rule of the behaviour says', () => {
    const rule = { task_id: 'q', answer: ['yes'], answer_after_s: 20 };
    expect(statesOf(run([asking({})], 15, { rule }))).toBe('awaiting_input');
    expect(statesOf(run([asking({})], 60, { rule }))).toBe('success');
  });

  it('the time is up: defaults count, without any it fails', () => {
    const limit = { response_timeout_s: 20 };
    expect(statesOf(run([asking({ ...limit, defaults: ['no'] })], 60))).toBe('success');
    expect(statesOf(run([asking(limit)], 60))).toBe('failed');
  });

  it('the API refuses: nothing asked, not an option, two of one, a second answer', () => {
    const { ctx } = run([asking({}), taskSpec('z', ['q'])], 30);
    const say = (...options: string[]): string => carryOut(ctx, answer(0, ...options), -1);
    expect(carryOut(ctx, { ...answer(0, 'yes'), task_id: 'z' } as UserAction, -1)).toBe(
      'answer_not_asked',
    );
    expect(say('perhaps')).toBe('answer_option_unknown');
    expect(say('yes', 'no')).toBe('answer_option_unknown');
    expect(say('yes')).toBe('');
    expect(say('no')).toBe('answer_given');
  });

  it('cleared while it waits -> asks anew', () => {
    const clear: UserAction = {
      at_s: 20,
      action: 'clear',
      dag_id: 'd',
      run_id: 'r',
      task_ids: ['q'],
    };
    const engine = run([asking({})], 60, { actions: [answer(19, 'yes'), clear] });
    expect(statesOf(engine)).toBe('awaiting_input');
    expect(engine.ctx.world.taskInstances.try_number[0]).toBe(2);
  });
});

const join = taskSpec('join', ['a'], { trigger_rule: 'all_done' });

describe('approval', () => {
  const approval = (fail_on_reject: boolean, all = false): TaskSpec =>
    asking(
      { options: ['Approve', 'Reject'], approval: { fail_on_reject } },
      { ignore_downstream_trigger_rules: all },
    );
  const tasks = (first: TaskSpec): TaskSpec[] => [first, taskSpec('a', ['q']), join];

  it.each([
    [approval(false), 'Approve', 'success success success'],
    [approval(false), 'Reject', 'success skipped success'],
    [approval(false, true), 'Reject', 'success skipped skipped'],
    [approval(true), 'Reject', 'failed upstream_failed success'],
  ])('%#: %s', (first, option, states) => {
    expect(statesOf(run(tasks(first), 120, { actions: [answer(10, option)] }))).toBe(states);
  });
});

describe('branch by answer', () => {
  it('options are task ids, or mapped to them', () => {
    const first = asking({ options: ['left', 'right'], options_mapping: { left: 'a' } });
    const tasks = [first, taskSpec('a', ['q']), taskSpec('b', ['q'])];
    expect(statesOf(run(tasks, 120, { actions: [answer(10, 'left')] }))).toBe(
      'success success skipped',
    );
  });
});

it('2.11.2 has no such operator -> refused in a sentence', () => {
  const made = engineOf([asking({})], { airflow: '2.11.2' });
  expect(made.ok ? [] : made.error.map((each) => each.code)).toEqual(['operator_not_in_version']);
});
