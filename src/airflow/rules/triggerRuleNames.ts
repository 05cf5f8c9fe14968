/** Trigger rules, the states that a rule may write, and the reasons it gives: codes and names. */
import type { Profile } from '../profile/index.ts';

/** Airflow's names; the position is the code that the engine stores. */
export const TRIGGER_RULES = [
  'all_success',
  'all_failed',
  'all_done',
  'all_done_min_one_success',
  'all_done_setup_success',
  'one_success',
  'one_failed',
  'one_done',
  'none_failed',
  'none_failed_min_one_success',
  'none_skipped',
  'all_skipped',
  'always',
  'none_failed_or_skipped',
  'dummy',
] as const;
export type TriggerRule = (typeof TRIGGER_RULES)[number];

export const RULE = {
  allSuccess: 0,
  allFailed: 1,
  allDone: 2,
  allDoneMinOneSuccess: 3,
  allDoneSetupSuccess: 4,
  oneSuccess: 5,
  oneFailed: 6,
  oneDone: 7,
  noneFailed: 8,
  noneFailedMinOneSuccess: 9,
  noneSkipped: 10,
  allSkipped: 11,
  always: 12,
  noneFailedOrSkipped: 13,
  dummy: 14,
} as const;

/** Code of a rule as Airflow spells it, or -1 when the version does not have it. */
export function triggerRuleCode(profile: Profile, name: string): number {
  const code = TRIGGER_RULES.indexOf(name as TriggerRule);
  if (code === RULE.allDoneMinOneSuccess && !profile.hasAllDoneMinOneSuccess) return -1;
  if (code >= RULE.noneFailedOrSkipped && !profile.hasOldRuleNames) return -1;
  return code;
}

/**
 * The rule that is really applied. A plain operator replaces the old names when it is built; a
 * mapped one keeps them, and then no rule fits, so that it never gets ready (2.11.2,
 * trigger-rules/mapped_task/none_failed_or_skipped/1/ok/index0).
 */
export function effectiveRule(code: number, isMapped: boolean): number {
  if (isMapped) return code;
  if (code === RULE.noneFailedOrSkipped) return RULE.noneFailedMinOneSuccess;
  return code === RULE.dummy ? RULE.always : code;
}

/**
 * States that a check may write early; the position is the code. The last two are written by an
 * expansion that has nothing to expand, not by a rule.
 */
export const EARLY_STATES = [
  '',
  'skipped',
  'upstream_failed',
  'removed',
  'skipped',
  'upstream_failed',
] as const;
export const EARLY = {
  none: 0,
  skipped: 1,
  upstreamFailed: 2,
  removed: 3,
  noItems: 4,
  noLength: 5,
} as const;

/** Why a check does not pass; the position is the code, '' means it does. */
export const TRIGGER_REASONS = [
  '',
  'upstream_not_all_success',
  'upstream_not_all_failed',
  'upstream_not_all_done',
  'upstream_not_all_skipped',
  'upstream_failed_or_unfinished',
  'upstream_some_skipped',
  'upstream_no_success',
  'upstream_no_failure',
  'upstream_none_done',
  'upstream_no_setup_success',
  'setup_not_success',
  'teardown_scope_not_done',
  'past_depends_not_met',
  'trigger_rule_unknown',
] as const;

export const WHY = {
  none: 0,
  notAllSuccess: 1,
  notAllFailed: 2,
  notAllDone: 3,
  notAllSkipped: 4,
  failedOrUnfinished: 5,
  someSkipped: 6,
  noSuccess: 7,
  noFailure: 8,
  noneDone: 9,
  noSetupSuccess: 10,
  setupNotSuccess: 11,
  teardownScope: 12,
  pastDepends: 13,
  unknownRule: 14,
} as const;
