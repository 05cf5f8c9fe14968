/**
 * The port of the plant (runner/port.ts) to the rows: facts of task instances, and the calls of
 * workers, supervisors and the triggerer (workerApi.ts).
 */
import { TI, TI_EVENT, triesLeft } from '../machines/index.ts';
import { endOfTriggered, triggerByOperator } from './actions/triggerByOperator.ts';
import { endedOutside } from './callbacks.ts';
import type { EngineContext } from './context.ts';
import { externalState } from './externalTask.ts';
import { answerOf, giveAnswer, openQuestion, park } from './hitl.ts';
import { FILE } from './dagFiles.ts';
import { taskInVersion, type TaskPlan } from './plan/plan.ts';
import { NONE, TI_FLAG } from './rows.ts';
import type { Port, StartAnswer, TargetState, TaskEnd, Triggered } from './runner/port.ts';
import { schedulerEnds } from './scheduler/processes.ts';
import type { TargetSpec } from './spec.ts';
import { changeTi } from './taskInstance/change.ts';
import { failFast } from './taskInstance/failFast.ts';
import { followBranch, shortCircuit } from './taskInstance/skipping.ts';
import { decideLatest, finishTi, isRunningTry, rescheduleTi, startTi } from './workerApi.ts';
import type { World } from './world/world.ts';
import { dagOfRun } from './world/versions.ts';
import { countReschedules } from './taskInstance/reschedules.ts';

/** Asset events are not produced by these ends (semantics 8.4). */
const TRIGGER_END = {
  succeed: TI_EVENT.trigger_success,
  skip: TI_EVENT.trigger_skipped,
  fail: TI_EVENT.trigger_failed,
} as const;

/** `resume` is called when SequentialExecutor's batch is through. */
export function createPort(ctx: EngineContext, resume: () => void): Port {
  return new EnginePort(ctx, resume);
}

/** A class, because its calls are the hottest ones between plant and rows. */
class EnginePort implements Port {
  readonly resumeScheduler: () => void;
  private readonly ctx: EngineContext;
  private readonly tis: World['taskInstances'];
  private readonly tasks: TaskPlan;
  /** No file ever changes its content. */
  private readonly fixed: boolean;

  constructor(ctx: EngineContext, resume: () => void) {
    this.ctx = ctx;
    this.tis = ctx.world.taskInstances;
    this.tasks = ctx.plan.tasks;
    this.fixed = ctx.plan.versions.length === ctx.plan.dags.length;
    this.resumeScheduler = resume;
  }

  numberOf(ti: number): number {
    return this.codeOf(ti);
  }

  dagOf(ti: number): number {
    return this.tasks.version[this.codeOf(ti)]!;
  }

  taskOf(ti: number): number {
    return this.tasks.position[this.codeOf(ti)]!;
  }

  isInFile(ti: number): boolean {
    return this.fixed || this.inFile(ti) >= 0;
  }

  reschedulesOf(ti: number): number {
    return countReschedules(this.ctx, ti);
  }

  /** The task whose code a process runs: that of the file as it is, where the file has it. */
  private codeOf(ti: number): number {
    const task = this.tis.task[ti]!;
    if (this.fixed) return task;
    const there = this.inFile(ti);
    return there < 0 ? task : there;
  }

  /** Runs that are pinned to a version have the file as it was then. */
  private inFile(ti: number): number {
    const { dags } = this.ctx.world;
    const task = this.tis.task[ti]!;
    const dag = this.tasks.dag[task]!;
    if (dagOfRun(this.ctx, this.tis.dag_run[ti]!).pinsRuns) return task;
    if (dags.file[dag] === FILE.gone) return NONE;
    return taskInVersion(this.ctx.plan, task, dags.content[dag]!);
  }

  mapIndexOf(ti: number): number {
    return this.tis.map_index[ti]!;
  }

  queueOf(ti: number): number {
    return this.tasks.queue[this.tis.task[ti]!]!;
  }

  executorOf(ti: number): number {
    return this.ctx.routes?.[this.tis.task[ti]!] ?? 0;
  }

  taskKeyOf(ti: number): number {
    return this.tasks.key[this.tis.task[ti]!]!;
  }

  runIdOf(ti: number): string {
    const { dagRuns, texts } = this.ctx.world;
    return texts.get(dagRuns.run_id[this.tis.dag_run[ti]!]!);
  }

  runKeyOf(ti: number): number {
    return this.ctx.world.dagRuns.draw_key[this.tis.dag_run[ti]!]!;
  }

