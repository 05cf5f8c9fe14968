/**
 * What the plant (executors, workers, task processes, triggerer) needs of the rest: facts of task
 * instance rows, and the calls that a supervisor makes to the API server (3.x) or straight to the
 * database (2.x). The engine implements it; nothing here changes a row by itself.
 *
 * Task instances, runs, dags and tasks are row or list numbers. All calls happen at the context's
 * present time.
 */

import type { TargetSpec } from '../spec.ts';

/** started; refused (3.x: 409, 404); requeued (2.x: slots are gone, the row went to none). */
export type StartAnswer = 'started' | 'refused' | 'requeued';

/** Ends that a task process reports; `fail` becomes up_for_retry or failed (semantics 1.3). */
export type TaskEnd = 'succeed' | 'skip' | 'fail' | 'fail_without_retry';

/** What a sensor on another DAG, or an operator that waits for a run, finds in the table. */
export type TargetState = 'waiting' | 'met' | 'failed' | 'skipped';

/** A run, or why TriggerDagRunOperator made none; `fails` uses retries, `ends` does not. */
export type Triggered = { readonly run: number } | 'skips' | 'fails' | 'ends';

export interface TaskFacts {
  /** Number of the DAG's version (dagVersions.ts) that is in its file, place of the task in it. */
  dagOf(ti: number): number;
  taskOf(ti: number): number;
  /** Number in the plan of the task whose code runs: one per version and place. */
  numberOf(ti: number): number;
  /** False: the file does not have the task any more. */
  isInFile(ti: number): boolean;
  /** How often its present try was put off. */
  reschedulesOf(ti: number): number;
  mapIndexOf(ti: number): number;
  /** Number of the broker queue that the task names. */
  queueOf(ti: number): number;
  /** Position of its executor in a lane that has several. */
  executorOf(ti: number): number;
  /** A number that names dag and task for random draws. */
  taskKeyOf(ti: number): number;
  runIdOf(ti: number): string;
  /** A number that names the run alike in every lane and version (for common random numbers). */
  runKeyOf(ti: number): number;
  tryNumberOf(ti: number): number;
  /** The try may be followed by another (asked once, when it starts). */
  shouldRetry(ti: number): boolean;
  /** The next start resumes a deferral. */
  isResuming(ti: number): boolean;
  /** The deferral ended by a failure or a timeout, not by an event. */
  resumeFailed(ti: number): boolean;
  /** It ended by an error in its trigger, not by its timeout. */
  resumeRaised(ti: number): boolean;
  /** Row is running in this try. */
  isRunning(ti: number, tryNumber: number): boolean;
  /** Row is queued in this try. */
  isQueued(ti: number, tryNumber: number): boolean;
  /** State as an executor that reads the row passes it on; null when it is neither. */
  endOf(ti: number): 'success' | 'failed' | null;
}

export interface WorkerCalls {
  start(ti: number, tryNumber: number): StartAnswer;
  /** `returnsLength`: length of the pushed list, -1 when there is none. False: not accepted. */
  finish(ti: number, tryNumber: number, end: TaskEnd, returnsLength: number): boolean;
  /** The next retry of the row comes after this delay, whatever the task says (retry_policy). */
  retryAfter(ti: number, delay: number): void;
  /** Up for reschedule until the time. */
  reschedule(ti: number, tryNumber: number, date: number): boolean;
  /** Deferred; the scheduler resumes it with a failure when `timeout` (Infinity: none) passes. */
  defer(ti: number, tryNumber: number, timeout: number): boolean;
  /** The triggerer's word for a deferred row. */
  triggerFired(ti: number, tryNumber: number): void;
  /** The trigger has raised: a worker resumes the task with that error. */
  triggerRaised(ti: number, tryNumber: number): void;
  /** The trigger has ended the task itself. */
  triggerEnded(ti: number, tryNumber: number, end: 'succeed' | 'skip' | 'fail'): void;
  /** Human in the loop: the task begins to ask. */
  ask(ti: number): void;
  /** Somebody answers what the try has asked. */
  answer(ti: number, tryNumber: number, chosen: readonly string[]): void;
  /** It parks until it is answered or the time is up. */
  park(ti: number, tryNumber: number, timeout: number): void;
  /** null: nobody answered in time. */
  answerOf(ti: number): readonly string[] | null;
  /** A branch writes skipped on those of its successors that are not chosen, before it ends. */
  branch(ti: number, chosen: readonly string[] | null): void;
  /** A false short circuit skips what follows. */
  shortCircuit(ti: number, ignoresRules: boolean): void;
  triggerDagRun(ti: number, target: TargetSpec): Triggered;
  /** State of a triggered run as the operator's lists see it. */
  runEnd(run: number, target: TargetSpec): TargetState;
  /** ExternalTaskSensor. `unknown`: check_existence finds that there is no such target. */
  externalState(ti: number, target: TargetSpec): TargetState | 'unknown';
  /** SequentialExecutor's batch is through: the scheduler's thread goes on. */
  resumeScheduler(): void;
  /** The executor of a stopping scheduler waits for nothing any more. */
  executorEnded(scheduler: number): void;
}

export type Port = TaskFacts & WorkerCalls;
