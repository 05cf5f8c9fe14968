/** I7: every change of a task instance is one that semantics 1.2 lists for the version. */
import type { Check } from './check.ts';
import { FINISHED } from './replay.ts';

/** event -> `from>to ...`; `*` is any state, `~` any unfinished one, `!` any but the three. */
const COMMON: Readonly<Record<string, string>> = {
  schedule: 'none>scheduled up_for_retry>scheduled up_for_reschedule>scheduled',
  succeed_empty: 'none>success',
  defer_at_start: 'none>deferred up_for_retry>deferred',
  rule_skip: '~>skipped',
  rule_upstream_failed: '~>upstream_failed',
  rule_remove: '~>removed',
  expand_skip: '~>skipped',
  expand_upstream_failed: '~>upstream_failed',
  queue: 'scheduled>queued',
  serialized_dag_missing: 'scheduled>failed',
  dagrun_finished: 'queued>none',
  requeue_stuck: 'queued>scheduled',
  fail_stuck: 'queued>failed',
  orphan_reset: 'queued>none running>none restarting>none',
  heartbeat_timeout: 'running>running running>up_for_retry running>failed restarting>restarting',
  succeed: 'running>success',
  skip: 'running>skipped',
  fail_without_retry: 'running>failed',
  reschedule: 'running>up_for_reschedule',
  defer: 'running>deferred',
  trigger_event: 'deferred>scheduled',
  trigger_failure: 'deferred>scheduled',
  trigger_timeout: 'deferred>scheduled',
  trigger_success: 'deferred>success',
  trigger_skipped: 'deferred>skipped',
  clear: '*>none running>restarting',
  mark_success: '*>success',
  mark_failed: '*>failed',
  mark_skipped: '*>skipped',
  fail_fast: '!>skipped running>failed',
  dagrun_timeout: '~>skipped none>none',
  remove: '*>removed',
  restore: 'removed>none',
};

const V3: Readonly<Record<string, string>> = {
  ...COMMON,
  start: 'queued>running restarting>running',
  executor_success:
    'scheduled>up_for_retry scheduled>failed queued>up_for_retry queued>failed ' +
    'running>up_for_retry running>failed restarting>none',
  executor_failed:
    'scheduled>up_for_retry scheduled>failed queued>up_for_retry queued>failed ' +
    'running>up_for_retry running>failed restarting>up_for_retry',
  fail: 'running>up_for_retry running>failed',
  trigger_failed: 'deferred>up_for_retry deferred>failed',
  await_input: 'running>awaiting_input',
  answered_before_parking: 'running>scheduled',
  answer: 'awaiting_input>scheduled',
  answer_timeout: 'awaiting_input>scheduled',
  branch_skip: '!>skipped success>success failed>failed running>running',
};

const V2: Readonly<Record<string, string>> = {
  ...COMMON,
  start:
    'queued>running restarting>running none>running up_for_retry>running ' +
    'up_for_reschedule>running',
  start_refused: 'queued>none',
  executor_success: 'queued>up_for_retry queued>failed restarting>none scheduled>scheduled',
  executor_failed: 'queued>up_for_retry queued>failed restarting>up_for_retry',
  fail: 'running>up_for_retry running>failed restarting>up_for_retry',
  succeed: 'running>success restarting>success',
  skip: 'running>skipped restarting>skipped',
  fail_without_retry: 'running>failed restarting>failed',
  trigger_failed: 'deferred>failed',
  branch_skip: '*>skipped',
};

export const legal: Check = {
  invariant: 'I7',
  see({ machine, event, from, to }, { is3 }) {
    if (machine !== 'task_instance') return null;
    const ways = (is3 ? V3 : V2)[event];
    if (ways === undefined) return `no version of ${is3 ? '3.3.2' : '2.11.2'} knows ${event}`;
    if (ways.split(' ').some((way) => fits(way, from, to))) return null;
    // Sent again to who is there already: nothing changes.
    if (from === to) return null;
    return `${event} leads from ${from} to ${to}, which Airflow does not know`;
  },
};

const SETTLED = new Set(['success', 'failed', 'running']);

function fits(way: string, from: string, to: string): boolean {
  const [left, right] = way.split('>');
  if (right !== to) return false;
  if (left === '*') return true;
  if (left === '~') return !FINISHED.has(from);
  return left === '!' ? !SETTLED.has(from) : left === from;
}
