import { expect, test } from 'vitest';
import fc from 'fast-check';
import { TI } from '../../../src/machines/index.ts';
import { decidingStates, likesSuccess } from '../../../src/airflow/plan/lookOn.ts';
import { profileOf } from '../../../src/airflow/profile/index.ts';
import {
  countUpstream,
  EARLY,
  emptyCounts,
  evaluateTriggerRule,
  newVerdict,
  RULE,
  type TriggerRuleVerdict,
} from '../../../src/airflow/rules/index.ts';
import { AIRFLOW_VERSIONS } from '../../../src/airflow/spec.ts';

const ENDS = ['success', 'skipped', 'failed', 'upstream_failed', 'removed'] as const;
type End = (typeof ENDS)[number];

function verdictOf(version: (typeof AIRFLOW_VERSIONS)[number], rule: number, ends: End[]) {
  return (open: number, setups: boolean): TriggerRuleVerdict => {
    const direct = emptyCounts();
    direct.tasks = ends.length + open;
    for (const end of ends) countUpstream(direct, end, setups);
    for (let i = 0; i < open; i++) countUpstream(direct, null, setups);
    const verdict = newVerdict();
    const none = { setups: emptyCounts(), scopeUpstream: 0, scopeDone: 0 };
    evaluateTriggerRule(
      profileOf(version),
      {
        rule,
        mapIndex: -1,
        isTeardown: false,
        flagUpstreamFailed: true,
        holdSkips: false,
        direct,
        ...none,
      },
      verdict,
    );
    return verdict;
  };
}

const anyRule = fc.constantFrom(...Object.values(RULE));
const anyVersion = fc.constantFrom(...AIRFLOW_VERSIONS);
const anyEnds = fc.array(fc.constantFrom(...ENDS), { maxLength: 6 });

test('looks: ends that decide nothing while others are open -> a look would find nothing', () => {
  fc.assert(
    fc.property(
      anyVersion,
      anyRule,
      anyEnds,
      fc.integer({ min: 1, max: 4 }),
      fc.boolean(),
      (version, rule, all, open, setups) => {
        const states = decidingStates(rule);
        const ends = all.filter((e) => e === 'removed' || ((states >>> TI[e]) & 1) === 0);
        if (states === -1) return;
        const verdict = verdictOf(version, rule, ends)(open, setups);
        expect([verdict.passes, verdict.earlyState]).toEqual([false, EARLY.none]);
      },
    ),
    { numRuns: 3000 },
  );
});

test('looks: all upstreams are successes -> rules that like them pass and mark nothing', () => {
  for (const version of AIRFLOW_VERSIONS) {
    for (const rule of Object.values(RULE).filter(likesSuccess)) {
      for (const setups of [false, true]) {
        const ends: End[] = ['success', 'success', 'success'];
        const verdict = verdictOf(version, rule, ends)(0, setups);
        expect([version, rule, verdict.passes, verdict.earlyState]).toEqual([
          version,
          rule,
          true,
          EARLY.none,
        ]);
      }
    }
  }
});
