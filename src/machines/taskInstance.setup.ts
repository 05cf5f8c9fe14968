/** The names of the task instance's life: columns, events, tags, guards and commands. */
import { assign, setup } from 'xstate';
import type { StateMeta } from './meta.ts';
import { command } from './parts.ts';
import { has } from './profile.ts';
import type { AirflowVersion, Capability } from './profile.ts';

/** The columns that the guards read. */
export interface TaskInstanceColumns {
  readonly airflow: AirflowVersion;
  readonly try_number: number;
  readonly max_tries: number;
  /** The task's `retries`, not a column of the row. */
  readonly retries: number;
  /** next_method is set: the next start resumes a deferral. */
  readonly resuming: boolean;
}

type Event =
  // scheduler
  | { type: 'schedule' | 'succeed_empty' | 'defer_at_start' }
  | { type: 'rule_skip' | 'rule_upstream_failed' | 'rule_remove' }
  | { type: 'expand_skip' | 'expand_upstream_failed' }
  | { type: 'queue' | 'serialized_dag_missing' | 'dagrun_finished' }
  | { type: 'requeue_stuck' | 'fail_stuck' | 'orphan_reset' | 'heartbeat_timeout' }
  | { type: 'executor_success' | 'executor_failed' }
  | { type: 'dagrun_timeout' | 'remove' | 'restore' }
  // worker
  | { type: 'start' | 'start_refused' | 'branch_skip' | 'fail_fast' }
  | { type: 'succeed' | 'skip' | 'fail' | 'fail_without_retry' }
  | { type: 'reschedule' | 'defer' | 'await_input' | 'answered_before_parking' }
  // triggerer, API server
  | { type: 'trigger_event' | 'trigger_failure' | 'trigger_timeout' }
  | { type: 'trigger_success' | 'trigger_failed' | 'trigger_skipped' }
  | { type: 'answer' | 'answer_timeout' }
  // people
  | { type: 'clear' | 'mark_success' | 'mark_failed' | 'mark_skipped' };

type Tag =
  | 'finished'
  | 'unfinished'
  | 'success_state'
  | 'failed_state'
  | 'schedulable'
  | 'execution'
  | 'active'
  | 'adoptable';

/** Worker side (semantics 1.3): asked once, when the try starts. */
export function triesLeft(tryNumber: number, maxTries: number): boolean {
  return maxTries !== 0 && tryNumber <= maxTries;
}

/** Scheduler side (semantics 1.3): asked when the executor and the database disagree. */
export function retryEligible(retries: number, tryNumber: number, maxTries: number): boolean {
  return retries > 0 && tryNumber <= maxTries;
}

const capability =
  (name: Capability) =>
  ({ context }: { context: TaskInstanceColumns }): boolean =>
    has(context.airflow, name);

export const taskInstanceSetup = setup({
  types: {
    context: {} as TaskInstanceColumns,
    input: {} as TaskInstanceColumns,
    events: {} as Event,
    tags: {} as Tag,
    meta: {} as StateMeta,
  },
  guards: {
    tries_left: ({ context }) => triesLeft(context.try_number, context.max_tries),
    retry_eligible: ({ context: c }) => retryEligible(c.retries, c.try_number, c.max_tries),
    resuming: ({ context }) => context.resuming,
    worker_writes_database: capability('worker_writes_database'),
    mismatch_only_queued: capability('mismatch_only_queued'),
    executor_ends_zombies: capability('executor_ends_zombies'),
    trigger_failure_is_final: capability('trigger_failure_is_final'),
    timeout_leaves_none: capability('timeout_leaves_none'),
    resets_with_history: capability('resets_with_history'),
    parks_for_input: capability('parks_for_input'),
  },
  actions: {
    increment_try_number: assign({ try_number: ({ context }) => context.try_number + 1 }),
    set_scheduled_dttm: command,
    set_queued_dttm: command,
    clear_queued_dttm: command,
    take_pool_slots: command,
    free_pool_slots: command,
    take_deferred_slots: command,
    free_deferred_slots: command,
    set_start_date: command,
    record_worker: command,
    set_end_date: command,
    set_both_dates: command,
    fill_dates: command,
    prepare_db_for_next_try: command,
    raise_max_tries: assign({ max_tries: ({ context }) => context.try_number + context.retries }),
    set_next_method: assign({ resuming: true }),
    clear_next_method: assign({ resuming: false }),
    create_trigger: command,
    remove_trigger: command,
    add_task_reschedule: command,
    fail_in_executor: command,
    disown: command,
  },
});
