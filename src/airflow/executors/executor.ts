/**
 * What the scheduler knows of an executor: the calls of semantics 6.1.2 and 6.1.3, no more.
 *
 * A workload is one task instance row handed over for one try. Executors keep their memory in
 * saveable collections of their own and report ends as events; only the scheduler's event step
 * changes a task instance because of an executor (6.1.4).
 */
import type { SimTime } from '../../base/time.ts';

/** The end an executor reports for a key: what `event_buffer` holds. */
export type ExecutorState = 'success' | 'failed';

export interface ExecutorEvent {
  ti: number;
  try_number: number;
  state: ExecutorState;
}

export interface Executor {
  /** running + queued inside it, as `slots_occupied` of the version and executor counts. */
  slotsOccupied(): number;
  /** `slots_available`; Infinity where the executor has no limit. */
  slotsAvailable(): number;
  /** Hand-over by the scheduler: into queued_tasks, memory only. */
  queueWorkload(ti: number, tryNumber: number, priorityWeight: number): void;
  /**
   * One heartbeat: trigger_tasks(open slots), then sync. Returns how long the scheduler's only
   * thread is held by it, in microseconds, or `blocked` when it must be resumed by the executor
   * (SequentialExecutor runs its batch inside the heartbeat), or `crashed` when it raises and the
   * scheduler exits (CeleryExecutor whose result backend does not answer).
   */
  heartbeat(now: SimTime): number | 'blocked' | 'crashed';
  /** Takes the collected events, oldest first; a later event of a key replaces the earlier one. */
  drainEvents(take: (event: ExecutorEvent) => void): void;
  /** True while the executor still holds the key (guards of 6.1.4). */
  hasTask(ti: number): boolean;
  /** Adoption after a scheduler's death: true when it took the task instance over. */
  tryAdopt(ti: number): boolean;
  /** The scheduler gives the key up (no heartbeat): it leaves the executor, event `failed`. */
  fail(ti: number): void;
  /** Stuck in queued: false when the executor has no revoke (then nothing happens, 5.8). */
  revoke(ti: number): boolean;
}

/** An executor as a part of a scheduler's process, of which several may run. */
export interface SchedulerExecutor extends Executor {
  /**
   * The process is gone, and its memory with it: what was handed over but not sent is lost, what
   * has been sent goes on without an owner. `children`: the processes below it die too.
   */
  crash(children: boolean): void;
  /**
   * `end()` of a clean stop: sends nothing new. False when it waits for tasks; then the port's
   * `executorEnded` is called when it is through.
   */
  end(): boolean;
}
