/**
 * The life of one task instance (semantics 1.1, 1.2; T-numbers are the rows of its table).
 *
 *     none -> scheduled -> queued -> running -> success | skipped | failed
 *                ^                      |-> up_for_retry | up_for_reschedule -> scheduled
 *                +----------------------+-> deferred | awaiting_input
 *
 * Who may send an event, and when, is not said here: limits, dependencies and clocks belong to the
 * scheduler, the executors and the workers.
 */
import { assign, setup } from 'xstate';
import type { StateMeta } from './meta.ts';
import { has } from './profile.ts';
import type { AirflowVersion, Capability } from './profile.ts';
import {
  anywhere,
  finished,
  holding,
  mismatch,
  schedulable,
  unfinished,
} from './taskInstance.shared.ts';
import { command, metaFor, to } from './parts.ts';

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
const source = metaFor('task_instance', 'airflow/utils/state.py 3.3.2, 2.11.2');
const meta = (state: string): StateMeta => source(state, `st-${state}`);

export const taskInstanceMachine = setup({
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
}).createMachine({
  id: 'task_instance',
  initial: 'none',
  context: ({ input }) => input,
  on: { remove: '.removed' }, // T23
  states: {
    none: {
      meta: meta('none'),
      tags: ['unfinished', 'schedulable'],
      on: {
        ...schedulable,
        schedule: to('scheduled', 'increment_try_number', 'set_scheduled_dttm'), // T1
        succeed_empty: to('success', 'increment_try_number', 'set_both_dates'), // T2
        defer_at_start: to('deferred', 'increment_try_number', 'set_start_date', 'set_next_method'),
        dagrun_timeout: [{ guard: 'timeout_leaves_none' }, schedulable.dagrun_timeout], // T25
      },
    },
    scheduled: {
      meta: meta('scheduled'),
      tags: ['unfinished'],
      on: {
        ...unfinished,
        queue: to('queued', 'set_queued_dttm', 'take_pool_slots'), // T5
        serialized_dag_missing: to('failed', 'fill_dates'), // T6
        executor_success: [
          { guard: 'mismatch_only_queued' },
          { guard: 'resuming' },
          ...mismatch.scheduled,
        ],
        executor_failed: [{ guard: 'mismatch_only_queued' }, ...mismatch.scheduled],
      },
    },
    queued: {
      meta: meta('queued'),
      tags: ['unfinished', 'execution', 'active', 'adoptable'],
      on: {
        ...holding,
        dagrun_finished: to('none', 'free_pool_slots', 'disown'), // T7
        start: [
          { guard: 'resuming', ...to('running', 'record_worker') },
          to('running', 'set_start_date', 'record_worker'), // T8
        ],
        start_refused: { guard: 'worker_writes_database', ...to('none', 'free_pool_slots') },
        requeue_stuck: to(
          'scheduled', // T9
          'free_pool_slots',
          'clear_queued_dttm',
          'set_scheduled_dttm',
          'disown',
        ),
        fail_stuck: to('failed', 'free_pool_slots', 'fill_dates'), // T10
        executor_success: mismatch.queued,
        executor_failed: mismatch.queued,
      },
    },
    running: {
      meta: meta('running'),
      tags: ['unfinished', 'execution', 'active', 'adoptable'],
      on: {
        ...holding,
        succeed: to('success', 'free_pool_slots', 'set_end_date', 'clear_next_method'),
        skip: to('skipped', 'free_pool_slots', 'set_end_date', 'clear_next_method'),
        fail: [{ ...mismatch.running[0], guard: 'tries_left' }, mismatch.running[1]],
        fail_without_retry: mismatch.running[1],
        reschedule: to(
          'up_for_reschedule',
          'free_pool_slots',
          'set_end_date',
          'add_task_reschedule',
          'clear_next_method',
        ),
        defer: to('deferred', 'free_pool_slots', 'set_next_method'),
        await_input: {
          guard: 'parks_for_input',
          ...to('awaiting_input', 'free_pool_slots', 'set_next_method'),
        },
        answered_before_parking: {
          guard: 'parks_for_input',
          ...to('scheduled', 'free_pool_slots', 'set_next_method', 'set_scheduled_dttm'), // T20a
        },
        executor_success: [{ guard: 'mismatch_only_queued' }, ...mismatch.running],
        executor_failed: [{ guard: 'mismatch_only_queued' }, ...mismatch.running],
        heartbeat_timeout: [
          { guard: 'executor_ends_zombies', actions: ['fail_in_executor'] },
          ...mismatch.running,
        ],
        clear: to('restarting', 'free_pool_slots', 'prepare_db_for_next_try'), // T14
        fail_fast: holding.mark_failed,
        branch_skip: [{ guard: 'worker_writes_database', ...holding.branch_skip }, {}],
      },
    },
    restarting: {
      meta: meta('restarting'),
      tags: ['unfinished', 'adoptable'],
      on: {
        ...unfinished,
        start: to('running', 'take_pool_slots', 'set_start_date', 'record_worker'), // T8
        executor_success: to('none', 'raise_max_tries'), // T15
        executor_failed: to('up_for_retry', 'set_end_date', 'clear_next_method'), // T16
        fail: { guard: 'worker_writes_database', ...to('up_for_retry', 'set_end_date') }, // T16
        heartbeat_timeout: { guard: 'executor_ends_zombies', actions: ['fail_in_executor'] },
        orphan_reset: to('none', 'prepare_db_for_next_try', 'clear_next_method', 'disown'), // T12
      },
    },
    up_for_retry: {
      meta: meta('up_for_retry'),
      tags: ['unfinished', 'schedulable'],
      on: {
        ...schedulable,
        schedule: to('scheduled', 'increment_try_number', 'set_scheduled_dttm'), // T18
        defer_at_start: to('deferred', 'increment_try_number', 'set_start_date', 'set_next_method'),
      },
    },
    up_for_reschedule: {
      meta: meta('up_for_reschedule'),
      tags: ['unfinished', 'schedulable'],
      on: { ...schedulable, schedule: to('scheduled', 'set_scheduled_dttm') }, // T19
    },
    deferred: {
      meta: meta('deferred'),
      tags: ['unfinished', 'active'],
      entry: ['take_deferred_slots', 'create_trigger'],
      exit: ['remove_trigger', 'free_deferred_slots'],
      on: {
        ...unfinished,
        trigger_event: to('scheduled', 'set_next_method', 'set_scheduled_dttm'), // T20
        trigger_failure: to('scheduled', 'set_next_method', 'set_scheduled_dttm'),
        trigger_timeout: to('scheduled', 'set_next_method', 'set_scheduled_dttm'),
        trigger_success: to('success', 'set_end_date'), // T21
        trigger_skipped: to('skipped', 'set_end_date'),
        trigger_failed: [
          { guard: 'trigger_failure_is_final', ...to('failed', 'set_end_date') },
          ...mismatch.scheduled,
        ],
      },
    },
    awaiting_input: {
      meta: meta('awaiting_input'),
      tags: ['unfinished', 'active'],
      on: {
        ...unfinished,
        answer: to('scheduled', 'set_next_method', 'set_scheduled_dttm'), // T20a
        answer_timeout: to('scheduled', 'set_next_method', 'set_scheduled_dttm'),
      },
    },
    success: {
      meta: meta('success'),
      tags: ['finished', 'success_state'],
      on: {
        ...finished,
        mark_success: {},
        branch_skip: [{ guard: 'worker_writes_database', ...anywhere.branch_skip }, {}],
      },
    },
    failed: {
      meta: meta('failed'),
      tags: ['finished', 'failed_state'],
      on: {
        ...finished,
        mark_failed: {},
        branch_skip: [{ guard: 'worker_writes_database', ...anywhere.branch_skip }, {}],
      },
    },
    skipped: {
      meta: meta('skipped'),
      tags: ['finished', 'success_state'],
      on: { ...anywhere, mark_skipped: {}, fail_fast: {} },
    },
    upstream_failed: {
      meta: meta('upstream_failed'),
      tags: ['finished', 'failed_state'],
      on: anywhere,
    },
    removed: {
      meta: meta('removed'),
      tags: ['finished'],
      on: { ...anywhere, restore: 'none', remove: {} }, // T24
    },
  },
});
