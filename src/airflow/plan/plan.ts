/**
 * The plan: DagSpecs compiled into numbers, once per engine; never changes during a run and is no
 * part of what is saved. Tasks are numbered over all DAGs (`task`); strings are reached through
 * `taskIds[task]`, `dags[dag].dagId`, `poolNames[pool]`, `queueNames[queue]`.
 */
import type { AirflowVersion, DagSpec, TaskSpec } from '../spec.ts';
import type { Profile } from '../profile/index.ts';
import type { AssetPlan } from './assetPlan.ts';
import type { Csr } from './csr.ts';
import type { DagPlan } from './dagPlan.ts';
import type { LengthExpression } from './mapping.ts';

/** Columns by task number. */
export interface TaskPlan {
  readonly count: number;
  readonly dag: Int32Array;
  /** Its place in `versions`. */
  readonly version: Int32Array;
  /** Number of what its rows keep (stored.ts); 0 where the DAG has one version. */
  readonly stored: Int32Array;
  /** Row of `task_count` that it shares with the same task of other versions. */
  readonly counter: Int32Array;
  /** Class name of the executor that it asks for. */
  readonly executor: readonly (string | null)[];
  /** Place in its DAG. */
  readonly position: Int32Array;
  /** Bits of TASK (taskFlags.ts). */
  readonly flags: Int32Array;
  /** Code of TRIGGER_RULES, as the operator really applies it. */
  readonly rule: Uint8Array;
  /** Ends of an upstream that are worth a look before the others have ended; bits of TI. */
  readonly lookOn: Int32Array;
  readonly retries: Int32Array;
  readonly pool: Int32Array;
  readonly poolSlots: Int32Array;
  readonly queue: Int32Array;
  /** Effective priority weight (semantics 13.4). */
  readonly weight: Float64Array;
  /** Place in the order of the critical section inside a run, and that of its mapped ones. */
  readonly slot: Int32Array;
  readonly mappedSlot: Int32Array;
  /** Constant delay between tries in microseconds, -1 when it has to be computed (backoff). */
  readonly retryDelay: Float64Array;
  /** -1 when there is no such limit. */
  readonly maxActivePerDag: Int32Array;
  readonly maxActivePerRun: Int32Array;
  /** Later of task's and DAG's start, earlier of the ends; SimTime, -Infinity and Infinity. */
  readonly startDate: Float64Array;
  readonly endDate: Float64Array;
  /** Innermost mapped group: index in its DAG's `mappedGroups`, -1 for none. */
  readonly mappedGroup: Int32Array;
  /** A key for random draws that does not depend on which other DAGs there are. */
  readonly key: Int32Array;
  /** Place of the task id among those of its version; empty when no DAG is looked at by it. */
  readonly idRank: Int32Array;
  /** Direct neighbours, global task numbers. */
  readonly up: Csr;
  readonly down: Csr;
  /** Setups that are no direct upstream and must have succeeded (semantics 3.4). */
  readonly setups: Csr;
  /** Teardowns: tasks that must be finished though they are no direct upstream. */
  readonly scope: Csr;
  /** Tasks that name this one in `setups`, `scope` or `mapSources`: looked at when it ends. */
  readonly watchers: Csr;
  /** Own expansion of a mapped task, undefined for others. */
  readonly expand: readonly (LengthExpression | undefined)[];
  /** Tasks whose XCom the own expansion and the groups around need. */
  readonly mapSources: Csr;
}

export interface Plan extends AssetPlan {
  readonly version: AirflowVersion;
  readonly profile: Profile;
  /** Microseconds since 1970 of t = 0. */
  readonly origin: number;
  /** As their files are at the start. */
  readonly dags: readonly DagPlan[];
  /** The same, then what their files become while the lane runs. */
  readonly versions: readonly DagPlan[];
  readonly dagIndex: ReadonlyMap<string, number>;
  /** The DAG files come from a git bundle. */
  readonly git: boolean;
  /** DAGs with a schedule and a task that has an sla (2.x). */
  readonly slaDags: readonly number[];
  readonly taskIds: readonly string[];
  readonly tasks: TaskPlan;
  /** Pool 0 is default_pool; every pool that a task, the scenario or an action names is here. */
  readonly poolNames: readonly string[];
  readonly queueNames: readonly string[];
}

/** What the file of a DAG (by its place in `dags`) contains later. */
export interface LaterDag {
  readonly dag: number;
  readonly spec: DagSpec;
}

/** Limits that a DAG does not give come from the configuration. */
export interface PlanInput {
  readonly dags: readonly DagSpec[];
  /** Later contents of the files, each of one DAG. */
  readonly later?: readonly LaterDag[];
  /** Files come from a git bundle, and runs are pinned to its versions. */
  readonly git?: boolean;
  readonly pinsRuns?: boolean;
  readonly profile: Profile;
  readonly origin: number;
  /** Names beyond those of the tasks: pools of the scenario and of its actions. */
  readonly pools: readonly string[];
}

/** The version of the DAG that the task belongs to. */
export function dagOfTask({ versions, tasks }: Plan, task: number): DagPlan {
  return versions[tasks.version[task]!]!;
}

export function specOfTask(plan: Plan, task: number): TaskSpec {
  return dagOfTask(plan, task).spec.tasks[plan.tasks.position[task]!]!;
}

/** Number of a task of a version of a DAG by its task id, -1 when unknown. */
export function findTask(plan: Plan, dag: DagPlan, taskId: string): number {
  const end = dag.firstTask + dag.taskCount;
  for (let task = dag.firstTask; task < end; task++) if (plan.taskIds[task] === taskId) return task;
  return -1;
}

/**
 * The task as a run by another version of its DAG has it, with the fields that its rows keep
 * (stored.ts); -1 when the version has no such task.
 */
export function taskInVersion(plan: Plan, task: number, version: number): number {
  const { tasks, versions, taskIds } = plan;
  if (tasks.version[task] === version) return task;
  const dag = versions[version]!;
  const own = findTask(plan, dag, taskIds[task]!);
  return own < 0 ? own : withStored(plan, own, tasks.stored[task]!);
}

/** The row of the same task of the same version that keeps the given fields. */
export function withStored({ tasks, versions }: Plan, task: number, stored: number): number {
  if (tasks.stored[task] === stored) return task;
  const version = tasks.version[task]!;
  const { firstTask, taskCount } = versions[version]!;
  const own = firstTask + tasks.position[task]!;
  if (tasks.stored[own] === stored) return own;
  for (let row = firstTask + taskCount; tasks.version[row] === version; row++) {
    const same = tasks.position[row] === tasks.position[task];
    if (same && tasks.stored[row] === stored) return row;
  }
  return task;
}
