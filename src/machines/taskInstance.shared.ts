/** Transitions that several states of the task instance have in common (T-numbers: semantics 1.2). */
import { to } from './parts.ts';

const clear = [
  'prepare_db_for_next_try',
  'raise_max_tries',
  'clear_next_method',
  'disown',
] as const;
const reset = ['prepare_db_for_next_try', 'clear_next_method', 'disown'] as const;
const failure = ['set_end_date', 'clear_next_method'] as const;

/** T22, T26, T4 and fail_fast, in states that hold no pool slot. */
export const anywhere = {
  clear: to('none', ...clear),
  mark_success: to('success', 'fill_dates'),
  mark_failed: to('failed', 'fill_dates'),
  mark_skipped: to('skipped', 'fill_dates'),
  branch_skip: to('skipped', 'set_both_dates'),
  fail_fast: to('skipped', 'fill_dates'),
} as const;

/** T12 from restarting. */
export const orphanReset = [
  { guard: 'resets_with_history', ...to('none', ...reset) },
  to('none', 'disown'),
] as const;

/** success and failed: fail_fast leaves them alone. */
export const finished = {
  clear: anywhere.clear,
  mark_success: anywhere.mark_success,
  mark_failed: anywhere.mark_failed,
  mark_skipped: anywhere.mark_skipped,
} as const;

/** The same where pool slots are held, and T12, T23, T25. */
export const holding = {
  clear: to('none', 'free_pool_slots', ...clear),
  mark_success: to('success', 'free_pool_slots', 'fill_dates'),
  mark_failed: to('failed', 'free_pool_slots', 'fill_dates'),
  mark_skipped: to('skipped', 'free_pool_slots', 'fill_dates'),
  branch_skip: to('skipped', 'free_pool_slots', 'set_both_dates'),
  fail_fast: to('skipped', 'free_pool_slots', 'fill_dates'),
  dagrun_timeout: to('skipped', 'free_pool_slots'),
  rule_skip: to('skipped', 'free_pool_slots', 'fill_dates'),
  rule_upstream_failed: to('upstream_failed', 'free_pool_slots', 'fill_dates'),
  rule_remove: to('removed', 'free_pool_slots', 'fill_dates'),
  remove: to('removed', 'free_pool_slots'),
  orphan_reset: [
    { guard: 'resets_with_history', ...to('none', 'free_pool_slots', ...reset) },
    to('none', 'free_pool_slots', 'disown'),
  ],
} as const;

/**
 * T25, and T3 beyond the schedulable states: the test for a deadlock looks at all unfinished ones
 * and marks them (semantics 2.5). No pool slot is held.
 */
export const unfinished = {
  ...anywhere,
  dagrun_timeout: to('skipped'),
  rule_skip: to('skipped', 'fill_dates'),
  rule_upstream_failed: to('upstream_failed', 'fill_dates'),
  rule_remove: to('removed', 'fill_dates'),
} as const;

/**
 * T3, a mapped task with nothing to expand (its state is set without dates), and the early start
 * of 2.x when a broker delivers an old message again (semantics 6.3.2). */
export const schedulable = {
  ...unfinished,
  expand_skip: to('skipped'),
  expand_upstream_failed: to('upstream_failed'),
  start: {
    guard: 'worker_writes_database',
    ...to('running', 'take_pool_slots', 'set_start_date', 'record_worker'),
  },
} as const;

/** T11 from scheduled, queued and running: the executor is done with it, the database is not. */
export const mismatch = {
  scheduled: [
    { guard: 'retry_eligible', ...to('up_for_retry', ...failure) },
    to('failed', ...failure),
  ],
  queued: [
    { guard: 'retry_eligible', ...to('up_for_retry', 'free_pool_slots', ...failure) },
    to('failed', 'free_pool_slots', ...failure),
  ],
  running: [
    {
      guard: 'retry_eligible',
      ...to('up_for_retry', 'free_pool_slots', ...failure, 'prepare_db_for_next_try'),
    },
    to('failed', 'free_pool_slots', ...failure),
  ],
} as const;

/** T20, T20a: back to the queue with what the wait has brought. */
export const resume = to('scheduled', 'set_next_method', 'set_scheduled_dttm');

/** T13: what the user code can end in. */
export const tryEnds = {
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
} as const;
