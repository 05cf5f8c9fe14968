/**
 * When a trigger rule lets a task instance run (specification 3.3, column "Passes when"), and if
 * it does not, which number is missing. The verdict and its reason are the same comparison.
 */
import type { Profile } from '../profile/index.ts';
import { isDone } from './earlyState.ts';
import { RULE, WHY } from './triggerRuleNames.ts';
import type { UpstreamCounts } from './upstreamCounts.ts';

/**
 * Why something does not pass. `actual` and `needed` count task instances: for most codes at
 * least `needed` are wanted, for `upstream_some_skipped` at most.
 */
export interface CountReason {
  /** Code of TRIGGER_REASONS; WHY.none = passes. */
  why: number;
  actual: number;
  needed: number;
}

export function passes(reason: CountReason): boolean {
  return reason.why === WHY.none;
}

export function clearReason(reason: CountReason): void {
  reason.why = WHY.none;
  reason.actual = 0;
  reason.needed = 0;
}

/** Writes into `out` why the rule does not let the task instance run; WHY.none when it does. */
export function checkPass(
  profile: Profile,
  rule: number,
  mapIndex: number,
  c: UpstreamCounts,
  out: CountReason,
): void {
  clearReason(out);
  const left = profile.removedLeavesCount || mapIndex > -1 ? c.upstream - c.removed : c.upstream;
  switch (rule) {
    case RULE.always:
      return;
    case RULE.allSuccess:
      return atLeast(out, WHY.notAllSuccess, c.success, left);
    case RULE.allFailed:
      return atLeast(out, WHY.notAllFailed, c.failed + c.upstreamFailed, left);
    case RULE.allDone:
      return atLeast(out, WHY.notAllDone, c.done, c.upstream);
    case RULE.allDoneMinOneSuccess:
      return allDoneMinOneSuccess(c, out);
    case RULE.allDoneSetupSuccess:
      return allDoneSetupSuccess(c, out);
    case RULE.oneSuccess:
      return atLeast(out, WHY.noSuccess, c.success, 1);
    case RULE.oneFailed:
      return atLeast(out, WHY.noFailure, c.failed + c.upstreamFailed, 1);
    case RULE.oneDone:
      return atLeast(out, WHY.noneDone, c.success + c.failed, 1);
    case RULE.noneFailed:
      return atLeast(out, WHY.failedOrUnfinished, c.success + c.skipped, left);
    case RULE.noneFailedMinOneSuccess:
      return noneFailedMinOneSuccess(profile, c, left, out);
    case RULE.noneSkipped:
      return noneSkipped(c, out);
    case RULE.allSkipped:
      return atLeast(out, WHY.notAllSkipped, c.skipped, c.upstream);
    default:
      return give(out, WHY.unknownRule, 0, 1);
  }
}

/** All setups that the task needs must have succeeded (specification 3.4). */
export function checkSetups(mapIndex: number, setups: UpstreamCounts, out: CountReason): void {
  clearReason(out);
  const needed = mapIndex > -1 ? setups.upstream - setups.removed : setups.upstream;
  atLeast(out, WHY.setupNotSuccess, setups.success, needed);
}

export function give(out: CountReason, why: number, actual: number, needed: number): void {
  out.why = why;
  out.actual = actual;
  out.needed = needed;
}

export function atLeast(out: CountReason, why: number, actual: number, needed: number): void {
  if (actual < needed) give(out, why, actual, needed);
}

function allDoneMinOneSuccess(c: UpstreamCounts, out: CountReason): void {
  const ended = c.success + c.failed + c.upstreamFailed;
  if (c.skipped > 0) return give(out, WHY.someSkipped, c.skipped, 0);
  if (ended < c.upstream - c.removed) {
    return give(out, WHY.notAllDone, ended, c.upstream - c.removed);
  }
  atLeast(out, WHY.noSuccess, c.success, 1);
}

function allDoneSetupSuccess(c: UpstreamCounts, out: CountReason): void {
  if (!isDone(c)) return give(out, WHY.notAllDone, c.done, c.upstream);
  if (c.setups > 0) atLeast(out, WHY.noSetupSuccess, c.setupSuccess, 1);
}

function noneFailedMinOneSuccess(
  profile: Profile,
  c: UpstreamCounts,
  left: number,
  out: CountReason,
): void {
  atLeast(out, WHY.failedOrUnfinished, c.success + c.skipped, left);
  if (out.why !== WHY.none || !profile.minOneSuccessNeedsSuccessToPass) return;
  atLeast(out, WHY.noSuccess, c.success, 1);
}

function noneSkipped(c: UpstreamCounts, out: CountReason): void {
  if (c.skipped > 0) return give(out, WHY.someSkipped, c.skipped, 0);
  atLeast(out, WHY.notAllDone, c.done, c.upstream);
}
