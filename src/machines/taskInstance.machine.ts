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
import type { StateMeta } from './meta.ts';
import { metaFor, to } from './parts.ts';
import { taskInstanceSetup } from './taskInstance.setup.ts';
import {
  anywhere,
  finished,
  holding,
  mismatch,
  orphanReset,
  resume,
  schedulable,
  tryEnds,
  unfinished,
} from './taskInstance.shared.ts';

const source = metaFor('task_instance', 'airflow/utils/state.py 3.3.2, 2.11.2');
const meta = (state: string): StateMeta => source(state, `st-${state}`);

export const taskInstanceMachine = taskInstanceSetup.createMachine({
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
        ...tryEnds, // T13
        executor_success: [{ guard: 'mismatch_only_queued' }, ...mismatch.running],
        executor_failed: [{ guard: 'mismatch_only_queued' }, ...mismatch.running],
        heartbeat_timeout: [
          { guard: 'executor_ends_zombies', actions: ['fail_in_executor'] },
          ...mismatch.running,
        ],
        clear: to('restarting', 'free_pool_slots', 'prepare_db_for_next_try'), // T14
        fail_fast: to('failed', 'free_pool_slots'),
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
        // T16: the worker of 2.x writes what its code came to, whoever has cleared the row.
        fail: { guard: 'worker_writes_database', ...to('up_for_retry', 'set_end_date') },
        succeed: { guard: 'worker_writes_database', ...to('success', 'set_end_date') },
        skip: { guard: 'worker_writes_database', ...to('skipped', 'set_end_date') },
        fail_without_retry: { guard: 'worker_writes_database', ...to('failed', 'set_end_date') },
        heartbeat_timeout: { guard: 'executor_ends_zombies', actions: ['fail_in_executor'] },
        orphan_reset: orphanReset, // T12
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
        trigger_event: resume, // T20
        trigger_failure: resume,
        trigger_timeout: resume,
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
        answer: resume, // T20a
        answer_timeout: resume,
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
