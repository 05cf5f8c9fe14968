/**
 * What workers, supervisors and the triggerer may do to a task instance: the execution API of 3.x,
 * the direct writes of 2.x (semantics 6.1.5, 7, 8, 15.4).
 */
import { TI, TI_EVENT } from '../machines/index.ts';
import { emitOutlets } from './assets.ts';
import type { EngineContext } from './context.ts';
import { TASK } from './plan/index.ts';
import { TI_FLAG } from './rows.ts';
import type { StartAnswer, TaskEnd } from './runner/port.ts';
import { afterTaskEnd } from './scheduler/miniScheduler.ts';
import { isTokenValid } from './scheduler/clocks.ts';
import { changeTi } from './taskInstance/change.ts';
import { failFast } from './taskInstance/failFast.ts';
import { followLatest } from './taskInstance/latestOnly.ts';
import { startStraight, succeedStraight } from './taskInstance/straight.ts';
import { setRescheduleDate } from './taskInstance/reschedules.ts';
import { clearXComs, pushReturnValue } from './world/xcoms.ts';
import { canStillStart } from './workerStart.ts';

/** queued or restarting -> running. XComs of earlier tries go, except when a deferral resumes. */
export function startTi(ctx: EngineContext, ti: number, tryNumber: number): StartAnswer {
  const { taskInstances: tis } = ctx.world;
  if (tis.try_number[ti] !== tryNumber) return 'refused';
  const resuming = (tis.flags[ti]! & TI_FLAG.resuming) !== 0;
  if (!ctx.profile.workerChecksDependencies && !isTokenValid(ctx, ti)) return 'refused';
  const answer = canStillStart(ctx, ti);
  if (answer !== 'started') {
    if (answer === 'requeued') changeTi(ctx, ti, TI_EVENT.start_refused);
    return answer;
  }
  if (!startStraight(ctx, ti)) return 'refused';
  if (ctx.world.retryDelays.size > 0) ctx.world.retryDelays.delete(ti);
  if (!resuming) clearXComs(ctx, ti);
  return 'started';
}

/** LatestOnlyOperator looks at the clock itself; no behaviour says what it chooses. */
export function decideLatest(ctx: EngineContext, ti: number): void {
  const flags = ctx.plan.tasks.flags[ctx.world.taskInstances.task[ti]!]!;
  if ((flags & TASK.latestOnly) !== 0) followLatest(ctx, ti);
}

const END_EVENT: Readonly<Record<Exclude<TaskEnd, 'succeed'>, number>> = {
  skip: TI_EVENT.skip,
  fail: TI_EVENT.fail,
  fail_without_retry: TI_EVENT.fail_without_retry,
};

/** The end of user code. `length`: of the returned list, -1 for none; `value`: where known. */
export function finishTi(
  ctx: EngineContext,
  ti: number,
  tryNumber: number,
  end: TaskEnd,
  value: unknown,
  length: number,
): boolean {
  const { taskInstances: tis } = ctx.world;
  if (tis.try_number[ti] !== tryNumber) return false;
  if (tis.state[ti] !== TI.running && tis.state[ti] !== TI.restarting) return false;
  const pushes = end === 'succeed' && (length >= 0 || value !== undefined);
  if (pushes) pushReturnValue(ctx, ti, value, length);
  const ended = end === 'succeed' ? succeedStraight(ctx, ti) : changeTi(ctx, ti, END_EVENT[end]);
  if (!ended) return false;
  if (end === 'succeed') emitOutlets(ctx, ti);
  else failFast(ctx, ti);
  afterTaskEnd(ctx, ti);
  return true;
}

export function rescheduleTi(
  ctx: EngineContext,
  ti: number,
  tryNumber: number,
  date: number,
): boolean {
  if (!isRunningTry(ctx, ti, tryNumber)) return false;
  if (!changeTi(ctx, ti, TI_EVENT.reschedule, date)) return false;
  setRescheduleDate(ctx, ti, date);
  afterTaskEnd(ctx, ti);
  return true;
}

export function isRunningTry(ctx: EngineContext, ti: number, tryNumber: number): boolean {
  const { taskInstances: tis } = ctx.world;
  return tis.state[ti] === TI.running && tis.try_number[ti] === tryNumber;
}
