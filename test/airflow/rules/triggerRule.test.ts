import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { profileOf } from '../../../src/airflow/profile/index.ts';
import {
  countUpstream,
  EARLY_STATES,
  emptyCounts,
  evaluateTriggerRule,
  newVerdict,
  resetCounts,
  TRIGGER_REASONS,
  TRIGGER_RULES,
  triggerRuleCode,
  type TriggerRuleQuery,
} from '../../../src/airflow/rules/index.ts';

const NEW = profileOf('3.3.2');
const OLD = profileOf('2.11.2');
const STATES = ['success', 'failed', 'upstream_failed', 'skipped', 'removed', 'running', null];
const RULES = TRIGGER_RULES.slice(0, 13);

function query(rule: string, states: readonly (string | null)[]): TriggerRuleQuery {
  const direct = emptyCounts();
  direct.tasks = states.length;
  for (const state of states) countUpstream(direct, state, false);
  return {
    rule: triggerRuleCode(NEW, rule),
    mapIndex: -1,
    isTeardown: false,
    flagUpstreamFailed: true,
    holdSkips: false,
    direct,
    setups: emptyCounts(),
    scopeUpstream: 0,
    scopeDone: 0,
  };
}

function decide(asked: TriggerRuleQuery, profile = NEW): string {
  const out = newVerdict();
  evaluateTriggerRule(profile, asked, out);
  return EARLY_STATES[out.earlyState] || (out.passes ? 'run' : 'wait');
}

/** The worked cases of specification 3.7, in the order of its columns. */
const COLUMNS = [
  'all_success',
  'all_done',
  'one_success',
  'one_failed',
  'one_done',
  'none_failed',
  'none_failed_min_one_success',
  'none_skipped',
  'all_failed',
  'all_skipped',
  'all_done_min_one_success',
];
const S = 'skipped';
const U = 'upstream_failed';
const WORKED: readonly [a: string, b: string, ...answers: string[]][] = [
  [
    'success',
    'running',
    'wait',
    'wait',
    'run',
    'wait',
    'run',
    'wait',
    'wait',
    'wait',
    S,
    S,
    'wait',
  ],
  ['success', 'success', 'run', 'run', 'run', S, 'run', 'run', 'run', 'run', S, S, 'run'],
  ['success', 'failed', U, 'run', 'run', 'run', 'run', U, U, 'run', S, S, 'run'],
  ['success', S, S, 'run', 'run', S, 'run', 'run', 'run', S, S, S, S],
  [S, S, S, 'run', S, S, S, 'run', S, S, S, 'run', S],
  ['failed', 'failed', U, 'run', U, 'run', 'run', U, U, 'run', 'run', S, U],
  ['failed', 'running', U, 'wait', 'wait', 'run', 'run', U, U, 'wait', 'wait', S, 'wait'],
  ['failed', S, U, 'run', U, 'run', 'run', U, U, S, S, S, S],
  [U, 'running', U, 'wait', 'wait', 'run', 'wait', U, U, 'wait', 'wait', S, 'wait'],
  [S, 'running', S, 'wait', 'wait', 'wait', 'wait', 'wait', 'wait', S, S, 'wait', S],
  [U, U, U, 'run', U, 'run', S, U, U, 'run', 'run', S, U],
];

describe('trigger rule', () => {
  test.each(WORKED)('worked cases: upstreams %s and %s -> as specified', (a, b, ...answers) => {
    expect(COLUMNS.map((rule) => decide(query(rule, [a, b])))).toEqual(answers);
  });

  test('no upstream -> every rule runs, even where setups are missing', () => {
    const setups = { ...emptyCounts(), tasks: 1, upstream: 1 };
    for (const rule of RULES) expect(decide({ ...query(rule, []), setups })).toBe('run');
  });

  test('a mere check -> never writes a state', () => {
    const states = fc.array(fc.constantFrom(...STATES), { maxLength: 6 });
    fc.assert(
      fc.property(fc.constantFrom(...RULES), states, (rule, upstream) => {
        const answer = decide({ ...query(rule, upstream), flagUpstreamFailed: false });
        expect(['run', 'wait']).toContain(answer);
      }),
    );
  });

  test('all upstreams finished in 3.3.2 -> nothing but all_skipped waits for ever', () => {
    const states = fc.array(fc.constantFrom(...STATES.slice(0, 5)), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(fc.constantFrom(...RULES), states, (rule, upstream) => {
        fc.pre(rule !== 'all_skipped' || !upstream.includes('removed'));
        expect(decide(query(rule, upstream))).not.toBe('wait');
      }),
    );
  });

  test('a waiting upstream finishes -> a rule that passed by count of one still passes', () => {
    const states = fc.array(fc.constantFrom(...STATES), { minLength: 1, maxLength: 6 });
    const one = fc.constantFrom('one_success', 'one_failed', 'one_done');
    fc.assert(
      fc.property(one, states, fc.constantFrom(...STATES.slice(0, 5)), (rule, upstream, end) => {
        const before = decide(query(rule, [...upstream, null]));
        const after = decide(query(rule, [...upstream, end]));
        if (before === 'run') expect(after).toBe('run');
      }),
    );
  });

  test('it does not pass -> there is a reason with numbers that miss each other', () => {
    const states = fc.array(fc.constantFrom(...STATES), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(fc.constantFrom(NEW, OLD), fc.constantFrom(...RULES), states, (p, rule, up) => {
        const out = newVerdict();
        evaluateTriggerRule(p, query(rule, up), out);
        expect(out.rule.why === 0).toBe(out.passes);
        if (out.passes) return;
        const limit = TRIGGER_REASONS[out.rule.why] === 'upstream_some_skipped';
        const misses = limit
          ? out.rule.actual > out.rule.needed
          : out.rule.actual < out.rule.needed;
        expect(misses).toBe(true);
      }),
    );
  });

  test('a verdict is used again -> nothing of the last answer is left', () => {
    const out = newVerdict();
    evaluateTriggerRule(NEW, query('all_success', ['failed']), out);
    evaluateTriggerRule(NEW, query('all_success', ['success']), out);
    expect(out).toEqual(newVerdict());
  });

  test('counters are reset -> as new', () => {
    const counts = emptyCounts();
    countUpstream(counts, 'skipped', true);
    resetCounts(counts);
    expect(counts).toEqual(emptyCounts());
  });

  test('a rule of the other version -> no code', () => {
    expect(triggerRuleCode(NEW, 'dummy')).toBe(-1);
    expect(triggerRuleCode(OLD, 'all_done_min_one_success')).toBe(-1);
    expect(triggerRuleCode(OLD, 'none_failed_or_skipped')).toBeGreaterThan(0);
    expect(triggerRuleCode(NEW, 'nonsense')).toBe(-1);
  });
});
