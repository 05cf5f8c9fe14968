/** Sets of task-instance states as bits (`1 << state`), from the machine's tags (semantics 1.1). */
import { taskInstance, TI } from '../../machines/index.ts';

const { tagged } = taskInstance;

export const FINISHED = tagged.finished;
export const UNFINISHED = tagged.unfinished;
export const SCHEDULABLE = tagged.schedulable;
/** queued, running: what pools, max_active_tasks and the 2.x limits count. */
export const EXECUTION = tagged.execution;
/** With deferred and awaiting_input: what the two limits per task count in 3.3. */
export const ACTIVE = tagged.active;
export const SUCCESS_STATES = tagged.success_state;
export const FAILED_STATES = tagged.failed_state;
export const ADOPTABLE = tagged.adoptable;
export const PARKED = (1 << TI.deferred) | (1 << TI.awaiting_input);
/** A process has them, or an executor: some check of a scheduler finds them when it is lost. */
export const IN_HAND = EXECUTION | (1 << TI.restarting);
export const IN_PROGRESS = EXECUTION | (1 << TI.scheduled);

export function isIn(set: number, state: number): boolean {
  return ((set >>> state) & 1) === 1;
}

/** 1 when only `to` is in the set, -1 when only `from` is, else 0. */
export function moved(set: number, from: number, to: number): number {
  return ((set >>> to) & 1) - ((set >>> from) & 1);
}
