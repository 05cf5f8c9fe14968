/**
 * What workers, supervisors and the triggerer may do to a task instance: the execution API of 3.x,
 * the direct writes of 2.x (semantics 6.1.5, 7, 8, 15.4). Implements runner/port.ts.
 */
import { TI, TI_EVENT, triesLeft } from '../machines/index.ts';
import { emitOutlets } from './assets.ts';
import { endedOutside } from './callbacks.ts';
import type { EngineContext } from './context.ts';
import { endOfTriggered, triggerByOperator } from './actions/triggerByOperator.ts';
import { externalState } from './externalTask.ts';
import { answerOf, giveAnswer, openQuestion, park } from './hitl.ts';
import { TASK } from './plan/index.ts';
import { TI_FLAG } from './rows.ts';
import type { Port, StartAnswer, TaskEnd } from './runner/port.ts';
import { afterTaskEnd } from './scheduler/miniScheduler.ts';
import { schedulerEnds } from './scheduler/processes.ts';
import type { TargetSpec } from './spec.ts';
import { changeTi } from './taskInstance/change.ts';
import { failFast } from './taskInstance/failFast.ts';
import { followLatest } from './taskInstance/latestOnly.ts';
import { setRescheduleDate } from './taskInstance/reschedules.ts';
import { followBranch, shortCircuit } from './taskInstance/skipping.ts';
import { clearXComs, pushReturnValue } from './world/xcoms.ts';
import { canStillStart } from './workerStart.ts';

/** `resume` is called when SequentialExecutor's batch is through. */
export function createPort(ctx: EngineContext, resume: () => void): Port {
  return {
    ...facts(ctx),
    ...calls(ctx),
    resumeScheduler: resume,
    executorEnded: (scheduler) => schedulerEnds(ctx, scheduler),
  };
}

function facts(ctx: EngineContext) {
  const { taskInstances: tis, dagRuns, texts } = ctx.world;
  const { tasks } = ctx.plan;
  const taskOf = (ti: number): number => tis.task[ti]!;
  const isThe = (ti: number, tryNumber: number, state: number): boolean =>
    tis.state[ti] === state && tis.try_number[ti] === tryNumber;
  return {
    dagOf: (ti: number) => tasks.dag[taskOf(ti)]!,
    taskOf: (ti: number) => tasks.position[taskOf(ti)]!,
    mapIndexOf: (ti: number) => tis.map_index[ti]!,
    queueOf: (ti: number) => tasks.queue[taskOf(ti)]!,
    executorOf: (ti: number) => ctx.routes?.[taskOf(ti)] ?? 0,
    taskKeyOf: (ti: number) => tasks.key[taskOf(ti)]!,
    runIdOf: (ti: number) => texts.get(dagRuns.run_id[tis.dag_run[ti]!]!),
    runKeyOf: (ti: number) => dagRuns.draw_key[tis.dag_run[ti]!]!,
    tryNumberOf: (ti: number) => tis.try_number[ti]!,
    shouldRetry: (ti: number) => triesLeft(tis.try_number[ti]!, tis.max_tries[ti]!),
    isResuming: (ti: number) => (tis.flags[ti]! & TI_FLAG.resuming) !== 0,
    resumeFailed: (ti: number) => (tis.flags[ti]! & TI_FLAG.resumeFailed) !== 0,
    resumeRaised: (ti: number) => (tis.flags[ti]! & TI_FLAG.resumeRaised) !== 0,
    isRunning: (ti: number, tryNumber: number) => isThe(ti, tryNumber, TI.running),
    isQueued: (ti: number, tryNumber: number) => isThe(ti, tryNumber, TI.queued),
    endOf(ti: number): 'success' | 'failed' | null {
      if (tis.state[ti] === TI.success) return 'success';
      return tis.state[ti] === TI.failed ? 'failed' : null;
    },
  };
}

