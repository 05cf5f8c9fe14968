/**
 * Which map indexes of an upstream a task instance in a mapped task group depends on
 * (specification 3.5). Outside mapped groups every index counts and none of this is asked.
 */
import type { Profile } from '../profile/index.ts';
import { RULE } from './triggerRuleNames.ts';

/** What decides, all of it known from the structure and two lengths. */
export interface RelevanceQuery {
  /** Code of TRIGGER_RULES. */
  rule: number;
  /** Index of the task instance that looks; -1 = not expanded yet. */
  mapIndex: number;
  /** Its direct parent group is a mapped one. */
  directlyInMappedGroup: boolean;
  /** The upstream is what its group or the task itself is expanded over. */
  isExpansionSource: boolean;
  /** Number of task instances that the looking task expands to; 0 = not known yet, or none. */
  ownCount: number;
  /** Length of the innermost mapped group that holds both tasks; -1 = no such group. */
  ancestorCount: number;
  /** The upstream is mapped once more inside that group. */
  isFurtherMapped: boolean;
}

/** All indexes, or the half-open range `from` to `to` (which may lie below 0: none of them). */
export interface IndexRange {
  all: boolean;
  from: number;
  to: number;
}

/** Writes the relevant indexes into `out`. An upstream that is not expanded is always relevant. */
export function relevantIndexes(profile: Profile, q: RelevanceQuery, out: IndexRange): void {
  out.all = looksAtAll(profile, q) || q.ownCount <= 0 || q.ancestorCount < 0;
  out.from = 0;
  out.to = 0;
  if (out.all) return;
  const index = floorDiv(q.mapIndex * q.ancestorCount, q.ownCount);
  const width = q.isFurtherMapped ? floorDiv(q.ownCount, q.ancestorCount) : 1;
  out.from = index * width;
  out.to = out.from + width;
}

/**
 * Rules that a part of the upstreams can satisfy look at all indexes, so that they are not
 * settled before the group has expanded. 2.x does so after the expansion too.
 */
function looksAtAll(profile: Profile, q: RelevanceQuery): boolean {
  const inGroup = profile.fastRulesWideAtAnyDepth || q.directlyInMappedGroup;
  const inTime = !profile.fastRulesWideOnlyBeforeExpansion || q.mapIndex < 0;
  return inGroup && inTime && isFast(profile, q.rule) && !q.isExpansionSource;
}

function isFast(profile: Profile, rule: number): boolean {
  if (rule === RULE.noneFailedMinOneSuccess) return profile.minOneSuccessIsFastRule;
  return rule === RULE.oneSuccess || rule === RULE.oneFailed || rule === RULE.oneDone;
}

function floorDiv(a: number, b: number): number {
  return Math.floor(a / b);
}
