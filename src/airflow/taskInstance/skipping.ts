/**
 * Branches and short circuits (semantics 10): a running task instance that skips what
 * follows. Each also leaves its decision in the XCom skipmixin_key, for rows that are looked at
 * later (dependencies/previouslySkipped.ts).
 */
import { TI_EVENT } from '../../machines/index.ts';
import type { EngineContext } from '../context.ts';
import { type Csr, dagOfTask, type DagPlan, TASK } from '../plan/index.ts';
import { eachTi } from '../world/lookup.ts';
import { pushXCom, SKIP_KEY } from '../world/xcoms.ts';
import { changeTi } from './change.ts';

/** `skipped`: rows are skipped by the task's end, so 3.x pushes no return value. */
export type BranchAnswer = 'followed all' | 'skipped' | 'unknown id';

/** Follows the chosen task or group ids; null or empty skips all direct downstreams. */
export function followBranch(
  ctx: EngineContext,
  ti: number,
  chosen: readonly string[] | null,
): BranchAnswer {
  const { tasks, taskIds } = ctx.plan;
  const task = ctx.world.taskInstances.task[ti]!;
  const dag = dagOfTask(ctx.plan, task);
  const keep = new Set<number>();
  for (const id of chosen ?? []) {
    const found = tasksOfId(ctx, dag, id);
    if (found.length === 0) return 'unknown id';
    for (const each of found) keep.add(each);
  }
  const roots = Array.from(keep);
  for (const each of roots) addReachable(tasks.down, each, keep);
  const direct = neighbours(tasks.down, task);
  if (direct.length === 0) return 'followed all';
  const followed = direct.filter((each) => keep.has(each));
  pushXCom(ctx, ti, SKIP_KEY, { followed: namesOf(followed, taskIds) });
  const skipped = direct.filter((each) => !keep.has(each));
  const index = ctx.world.taskInstances.map_index[ti]!;
  if (index < 0 || ctx.profile.branchSkipsOwnIndex) writeSkipped(ctx, ti, skipped, false);
  return skipped.length === 0 || index >= 0 ? 'followed all' : 'skipped';
}

/** A false condition. `ignoreRules`: everything downstream is skipped, else the direct ones. */
export function shortCircuit(ctx: EngineContext, ti: number, ignoreRules: boolean): boolean {
  const { tasks, taskIds } = ctx.plan;
  const task = ctx.world.taskInstances.task[ti]!;
  const direct = neighbours(tasks.down, task);
  const all = new Set(direct);
  if (ignoreRules) addReachable(tasks.down, task, all);
  const skipped = [...all].filter((each) => (tasks.flags[each]! & TASK.isTeardown) === 0);
  if (skipped.length === 0) return false;
  pushXCom(ctx, ti, SKIP_KEY, { skipped: namesOf(skipped, taskIds) });
  if (ctx.world.taskInstances.map_index[ti]! >= 0) return false;
  writeSkipped(ctx, ti, skipped, ctx.profile.shortCircuitSkipsMapped);
  return true;
}

/** Tasks of a task id, or the roots of a group id; empty when there is neither. */
function tasksOfId(ctx: EngineContext, dag: DagPlan, id: string): number[] {
  const position = dag.spec.tasks.findIndex((task) => task.task_id === id);
  if (position >= 0) return [dag.firstTask + position];
  const inside = new Set<number>();
  dag.spec.tasks.forEach((task, i) => {
    if (isInGroup(dag, task.group, id)) inside.add(dag.firstTask + i);
  });
  const { up } = ctx.plan.tasks;
  return [...inside].filter((task) => !neighbours(up, task).some((before) => inside.has(before)));
}

function isInGroup(dag: DagPlan, group: string | null, id: string): boolean {
  for (let at = group; at !== null;) {
    if (at === id) return true;
    at = dag.spec.groups.find((each) => each.group_id === at)?.parent ?? null;
  }
  return false;
}

/**
 * All indexes, or those with the task instance's own. Where a mapped one writes nothing, who follows
 * it decides by the XCom.
 */
function writeSkipped(
  ctx: EngineContext,
  ti: number,
  skipped: readonly number[],
  allIndexes: boolean,
): void {
  const { taskInstances: tis, dagRuns } = ctx.world;
  const run = tis.dag_run[ti]!;
  for (const task of skipped) {
    eachTi(ctx, run, task, (row) => {
      if (!allIndexes && tis.map_index[row] !== tis.map_index[ti]) return;
      changeTi(ctx, row, TI_EVENT.branch_skip);
    });
  }
  dagRuns.disturbed[run] = 1;
}

function neighbours(of: Csr, task: number): number[] {
  return [...of.to.subarray(of.from[task], of.from[task + 1])];
}

function addReachable(of: Csr, task: number, into: Set<number>): void {
  const seen = new Set<number>();
  const stack = neighbours(of, task);
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    into.add(next);
    stack.push(...neighbours(of, next));
  }
}

function namesOf(tasks: readonly number[], taskIds: readonly string[]): string[] {
  return tasks.map((task) => taskIds[task]!).sort();
}