function calls(ctx: EngineContext) {
  return {
    start: (ti: number, tryNumber: number) => startTi(ctx, ti, tryNumber),
    finish(ti: number, tryNumber: number, end: TaskEnd, returnsLength: number) {
      if (end === 'succeed' && isRunningTry(ctx, ti, tryNumber)) decideLatest(ctx, ti);
      return finishTi(ctx, ti, tryNumber, end, undefined, returnsLength);
    },
    reschedule: (ti: number, tryNumber: number, date: number) =>
      rescheduleTi(ctx, ti, tryNumber, date),
    defer: (ti: number, tryNumber: number, timeout: number) =>
      isRunningTry(ctx, ti, tryNumber) && changeTi(ctx, ti, TI_EVENT.defer, timeout),
    triggerFired(ti: number, tryNumber: number) {
      if (ctx.world.taskInstances.try_number[ti] === tryNumber) {
        changeTi(ctx, ti, TI_EVENT.trigger_event);
      }
    },
    triggerRaised(ti: number, tryNumber: number) {
      const { taskInstances: tis } = ctx.world;
      if (tis.try_number[ti] !== tryNumber) return;
      if (!changeTi(ctx, ti, TI_EVENT.trigger_failure)) return;
      tis.flags[ti]! |= TI_FLAG.resumeFailed | TI_FLAG.resumeRaised;
    },
    triggerEnded(ti: number, tryNumber: number, end: 'succeed' | 'skip' | 'fail') {
      if (ctx.world.taskInstances.try_number[ti] !== tryNumber) return;
      if (!changeTi(ctx, ti, TRIGGER_END[end])) return;
      endedOutside(ctx, ti);
      failFast(ctx, ti);
    },
    ask: (ti: number) => openQuestion(ctx, ti),
    answer(ti: number, tryNumber: number, chosen: readonly string[]) {
      if (ctx.world.taskInstances.try_number[ti] === tryNumber) giveAnswer(ctx, ti, chosen);
    },
    retryAfter(ti: number, delay: number) {
      ctx.world.retryDelays.set(ti, delay);
    },
    park(ti: number, tryNumber: number, timeout: number) {
      if (isRunningTry(ctx, ti, tryNumber)) park(ctx, ti, timeout);
    },
    answerOf: (ti: number) => answerOf(ctx, ti),
    branch(ti: number, chosen: readonly string[] | null) {
      followBranch(ctx, ti, chosen);
    },
    shortCircuit(ti: number, ignoresRules: boolean) {
      shortCircuit(ctx, ti, ignoresRules);
    },
    triggerDagRun: (ti: number, target: TargetSpec) => triggerByOperator(ctx, ti, target),
    runEnd: (run: number, target: TargetSpec) => endOfTriggered(ctx, run, target),
    externalState: (ti: number, target: TargetSpec) => externalState(ctx, ti, target),
  };
}

/** queued or restarting -> running. XComs of earlier tries go, except when a deferral resumes. */
export function startTi(ctx: EngineContext, ti: number, tryNumber: number): StartAnswer {
  const { taskInstances: tis } = ctx.world;
  if (tis.try_number[ti] !== tryNumber) return 'refused';
  const resuming = (tis.flags[ti]! & TI_FLAG.resuming) !== 0;
  const answer = canStillStart(ctx, ti);
  if (answer !== 'started') {
    if (answer === 'requeued') changeTi(ctx, ti, TI_EVENT.start_refused);
    return answer;
  }
  if (!changeTi(ctx, ti, TI_EVENT.start)) return 'refused';
  if (ctx.world.retryDelays.size > 0) ctx.world.retryDelays.delete(ti);
  if (!resuming) clearXComs(ctx, ti);
  return 'started';
}

/** LatestOnlyOperator looks at the clock itself; no behaviour says what it chooses. */
function decideLatest(ctx: EngineContext, ti: number): void {
  const flags = ctx.plan.tasks.flags[ctx.world.taskInstances.task[ti]!]!;
  if ((flags & TASK.latestOnly) !== 0) followLatest(ctx, ti);
}

/** Asset events are not produced by these ends (semantics 8.4). */
const TRIGGER_END = {
  succeed: TI_EVENT.trigger_success,
  skip: TI_EVENT.trigger_skipped,
  fail: TI_EVENT.trigger_failed,
} as const;

const END_EVENT: Readonly<Record<TaskEnd, number>> = {
  succeed: TI_EVENT.succeed,
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
  if (!changeTi(ctx, ti, END_EVENT[end])) return false;
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

function isRunningTry(ctx: EngineContext, ti: number, tryNumber: number): boolean {
  const { taskInstances: tis } = ctx.world;
  return tis.state[ti] === TI.running && tis.try_number[ti] === tryNumber;
}
