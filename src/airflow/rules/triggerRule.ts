/**
 * The trigger rule check of one task instance: what Airflow's TriggerRuleDep decides, from counts.
 *
 *     no upstream, or rule always ──────────────────────────────► passes
 *     not a teardown: setup constraint ── writes a state, fails ─► ends here
 *                          │
 *                          ▼
 *     the rule itself: early state (scheduler's look only), then the pass condition
 *                          │
 *                          ▼
 *     a teardown that passes: everything between its setups and itself must be finished
 *
 * Source: ti_deps/deps/trigger_rule_dep.py of both versions; specification 3.2 to 3.6; recorded
 * set `trigger-rules`.
 */
import type { Profile } from '../profile/index.ts';
import { earlyStateOf, earlyStateOfSetups } from './earlyState.ts';
import {
  atLeast,
  checkPass,
  checkSetups,
  clearReason,
  type CountReason,
  give,
  passes,
} from './passCondition.ts';
import { EARLY, RULE, WHY } from './triggerRuleNames.ts';
import type { UpstreamCounts } from './upstreamCounts.ts';

/** One look at a task instance. All of it is lent: the check keeps nothing. */
export interface TriggerRuleQuery {
  /** Code of TRIGGER_RULES after `effectiveRule`. */
  rule: number;
  /** Index of a mapped task instance; -1 = not mapped, or not expanded yet. */
  mapIndex: number;
  isTeardown: boolean;
  /** True in the scheduler's pass, which may write a state; false for a mere check. */
  flagUpstreamFailed: boolean;
  /** wait_for_past_depends_before_skipping is on and the past is not known to be met. */
  holdSkips: boolean;
  /** Direct upstreams, relevant ones only. */
  direct: UpstreamCounts;
  /** Relevant setups that are not direct upstreams; `upstream` 0 when there are none. */
  setups: UpstreamCounts;
  /** Teardown: task instances between its direct setups and itself, and the finished ones. */
  scopeUpstream: number;
  scopeDone: number;
}

/** The answer. Made once and used again; see `newVerdict`. */
export interface TriggerRuleVerdict {
  passes: boolean;
  /** State that the check writes (`EARLY`). It wins over `passes`: both can hold at once. */
  earlyState: number;
  /** Gate "setup constraint": why it holds, WHY.none when it does not. */
  readonly setup: CountReason;
  /** Gate "trigger rule" (or teardown scope): why it holds, WHY.none when it does not. */
  readonly rule: CountReason;
}

export function newVerdict(): TriggerRuleVerdict {
  return {
    passes: true,
    earlyState: EARLY.none,
    setup: { why: WHY.none, actual: 0, needed: 0 },
    rule: { why: WHY.none, actual: 0, needed: 0 },
  };
}

/** Decides; the answer is written into `out`, nothing is allocated. */
export function evaluateTriggerRule(
  profile: Profile,
  query: TriggerRuleQuery,
  out: TriggerRuleVerdict,
): void {
  out.passes = true;
  out.earlyState = EARLY.none;
  clearReason(out.setup);
  clearReason(out.rule);
  if (query.direct.tasks === 0 || query.rule === RULE.always) return;
  if (!query.isTeardown && query.setups.upstream > 0) evaluateSetups(query, out);
  // A state written because of a setup settles the matter: the rule is not looked at any more.
  const settled = out.earlyState !== EARLY.none && !passes(out.setup);
  if (!settled) evaluateRule(profile, query, out);
  out.passes = passes(out.setup) && passes(out.rule);
}

function evaluateSetups(query: TriggerRuleQuery, out: TriggerRuleVerdict): void {
  if (query.flagUpstreamFailed) {
    const early = earlyStateOfSetups(query.mapIndex, query.setups);
    if (isHeld(query, early)) return give(out.setup, WHY.pastDepends, 0, 1);
    out.earlyState = early;
  }
  checkSetups(query.mapIndex, query.setups, out.setup);
}

function evaluateRule(profile: Profile, query: TriggerRuleQuery, out: TriggerRuleVerdict): void {
  if (query.flagUpstreamFailed) {
    const early = earlyStateOf(profile, query.rule, query.mapIndex, query.direct);
    if (isHeld(query, early)) return give(out.rule, WHY.pastDepends, 0, 1);
    if (early !== EARLY.none) out.earlyState = early;
  }
  checkPass(profile, query.rule, query.mapIndex, query.direct, out.rule);
  if (query.isTeardown && profile.teardownWaitsForScope && passes(out.rule)) {
    atLeast(out.rule, WHY.teardownScope, query.scopeDone, query.scopeUpstream);
  }
}

/** Only skips are held back, never upstream_failed (trigger-rules/wait_past). */
function isHeld(query: TriggerRuleQuery, early: number): boolean {
  return query.holdSkips && early === EARLY.skipped;
}
