/**
 * Candidates: task instances that an examination of their run has to look at, because something
 * they depend on changed since the last look. Everything that Airflow's task dependencies read
 * (semantics 4.2) calls `markTi` here when it changes, so that an examination need not look at the
 * others: their answer is the same as last time.
 *
 *     a task instance ended, or its end was taken back   direct downstream, tasks whose setup or
 *                                                        teardown scope it is, the next run's
 *     it became schedulable again, or was created        itself
 *     its retry delay or reschedule date passed          itself (wakes)
 *     a run with an earlier logical date came between    tasks that depend on the past
 */
import { TI } from '../../machines/index.ts';
import type { EngineContext } from '../context.ts';
import { TASK } from '../plan/index.ts';
import { NONE, RUN_TYPE } from '../rows.ts';
import { RULE } from '../rules/index.ts';
import { isIn, SCHEDULABLE } from './states.ts';

const IN_NO_LIST = -2;

/** Puts a schedulable task instance on its run's list, once. */
export function markTi(ctx: EngineContext, ti: number): void {
  const { taskInstances: tis } = ctx.world;
  const state = tis.state[ti]!;
  if (!isIn(SCHEDULABLE, state)) return;
  if (state === TI.none) tis.due[ti] = ctx.sim.cause;
  putBack(ctx, ti);
}

/** Keeps a schedulable task instance on the list for the next look, for its old reason. */
export function putBack(ctx: EngineContext, ti: number): void {
  const { taskInstances: tis, dagRuns } = ctx.world;
  if (tis.next_candidate[ti] !== IN_NO_LIST) return;
  const run = tis.dag_run[ti]!;
  const tail = dagRuns.candidate_tail[run]!;
  tis.next_candidate[ti] = NONE;
  if (tail === NONE) dagRuns.candidate_head[run] = ti;
  else tis.next_candidate[tail] = ti;
  dagRuns.candidate_tail[run] = ti;
}

/** Takes the whole list of a run and gives it to `look` in the order in which it was filled. */
export function takeCandidates(ctx: EngineContext, run: number, into: number[]): void {
  const { taskInstances: tis, dagRuns } = ctx.world;
  let ti = dagRuns.candidate_head[run]!;
  dagRuns.candidate_head[run] = NONE;
  dagRuns.candidate_tail[run] = NONE;
  while (ti !== NONE) {
    const next = tis.next_candidate[ti]!;
    tis.next_candidate[ti] = IN_NO_LIST;
    into.push(ti);
    ti = next;
  }
}

/** A task instance entered or left a final state: looks for all who read that. */
export function markDependents(ctx: EngineContext, ti: number): void {
  const { taskInstances: tis } = ctx.world;
  const { tasks } = ctx.plan;
  const run = tis.dag_run[ti]!;
  const task = tis.task[ti]!;
  const index = tis.map_index[ti]!;
  const { down, watchers, flags } = tasks;
  for (let i = down.from[task]!; i < down.from[task + 1]!; i++) {
    markTask(ctx, run, down.to[i]!, task, index);
  }
  for (let i = watchers.from[task]!; i < watchers.from[task + 1]!; i++) {
    markTask(ctx, run, watchers.to[i]!, task, index);
  }
  const past = TASK.dependsOnPast | TASK.watchedByNextRun;
  if ((flags[task]! & past) !== 0) markNextRuns(ctx, run, task);
}

/** A run was put between others by its logical date: who depends on the past looks again. */
export function markLaterRuns(ctx: EngineContext, run: number): void {
  const dag = ctx.plan.dags[ctx.world.dagRuns.dag[run]!]!;
  if (!dag.dependsOnPast) return;
  for (let task = dag.firstTask; task < dag.firstTask + dag.taskCount; task++) {
    if (ctx.plan.tasks.flags[task]! & TASK.dependsOnPast) markNextRuns(ctx, run, task);
  }
}

/** The task instances of one task that read (task, index); all of them when in doubt. */
function markTask(
  ctx: EngineContext,
  run: number,
  task: number,
  from: number,
  index: number,
): void {
  const { dagRuns, runTasks, mappings, mappedTis } = ctx.world;
  const { position, mappedGroup, rule } = ctx.plan.tasks;
  const entry = runTasks.ti[dagRuns.first_task[run]! + position[task]!]!;
  if (entry >= 0) return markTi(ctx, entry);
  if (entry === NONE) return;
  const mapping = -2 - entry;
  const first = mappings.first[mapping]!;
  const count = mappings.count[mapping]!;
  const parallel = index >= 0 && mappedGroup[task] === mappedGroup[from] && mappedGroup[task]! >= 0;
  if (parallel && !isFast(rule[task]!) && index < count) {
    return markTi(ctx, mappedTis.ti[first + index]!);
  }
  for (let i = 0; i < count; i++) markTi(ctx, mappedTis.ti[first + i]!);
}

function isFast(rule: number): boolean {
  return rule === RULE.oneSuccess || rule === RULE.oneFailed || rule === RULE.oneDone;
}

/** Runs whose previous run (semantics 4.4) this is. */
function markNextRuns(ctx: EngineContext, run: number, task: number): void {
  const { dagRuns } = ctx.world;
  const { tasks, dags } = ctx.plan;
  const catchup = dags[dagRuns.dag[run]!]!.catchup;
  for (let next = dagRuns.later[run]!; next !== NONE; next = dagRuns.later[next]!) {
    if (tasks.flags[task]! & TASK.dependsOnPast) markTask(ctx, next, task, task, NONE);
    for (let i = tasks.up.from[task]!; i < tasks.up.from[task + 1]!; i++) {
      const up = tasks.up.to[i]!;
      if (tasks.flags[up]! & TASK.waitForDownstream) markTask(ctx, next, up, task, NONE);
    }
    if (!(catchup && dagRuns.run_type[next] === RUN_TYPE.manual)) return;
  }
}
