/** One key in the CeleryExecutor (semantics 6.3.1, 6.3.3 first table). */
import { assign, setup } from 'xstate';
import { queuedTasks } from './executorKey.shared.ts';
import type { StateMeta } from './meta.ts';
import { command, metaFor, to } from './parts.ts';
import { has } from './profile.ts';
import type { AirflowVersion } from './profile.ts';

type Event =
  | { type: 'accept' | 'publish_ok' | 'publish_timeout' | 'publish_error' }
  | { type: 'result_success' | 'result_failure' | 'result_revoked' }
  | { type: 'adopt' | 'revoke' | 'heartbeat_timeout' | 'scheduler_lost' };

interface Columns {
  readonly airflow: AirflowVersion;
  /** Publish attempts that timed out; celery.task_publish_max_retries allows that many again. */
  readonly publish_timeouts: number;
  readonly task_publish_max_retries: number;
}

const meta = metaFor('celery_key', 'airflow/providers/celery/executors/celery_executor.py 3.26.0');

const gone = {
  result_success: to('absent', 'drop_running', 'buffer_success'),
  result_failure: to('absent', 'drop_running', 'buffer_failed'),
  result_revoked: to('absent', 'drop_running', 'buffer_failed'),
  heartbeat_timeout: to('absent', 'drop_running', 'buffer_failed'),
  revoke: to('absent', 'drop_running', 'broadcast_revoke'),
  scheduler_lost: 'absent',
} as const;

export const celeryKeyMachine = setup({
  types: {
    context: {} as Columns,
    input: {} as Columns,
    events: {} as Event,
    tags: {} as 'occupies_slot' | 'in_running',
    meta: {} as StateMeta,
  },
  guards: {
    replaces_queued_key: ({ context }) => has(context.airflow, 'replaces_queued_key'),
    publish_retries_left: ({ context }) =>
      context.publish_timeouts < context.task_publish_max_retries,
  },
  actions: {
    hold_queued_task: command,
    drop_queued_task: command,
    hold_running: command,
    drop_running: command,
    buffer_queued: command,
    buffer_success: command,
    buffer_failed: command,
    count_publish_timeout: assign({
      publish_timeouts: ({ context }) => context.publish_timeouts + 1,
    }),
    forget_publish_timeouts: assign({ publish_timeouts: 0 }),
    broadcast_revoke: command,
  },
}).createMachine({
  id: 'celery_key',
  initial: 'absent',
  context: ({ input }) => input,
  states: {
    absent: {
      meta: meta('absent', 'ink-3'),
      on: {
        accept: to('queued_tasks', 'hold_queued_task'),
        adopt: to('running', 'hold_running'),
        heartbeat_timeout: { actions: ['buffer_failed'] },
      },
    },
    queued_tasks: {
      meta: meta('queued_tasks', 'ink-2'),
      tags: ['occupies_slot'],
      exit: ['forget_publish_timeouts'],
      on: {
        ...queuedTasks,
        revoke: to('absent', 'drop_queued_task', 'broadcast_revoke'),
        publish_ok: to('running', 'drop_queued_task', 'hold_running', 'buffer_queued'),
        publish_timeout: [
          { guard: 'publish_retries_left', actions: ['count_publish_timeout'] },
          to('absent', 'drop_queued_task', 'buffer_failed'),
        ],
        publish_error: to('absent', 'drop_queued_task', 'buffer_failed'),
      },
    },
    running: {
      // Celery says PENDING, STARTED or nothing at all: the key stays, without limit.
      meta: meta('running', 'ink'),
      tags: ['occupies_slot', 'in_running'],
      on: { ...gone, accept: to('queued_again', 'hold_queued_task') },
    },
    queued_again: {
      // Resumed or retried before the old result was read: the key is in both maps.
      meta: meta('queued_again', 'caution'),
      tags: ['occupies_slot', 'in_running'],
      on: {
        accept: queuedTasks.accept,
        result_success: to('queued_tasks', 'drop_running', 'buffer_success'),
        result_failure: to('queued_tasks', 'drop_running', 'buffer_failed'),
        result_revoked: to('queued_tasks', 'drop_running', 'buffer_failed'),
        heartbeat_timeout: to('queued_tasks', 'drop_running', 'buffer_failed'),
        publish_ok: {
          guard: 'replaces_queued_key',
          ...to('running', 'drop_queued_task', 'buffer_queued'),
        },
        publish_timeout: [
          { guard: 'publish_retries_left', actions: ['count_publish_timeout'] },
          to('absent', 'drop_queued_task', 'drop_running', 'buffer_failed'),
        ],
        publish_error: to('absent', 'drop_queued_task', 'drop_running', 'buffer_failed'),
        revoke: to('absent', 'drop_queued_task', 'drop_running', 'broadcast_revoke'),
        scheduler_lost: 'absent',
      },
    },
  },
});
