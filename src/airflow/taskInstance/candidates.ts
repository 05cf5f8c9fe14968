/**
 * Candidates: task instances that an examination of their run has to look at, because something
 * they depend on changed since the last look. Everything that Airflow's task dependencies read
 * (semantics 4.2) calls `markTi` here when it changes, so that an examination need not look at the
 * others: their answer is the same as last time.
 *
 *     a task instance ended, or its end was taken back   direct downstream (where that can decide
 *                                                        the rule: plan/lookOn.ts), tasks whose setup or
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
import { FINISHED, isIn, SCHEDULABLE } from './states.ts';
import { openUpstreams, upstreamChange, upstreamsAtStart } from './upstreams.ts';
import { dagOfRun, taskInRun } from '../world/versions.ts';

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

/** A new row: one that waits for upstreams need not be looked at before one of them has ended. */
export function markNew(ctx: EngineContext, ti: number): void {
  const { taskInstances: tis } = ctx.world;
  const task = tis.task[ti]!;
  if ((ctx.plan.tasks.flags[task]! & TASK.countsUpstream) === 0) return markTi(ctx, ti);
  tis.upstreams[ti] = upstreamsAtStart(ctx, task);
  if (ctx.plan.tasks.lookOn[task] === -1) return markTi(ctx, ti);
  tis.due[ti] = ctx.sim.cause;
}

/** A task instance entered or left a final state: looks for all who read that. */
export function markDependents(ctx: EngineContext, ti: number, from: number, to: number): void {
  const { taskInstances: tis, dagRuns, runTasks } = ctx.world;
  const { down, watchers, flags, position } = ctx.plan.tasks;
  const run = tis.dag_run[ti]!;
  const task = tis.task[ti]!;
  const first = dagRuns.first_task[run]!;
  const change = upstreamChange(from, to);
  const end = isIn(FINISHED, from) ? ANY_END : 1 << to;
  const last = down.from[task + 1]!;
  for (let i = down.from[task]!; i < last; i++) {
    const next = down.to[i]!;
    if ((flags[next]! & TASK.countsUpstream) === 0) {
      markTask(ctx, run, next, task, tis.map_index[ti]!);
      continue;
    }
    const row = runTasks.ti[first + position[next]!]!;
    if (row >= 0) upstreamEnded(ctx, row, next, change, end);
  }
  for (let i = watchers.from[task]!; i < watchers.from[task + 1]!; i++) {
    markTask(ctx, run, watchers.to[i]!, task, tis.map_index[ti]!);
  }
  const past = TASK.dependsOnPast | TASK.watchedByNextRun;
  if ((flags[task]! & past) !== 0) markNextRuns(ctx, run, task);
}

/** The rows of a task were made anew or became more: looks for all who count them. */
export function markReaders(ctx: EngineContext, ti: number): void {
  const { state } = ctx.world.taskInstances;
  markDependents(ctx, ti, state[ti]!, state[ti]!);
}

/** An end that is always worth a look: it was taken back, or replaced by another. */
const ANY_END = -1;

/** `end`: bit of the state in which the upstream has ended. */
function upstreamEnded(
  ctx: EngineContext,
  ti: number,
  task: number,
  change: number,
  end: number,
): void {
  const { taskInstances: tis } = ctx.world;
  const upstreams = tis.upstreams[ti]! + change;
  tis.upstreams[ti] = upstreams;
  const state = tis.state[ti]!;
  if (!isIn(SCHEDULABLE, state)) return;
  if (state === TI.none) tis.due[ti] = ctx.sim.cause;
  const decides = openUpstreams(upstreams) === 0 || (ctx.plan.tasks.lookOn[task]! & end) !== 0;
  if (decides || end === ANY_END) putBack(ctx, ti);
}

/** A run was put between others by its logical date: who depends on the past looks again. */
export function markLaterRuns(ctx: EngineContext, run: number): void {
  const dag = dagOfRun(ctx, run);
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

/** All of the task in another run, which may go by another version of the DAG. */
function markSame(ctx: EngineContext, run: number, task: number): void {
  const own = taskInRun(ctx, run, task);
  if (own !== NONE) markTask(ctx, run, own, own, NONE);
}

function isFast(rule: number): boolean {
  return rule === RULE.oneSuccess || rule === RULE.oneFailed || rule === RULE.oneDone;
}

/** Runs whose previous run (semantics 4.4) this is. */
function markNextRuns(ctx: EngineContext, run: number, task: number): void {
  const { dagRuns } = ctx.world;
  const { tasks } = ctx.plan;
  const catchup = dagOfRun(ctx, run).catchup;
  for (let next = dagRuns.later[run]!; next !== NONE; next = dagRuns.later[next]!) {
    if (tasks.flags[task]! & TASK.dependsOnPast) markSame(ctx, next, task);
    for (let i = tasks.up.from[task]!; i < tasks.up.from[task + 1]!; i++) {
      const up = tasks.up.to[i]!;
      if (tasks.flags[up]! & TASK.waitForDownstream) markSame(ctx, next, up);
    }
    if (!(catchup && dagRuns.run_type[next] === RUN_TYPE.manual)) return;
  }
}
