/** One DAG of the plan: what the engine reads once per run or per loop, resolved and in numbers. */
import type { AssetCondition, DagSpec } from '../spec.ts';
import type { Restriction, Timetable } from '../timetables/index.ts';
import type { LengthExpression } from './mapping.ts';
import type { PartitionPlan } from './partitionPlan.ts';
import { TASK } from './taskFlags.ts';

export interface DagPlan {
  /** Row of its DAG in `world.dags`, the same for all versions. */
  readonly index: number;
  /** Its place in `plan.versions`. */
  readonly version: number;
  readonly dagId: string;
  readonly spec: DagSpec;
  /** Global number of its first task; its tasks are numbered on from there, in file order. */
  readonly firstTask: number;
  readonly taskCount: number;
  readonly maxActiveRuns: number;
  readonly maxActiveTasks: number;
  readonly maxConsecutiveFailedRuns: number;
  /** Microseconds, Infinity when there is none. */
  readonly dagrunTimeout: number;
  readonly failFast: boolean;
  readonly catchup: boolean;
  /** Its runs keep the version of their creation: a bundle with versions (3.x). */
  readonly pinsRuns: boolean;
  /** Tasks that decide the run's end (semantics 2.5), global numbers. */
  readonly leaves: Int32Array;
  readonly teardowns: Int32Array;
  /** A run's task instances are looked at by task id, not by row (3.x; only where it can matter). */
  readonly looksByTaskId: boolean;
  /** A task of it depends on the previous run. */
  readonly dependsOnPast: boolean;
  readonly hasTaskLimits: boolean;
  /** By slot of the critical section's order: position of its task, -1: mapped ones share it. */
  readonly slots: Int32Array;
  /** By slot: priority weight as it is stored. */
  readonly slotWeights: Int32Array;
  /** Mapped task groups, outer before inner. */
  readonly mappedGroups: readonly MappedGroupPlan[];
  /** SimTime; -Infinity and Infinity when not given. */
  readonly startDate: number;
  readonly endDate: number;
  readonly assetCondition: AssetCondition | null;
  readonly timetable: Timetable;
  readonly partitions: PartitionPlan | null;
  /** Bounds of scheduled runs, in microseconds since 1970. */
  readonly restriction: Restriction;
}

export interface MappedGroupPlan {
  readonly groupId: string;
  /** Index in `mappedGroups` of the mapped group around it, -1 for none. */
  readonly parent: number;
  readonly length: LengthExpression;
  readonly sources: readonly number[];
}

/** Graph of a DAG over global task numbers minus `firstTask`. */
export interface LocalGraph {
  readonly upstream: readonly (readonly number[])[];
  readonly downstream: readonly (readonly number[])[];
}

/** Effective leaves (semantics 2.5): a teardown counts only with on_failure_fail_dagrun. */
export function leavesOf(graph: LocalGraph, flags: readonly number[]): number[] {
  const ignorable = (task: number): boolean =>
    (flags[task]! & TASK.isTeardown) !== 0 && (flags[task]! & TASK.failureFailsRun) === 0;
  const all = flags.map((_, task) => task);
  const leaves = all.filter(
    (task) => !ignorable(task) && graph.downstream[task]!.every((next) => ignorable(next)),
  );
  return leaves.length > 0 ? leaves : all.filter((task) => graph.downstream[task]!.length === 0);
}
