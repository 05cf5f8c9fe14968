/** The state of a run after a pass over its task instances (semantics 2.5). */
import { DAG_RUN_EVENT } from '../../machines/index.ts';
import { TI } from '../../machines/index.ts';
import type { EngineContext } from '../context.ts';
import { addMark, writeMarks } from '../dependencies/passMarks.ts';
import { checkTaskDeps, type DepsAnswer } from '../dependencies/taskDeps.ts';
import { TASK } from '../plan/index.ts';
import { EARLY } from '../rules/index.ts';
import { changeTi } from '../taskInstance/change.ts';
import { FAILED_STATES, isIn, SUCCESS_STATES, UNFINISHED } from '../taskInstance/states.ts';
import { eachTi, eachTiOfRun } from '../world/lookup.ts';
import type { Decision } from './decide.ts';
import { EARLY_EVENT } from './earlyEvents.ts';
import { dagOfRun } from '../world/versions.ts';

/** Event of the DAG-run machine that the run's task instances ask for, -1 to go on. */
export function runEvent(
  ctx: EngineContext,
  run: number,
  unfinishedBefore: number,
  decision: Decision,
): number {
  const { dagRuns } = ctx.world;
  let unfinished = decision.expanded ? dagRuns.unfinished[run]! : unfinishedBefore;
  const testable =
    unfinished > 0 && dagRuns.unfinished_held[run] === 0 && dagRuns.parked[run] === 0;
  let runnable = true;
  if (testable && decision.ready.length === 0 && !decision.changed && !decision.passedMarked) {
    const before = dagRuns.unfinished[run]!;
    runnable = hasRunnable(ctx, run);
    // Marks of the test count at once.
    if (dagRuns.unfinished[run]! < before) unfinished = dagRuns.unfinished[run]!;
  }
  if (unfinished === 0) {
    const ends = endOfLeaves(ctx, run);
    if (ends !== NOT_DECIDED) return ends;
  }
  return testable && unfinished > 0 && !runnable ? DAG_RUN_EVENT.deadlock : NOT_DECIDED;
}

export const NOT_DECIDED = -1;

/** Leaves without removed ones: one failed, all successful, or something else. */
function endOfLeaves(ctx: EngineContext, run: number): number {
  const { taskInstances: tis } = ctx.world;
  let failed = false;
  let other = false;
  const look = (ti: number): void => {
    const state = tis.state[ti]!;
    if (isIn(FAILED_STATES, state)) failed = true;
    else if (!isIn(SUCCESS_STATES, state) && state !== TI.removed) other = true;
  };
  const { leaves } = dagOfRun(ctx, run);
  for (let i = 0; i < leaves.length; i++) eachTi(ctx, run, leaves[i]!, look);
  if (failed) return DAG_RUN_EVENT.fail;
  return other ? NOT_DECIDED : DAG_RUN_EVENT.succeed;
}

/** 2.11.2: a mapped task that is not expanded yet fails a dependency of its own. */
function isUnexpanded(ctx: EngineContext, ti: number): boolean {
  const { taskInstances: tis } = ctx.world;
  if (tis.map_index[ti]! >= 0 || !ctx.profile.unexpandedIsHeld) return false;
  return (ctx.plan.tasks.flags[tis.task[ti]!]! & (TASK.isMapped | TASK.inMappedGroup)) !== 0;
}

const answer: DepsAnswer = { passes: false, early: 0, heldBy: 0 };

/**
 * Whether any unfinished task instance passes its dependencies when delays do not count. What was
 * scheduled passed them, and goes on doing so until somebody clears or marks a task instance of
 * the run: then all are asked, and may be marked.
 */
function hasRunnable(ctx: EngineContext, run: number): boolean {
  const { dagRuns, taskInstances: tis } = ctx.world;
  if (dagRuns.in_progress[run]! > 0 && dagRuns.disturbed[run] === 0) return true;
  let runnable = false;
  eachTiOfRun(ctx, run, (ti) => {
    if (runnable || !isIn(UNFINISHED, tis.state[ti]!)) return;
    checkTaskDeps(ctx, ti, true, answer);
    runnable = answer.passes && !isUnexpanded(ctx, ti);
    if (answer.early !== EARLY.none) addMark(ti, answer.early);
  });
  writeMarks((ti, early) => changeTi(ctx, ti, EARLY_EVENT[early]!));
  return runnable;
}
