/**
 * The state that a trigger rule gives a task instance before it ever runs (specification 3.3,
 * column "Early state"). It does not wait for the other upstreams where the rule can already not
 * be met.
 */
import type { Profile } from '../profile/index.ts';
import { EARLY, RULE } from './triggerRuleNames.ts';
import type { UpstreamCounts } from './upstreamCounts.ts';

/** Code of the early state (`EARLY`), EARLY.none when the rule writes nothing. */
export function earlyStateOf(
  profile: Profile,
  rule: number,
  mapIndex: number,
  c: UpstreamCounts,
): number {
  switch (rule) {
    case RULE.allSuccess:
      return earlyStateOfSetups(mapIndex, c);
    case RULE.allFailed:
      return skippedIf(c.success + c.skipped > 0);
    case RULE.oneSuccess:
      return oneSuccess(c);
    case RULE.oneFailed:
      return skippedWhenDone(c, c.failed + c.upstreamFailed);
    case RULE.oneDone:
      return skippedWhenDone(c, c.failed + c.success);
    case RULE.noneFailed:
      return afterFailure(c);
    case RULE.noneFailedMinOneSuccess:
      return noneFailedMinOneSuccess(profile, c);
    case RULE.noneSkipped:
      return afterSkip(c);
    case RULE.allSkipped:
      return skippedIf(c.success + c.failed + c.upstreamFailed > 0);
    case RULE.allDoneMinOneSuccess:
      return afterSkip(c) || failedWhenDone(c, c.success);
    case RULE.allDoneSetupSuccess:
      return setupSuccess(c);
    default:
      return EARLY.none;
  }
}

/** Early state of all_success, and of the setup constraint (specification 3.4). */
export function earlyStateOfSetups(mapIndex: number, setups: UpstreamCounts): number {
  return afterFailure(setups) || afterSkip(setups) || beyondSuccesses(setups, mapIndex);
}

export function isDone(c: UpstreamCounts): boolean {
  return c.done >= c.upstream;
}

function afterFailure(c: UpstreamCounts): number {
  return failedIf(c.failed > 0 || c.upstreamFailed > 0);
}

function afterSkip(c: UpstreamCounts): number {
  return skippedIf(c.skipped > 0);
}

/** A mapped task whose upstream shrank: indexes beyond the successes have nothing to work on. */
function beyondSuccesses(c: UpstreamCounts, mapIndex: number): number {
  const shrank = c.removed > 0 && c.success > 0 && mapIndex > -1;
  return shrank && mapIndex >= c.success ? EARLY.removed : EARLY.none;
}

function oneSuccess(c: UpstreamCounts): number {
  if (!isDone(c)) return EARLY.none;
  if (c.done === c.skipped) return EARLY.skipped;
  return failedIf(c.success === 0);
}

function noneFailedMinOneSuccess(profile: Profile, c: UpstreamCounts): number {
  const failed = afterFailure(c);
  if (failed !== EARLY.none) return failed;
  if (c.skipped === c.upstream) return EARLY.skipped;
  return profile.minOneSuccessFailsWithoutSuccess ? failedWhenDone(c, c.success) : EARLY.none;
}

function setupSuccess(c: UpstreamCounts): number {
  if (!isDone(c) || c.setups === 0) return EARLY.none;
  if (c.setupSkipped >= c.setups) return EARLY.skipped;
  return failedIf(c.setupSuccess === 0);
}

function skippedWhenDone(c: UpstreamCounts, wanted: number): number {
  return skippedIf(isDone(c) && wanted === 0);
}

function failedWhenDone(c: UpstreamCounts, wanted: number): number {
  return failedIf(isDone(c) && wanted === 0);
}

function skippedIf(condition: boolean): number {
  return condition ? EARLY.skipped : EARLY.none;
}

function failedIf(condition: boolean): number {
  return condition ? EARLY.upstreamFailed : EARLY.none;
}