  tryNumberOf(ti: number): number {
    return this.tis.try_number[ti]!;
  }

  shouldRetry(ti: number): boolean {
    return triesLeft(this.tis.try_number[ti]!, this.tis.max_tries[ti]!);
  }

  isResuming(ti: number): boolean {
    return (this.tis.flags[ti]! & TI_FLAG.resuming) !== 0;
  }

  resumeFailed(ti: number): boolean {
    return (this.tis.flags[ti]! & TI_FLAG.resumeFailed) !== 0;
  }

  resumeRaised(ti: number): boolean {
    return (this.tis.flags[ti]! & TI_FLAG.resumeRaised) !== 0;
  }

  isRunning(ti: number, tryNumber: number): boolean {
    return isRunningTry(this.ctx, ti, tryNumber);
  }

  isQueued(ti: number, tryNumber: number): boolean {
    return this.tis.state[ti] === TI.queued && this.tis.try_number[ti] === tryNumber;
  }

  endOf(ti: number): 'success' | 'failed' | null {
    if (this.tis.state[ti] === TI.success) return 'success';
    return this.tis.state[ti] === TI.failed ? 'failed' : null;
  }

  start(ti: number, tryNumber: number): StartAnswer {
    return startTi(this.ctx, ti, tryNumber);
  }

  finish(ti: number, tryNumber: number, end: TaskEnd, returnsLength: number): boolean {
    if (end === 'succeed' && isRunningTry(this.ctx, ti, tryNumber)) decideLatest(this.ctx, ti);
    return finishTi(this.ctx, ti, tryNumber, end, undefined, returnsLength);
  }

  reschedule(ti: number, tryNumber: number, date: number): boolean {
    return rescheduleTi(this.ctx, ti, tryNumber, date);
  }

  defer(ti: number, tryNumber: number, timeout: number): boolean {
    const { ctx } = this;
    return isRunningTry(ctx, ti, tryNumber) && changeTi(ctx, ti, TI_EVENT.defer, timeout);
  }

  triggerFired(ti: number, tryNumber: number): void {
    if (this.ctx.world.taskInstances.try_number[ti] === tryNumber) {
      changeTi(this.ctx, ti, TI_EVENT.trigger_event);
    }
  }

  triggerRaised(ti: number, tryNumber: number): void {
    const { taskInstances: tis } = this.ctx.world;
    if (tis.try_number[ti] !== tryNumber) return;
    if (!changeTi(this.ctx, ti, TI_EVENT.trigger_failure)) return;
    tis.flags[ti]! |= TI_FLAG.resumeFailed | TI_FLAG.resumeRaised;
  }

  triggerEnded(ti: number, tryNumber: number, end: 'succeed' | 'skip' | 'fail'): void {
    if (this.ctx.world.taskInstances.try_number[ti] !== tryNumber) return;
    if (!changeTi(this.ctx, ti, TRIGGER_END[end])) return;
    endedOutside(this.ctx, ti);
    failFast(this.ctx, ti);
  }

  ask(ti: number): void {
    openQuestion(this.ctx, ti);
  }

  answer(ti: number, tryNumber: number, chosen: readonly string[]): void {
    if (this.ctx.world.taskInstances.try_number[ti] === tryNumber) giveAnswer(this.ctx, ti, chosen);
  }

  retryAfter(ti: number, delay: number): void {
    this.ctx.world.retryDelays.set(ti, delay);
  }

  park(ti: number, tryNumber: number, timeout: number): void {
    if (isRunningTry(this.ctx, ti, tryNumber)) park(this.ctx, ti, timeout);
  }

  answerOf(ti: number): readonly string[] | null {
    return answerOf(this.ctx, ti);
  }

  branch(ti: number, chosen: readonly string[] | null): void {
    followBranch(this.ctx, ti, chosen);
  }

  shortCircuit(ti: number, ignoresRules: boolean): void {
    shortCircuit(this.ctx, ti, ignoresRules);
  }

  triggerDagRun(ti: number, target: TargetSpec): Triggered {
    return triggerByOperator(this.ctx, ti, target);
  }

  runEnd(run: number, target: TargetSpec): TargetState {
    return endOfTriggered(this.ctx, run, target);
  }

  externalState(ti: number, target: TargetSpec): TargetState | 'unknown' {
    return externalState(this.ctx, ti, target);
  }

  executorEnded(scheduler: number): void {
    schedulerEnds(this.ctx, scheduler);
  }
}
