/**
 * When the end of an upstream task instance is worth a look at the task (semantics 3.3). Each rule
 * waits for all upstreams to end, except that some ends decide it at once: a failure under
 * all_success, a success under one_success. The ends in between change nothing that a look could
 * find, so nobody looks.
 */
import { TI } from '../../machines/index.ts';
import { RULE } from '../rules/index.ts';
import { TASK } from './taskFlags.ts';

const SUCCESS = 1 << TI.success;
const SKIPPED = 1 << TI.skipped;
const FAILED = (1 << TI.failed) | (1 << TI.upstream_failed);
/** Removed rows are rare, and each version counts them in its own way. */
const REMOVED = 1 << TI.removed;
/** Every end is worth a look. */
const ANY = -1;

const DECIDES: Readonly<Record<number, number>> = {
  [RULE.allSuccess]: FAILED | SKIPPED,
  [RULE.allFailed]: SUCCESS | SKIPPED,
  [RULE.allDone]: 0,
  [RULE.allDoneMinOneSuccess]: SKIPPED,
  [RULE.allDoneSetupSuccess]: 0,
  [RULE.oneSuccess]: SUCCESS,
  [RULE.oneFailed]: FAILED,
  [RULE.oneDone]: SUCCESS | FAILED,
  [RULE.noneFailed]: FAILED,
  [RULE.noneFailedMinOneSuccess]: FAILED,
  [RULE.noneSkipped]: SKIPPED,
  [RULE.allSkipped]: SUCCESS | FAILED,
};

/** States (bits of TI) in which an upstream decides the rule before the others have ended. */
export function decidingStates(rule: number): number {
  const states = DECIDES[rule];
  return states === undefined ? ANY : states | REMOVED;
}

/** Rules that let the task instance run when all upstreams are successes. */
const LIKES_SUCCESS =
  (1 << RULE.allSuccess) |
  (1 << RULE.allDone) |
  (1 << RULE.allDoneMinOneSuccess) |
  (1 << RULE.allDoneSetupSuccess) |
  (1 << RULE.oneSuccess) |
  (1 << RULE.oneDone) |
  (1 << RULE.noneFailed) |
  (1 << RULE.noneFailedMinOneSuccess) |
  (1 << RULE.noneSkipped);

export function likesSuccess(rule: number): boolean {
  return ((LIKES_SUCCESS >>> rule) & 1) === 1;
}

/** A task and its neighbours, as far as the question needs them. */
interface Neighbours {
  readonly flags: number;
  readonly up: readonly number[];
  readonly setups: readonly number[];
  readonly scope: readonly number[];
  readonly mapSources: readonly number[];
}

const MAPPED = TASK.isMapped | TASK.inMappedGroup;
const OWN = MAPPED | TASK.dependsOnPast | TASK.afterSkipper | TASK.isTeardown;

/** Both counts of a task instance share 32 bits (taskInstance/upstreams.ts). */
const COUNTED_MOST = 32_767;

/** Whether counting ended direct upstreams tells all that the dependencies of the task read. */
export function countsUpstream(task: Neighbours, flagsOf: (task: number) => number): boolean {
  const others = task.setups.length + task.scope.length + task.mapSources.length;
  if ((task.flags & OWN) !== 0 || others > 0) return false;
  if (task.up.length === 0 || task.up.length > COUNTED_MOST) return false;
  return task.up.every((up) => (flagsOf(up) & MAPPED) === 0);
}
