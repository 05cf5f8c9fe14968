/** What a worker checks before it starts a task instance (semantics 1.2 T8, 4.3). */
import { TI } from '../machines/index.ts';
import type { EngineContext } from './context.ts';
import { checkTaskDeps, type DepsAnswer } from './dependencies/taskDeps.ts';
import { openSlots } from './limits.ts';
import type { StartAnswer } from './runner/port.ts';
import { isIn, SCHEDULABLE } from './taskInstance/states.ts';
import { eachTi } from './world/lookup.ts';
import { storedDag } from './world/versions.ts';

const answer: DepsAnswer = { passes: false, early: 0, heldBy: 0 };

/** 3.x: the state alone. 2.x: the dependencies again; slots that are gone send it back to none. */
export function canStillStart(ctx: EngineContext, ti: number): StartAnswer {
  const state = ctx.world.taskInstances.state[ti]!;
  if (!ctx.profile.workerChecksDependencies) {
    return state === TI.queued || state === TI.restarting ? 'started' : 'refused';
  }
  if (state !== TI.queued && !isIn(SCHEDULABLE, state)) return 'refused';
  checkTaskDeps(ctx, ti, false, answer);
  if (!answer.passes) return 'refused';
  return hasSlots(ctx, ti) ? 'started' : 'requeued';
}

/** Limits that count running task instances, unlike those of the critical section. */
function hasSlots(ctx: EngineContext, ti: number): boolean {
  const { taskInstances: tis, dagRuns } = ctx.world;
  const { tasks } = ctx.plan;
  const task = tis.task[ti]!;
  const run = tis.dag_run[ti]!;
  const own = tis.state[ti] === TI.queued ? tasks.poolSlots[task]! : 0;
  if (openSlots(ctx, tasks.pool[task]!) + own < tasks.poolSlots[task]!) return false;
  const dag = dagRuns.dag[run]!;
  if (runningOfDag(ctx, dag) >= storedDag(ctx, dag).maxActiveTasks) return false;
  const perDag = tasks.maxActivePerDag[task]!;
  if (perDag >= 0 && runningOfTask(ctx, task) >= perDag) return false;
  const perRun = tasks.maxActivePerRun[task]!;
  return perRun < 0 || runningIn(ctx, run, task) < perRun;
}

function runningOfDag(ctx: EngineContext, dag: number): number {
  const { runningTis, taskInstances: tis } = ctx.world;
  let count = 0;
  for (let ti = runningTis.next(0); ti >= 0; ti = runningTis.next(ti + 1)) {
    if (ctx.plan.tasks.dag[tis.task[ti]!] === dag) count += 1;
  }
  return count;
}

function runningOfTask(ctx: EngineContext, task: number): number {
  const { counter } = ctx.plan.tasks;
  const { runningTis, taskInstances: tis } = ctx.world;
  let count = 0;
  for (let ti = runningTis.next(0); ti >= 0; ti = runningTis.next(ti + 1)) {
    if (counter[tis.task[ti]!] === counter[task]) count += 1;
  }
  return count;
}

function runningIn(ctx: EngineContext, run: number, task: number): number {
  const { taskInstances: tis } = ctx.world;
  let count = 0;
  eachTi(ctx, run, task, (ti) => {
    if (tis.state[ti] === TI.running) count += 1;
  });
  return count;
}
