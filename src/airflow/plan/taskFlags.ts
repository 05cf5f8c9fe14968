/** What a task is, as bits: tested in the hot path with one load. */
import type { TaskSpec } from '../spec.ts';
import type { Profile } from '../profile/index.ts';

export const TASK = {
  dependsOnPast: 1 << 0,
  waitForDownstream: 1 << 1,
  ignoreFirstDependsOnPast: 1 << 2,
  isSetup: 1 << 3,
  isTeardown: 1 << 4,
  failureFailsRun: 1 << 5,
  isMapped: 1 << 6,
  /** In a mapped task group, at any depth. */
  inMappedGroup: 1 << 7,
  /** Its direct group is a mapped one. */
  directlyInMappedGroup: 1 << 8,
  /** The scheduler finishes it itself (semantics 1.2, T2). */
  isEmpty: 1 << 9,
  /** Branch or short circuit: may leave a decision in skipmixin_key. */
  skipsDownstream: 1 << 10,
  /** Has Airflow's Ready To Reschedule dependency in 2.11.2. */
  rescheduleSensor: 1 << 11,
  /** Has max_active_tis_per_dag or max_active_tis_per_dagrun. */
  hasTaskLimit: 1 << 12,
  /** A direct upstream may leave a decision that names it. */
  afterSkipper: 1 << 13,
  /** A direct upstream waits for its downstream of an earlier run. */
  watchedByNextRun: 1 << 14,
  /** Some mapped task or group takes its length from this task's XCom. */
  isMapSource: 1 << 15,
  /** LatestOnlyOperator. */
  latestOnly: 1 << 16,
  /** start_from_trigger: the scheduler defers it (semantics 1.2, T2a). */
  startsInTrigger: 1 << 17,
  /** Has outlets: its success writes asset events. */
  writesAssets: 1 << 24,
  /** Its rule reads direct upstreams that are not mapped, and nothing else does (lookOn.ts). */
  countsUpstream: 1 << 18,
  /** Its DAG has several versions: rows may have indexes though it is not mapped. */
  hasVersions: 1 << 19,
  /** It, or the same task of another version, has a limit of its own: its active rows are counted. */
  countsActive: 1 << 20,
} as const;

function dependsOnPast(task: TaskSpec, profile: Profile): boolean {
  const implied = !task.is_mapped || profile.partialImpliesPast;
  return task.depends_on_past || (task.wait_for_downstream && implied);
}

/** The bits that the spec of one task alone decides. */
export function flagsOfSpec(task: TaskSpec, profile: Profile): number {
  const limited = task.max_active_tis_per_dag !== null || task.max_active_tis_per_dagrun !== null;
  return (
    (dependsOnPast(task, profile) ? TASK.dependsOnPast : 0) |
    (task.wait_for_downstream ? TASK.waitForDownstream : 0) |
    (task.ignore_first_depends_on_past ? TASK.ignoreFirstDependsOnPast : 0) |
    (task.is_setup ? TASK.isSetup : 0) |
    (task.is_teardown ? TASK.isTeardown : 0) |
    (task.on_failure_fail_dagrun ? TASK.failureFailsRun : 0) |
    (task.is_mapped ? TASK.isMapped : 0) |
    (finishesItself(task, profile) ? TASK.isEmpty : 0) |
    (task.can_skip_downstream ? TASK.skipsDownstream : 0) |
    (task.sensor?.mode === 'reschedule' ? TASK.rescheduleSensor : 0) |
    (limited ? TASK.hasTaskLimit : 0) |
    flagsOfBehaviour(task)
  );
}

function flagsOfBehaviour(task: TaskSpec): number {
  return (
    (isLatestOnly(task) ? TASK.latestOnly : 0) |
    (task.behaviour?.start_trigger ? TASK.startsInTrigger : 0) |
    (task.outlets.length > 0 ? TASK.writesAssets : 0)
  );
}

function isLatestOnly(task: TaskSpec): boolean {
  return task.task_type === 'LatestOnlyOperator' || task.behaviour?.kind === 'latest_only';
}

function finishesItself(task: TaskSpec, profile: Profile): boolean {
  const callbacks = task.callbacks ?? {};
  const called = ['on_execute_callback', 'on_success_callback'].some(
    (name) => (callbacks[name]?.length ?? 0) > 0,
  );
  const inletsCount = profile.version === '3.3.2' && task.inlets.length > 0;
  return task.is_empty && !called && task.outlets.length === 0 && !inletsCount;
}
