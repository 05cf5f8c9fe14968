/**
 * ExternalTaskSensor (semantics 8.6): counts rows of the other DAG at one logical date. Its quirks
 * are Airflow's: a mapped task counts once per index, so that more than one index never is "met".
 * Source: providers/standard/sensors/external_task.py, utils/sensor_helper.py.
 */
import { dagRun, taskInstance } from '../machines/index.ts';
import type { EngineContext } from './context.ts';
import { NONE, NULL_TIME } from './rows.ts';
import type { TargetState } from './runner/port.ts';
import type { TargetSpec, TaskSpec } from './spec.ts';
import { runAtDate } from './dagRun/createRun.ts';
import { eachTi } from './world/lookup.ts';
import { dagOfRun, storedDag } from './world/versions.ts';

export function externalState(
  ctx: EngineContext,
  ti: number,
  target: TargetSpec,
): TargetState | 'unknown' {
  const dag = ctx.plan.dagIndex.get(target.dag_id) ?? NONE;
  if (isUnknown(ctx, dag, target)) return 'unknown';
  const run = dag === NONE ? NONE : runAtDate(ctx, dag, dateLookedFor(ctx, ti, target));
  if (run === NONE) return 'waiting';
  const count = (states: readonly string[]): number => matches(ctx, run, target, states);
  if (target.failed_states && count(target.failed_states) > 0) return 'failed';
  if (target.skipped_states && count(target.skipped_states) > 0) return 'skipped';
  return count(target.allowed_states ?? ['success']) === 1 ? 'met' : 'waiting';
}

/** 2.x with check_existence: looked for before the first count. 3.x does not look. */
function isUnknown(ctx: EngineContext, dag: number, target: TargetSpec): boolean {
  if (!target.check_existence || !ctx.profile.sensorChecksExistence) return false;
  if (dag === NONE) return true;
  const { tasks, groups } = storedDag(ctx, dag).spec;
  const known = new Set(tasks.map((task) => task.task_id));
  const group = target.task_group_id;
  if (group !== undefined && !groups.some((each) => each.group_id === group)) return true;
  return (target.task_ids ?? []).some((id) => !known.has(id));
}

/** Without a logical date run_after stands for it. */
function dateLookedFor(ctx: EngineContext, ti: number, target: TargetSpec): number {
  const { dagRuns, taskInstances: tis } = ctx.world;
  const run = tis.dag_run[ti]!;
  const date = dagRuns.logical_date[run]!;
  const own = date === NULL_TIME ? dagRuns.run_after[run]! : date;
  return own - Math.round((target.execution_delta_s ?? 0) * 1_000_000);
}

/** 1 when all that is looked at is in the states; tasks and (2.x) groups: rows per task. */
function matches(
  ctx: EngineContext,
  run: number,
  target: TargetSpec,
  states: readonly string[],
): number {
  const { dagRuns } = ctx.world;
  if (target.task_ids) {
    const wanted = new Set(target.task_ids);
    const { inStates } = countRows(ctx, run, (task) => wanted.has(task.task_id), states);
    return inStates / target.task_ids.length;
  }
  if (target.task_group_id !== undefined) {
    const inside = groupsIn(ctx, run, target.task_group_id);
    const isIn = (task: TaskSpec): boolean => task.group !== null && inside.has(task.group);
    const { inStates, rows } = countRows(ctx, run, isIn, states);
    if (ctx.profile.externalGroupIsAllOrNothing) return rows > 0 && inStates === rows ? 1 : 0;
    return rows === 0 ? 0 : inStates / rows;
  }
  return states.includes(dagRun.states[dagRuns.state[run]!]!) ? 1 : 0;
}

function countRows(
  ctx: EngineContext,
  run: number,
  isLookedAt: (task: TaskSpec) => boolean,
  states: readonly string[],
): { rows: number; inStates: number } {
  const { taskInstances: tis } = ctx.world;
  const { spec, firstTask } = dagOfRun(ctx, run);
  let rows = 0;
  let inStates = 0;
  spec.tasks.forEach((task, i) => {
    if (!isLookedAt(task)) return;
    eachTi(ctx, run, firstTask + i, (ti) => {
      rows += 1;
      if (states.includes(taskInstance.states[tis.state[ti]!]!)) inStates += 1;
    });
  });
  return { rows, inStates };
}

/** Group ids of a group and all groups inside it. */
function groupsIn(ctx: EngineContext, run: number, groupId: string): ReadonlySet<string> {
  const { groups } = dagOfRun(ctx, run).spec;
  const inside = new Set([groupId]);
  for (let before = 0; before < inside.size;) {
    before = inside.size;
    for (const group of groups) {
      if (group.parent !== null && inside.has(group.parent)) inside.add(group.group_id);
    }
  }
  return inside;
}
