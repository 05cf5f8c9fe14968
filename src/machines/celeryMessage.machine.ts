/**
 * One message of Celery on its way through the broker (semantics 6.3.2, 6.3.3 second table). The
 * broker's memory of an unacknowledged message, not the task: a task instance may be running,
 * finished or cleared whatever happens here. A message that is over time is found by the broker's
 * sweep (Redis about every 100 s), hence the event `visibility_over` and no timer.
 */
import { setup } from 'xstate';
import type { StateMeta } from './meta.ts';
import { command, metaFor, seconds, to } from './parts.ts';

type Event =
  | { type: 'publish_ok' | 'publish_failed' | 'purge' | 'revoke' }
  | { type: 'receive' | 'start' | 'end' | 'raise' | 'child_lost' | 'worker_lost' }
  | { type: 'return_to_queue' | 'visibility_over' };

interface Columns {
  /** celery.task_acks_late: acknowledged after the end, not before the start. */
  readonly acks_late: boolean;
  /** The broker redelivers when the connection closes (RabbitMQ), not after a time (Redis, SQS). */
  readonly redelivers_on_close: boolean;
  /** A worker was told to drop it when it comes by. */
  readonly revoked: boolean;
}

const meta = metaFor('celery_message', 'celery/worker/request.py 5.7.0');

const lostWorker = [
  { guard: 'redelivers_on_close', ...to('published', 'redeliver') },
  to('unacked'),
] as const;

export const celeryMessageMachine = setup({
  types: {
    context: {} as Columns,
    input: {} as Columns,
    events: {} as Event,
    tags: {} as 'in_queue' | 'unacknowledged' | 'over',
    meta: {} as StateMeta,
  },
  guards: {
    acks_late: ({ context }) => context.acks_late,
    redelivers_on_close: ({ context }) => context.redelivers_on_close,
    revoked: ({ context }) => context.revoked,
  },
  actions: {
    enqueue: command,
    set_delivered: command,
    redeliver: command,
    deliver_copy: command,
    store_started: command,
    store_success: command,
    store_failure: command,
    store_revoked: command,
    note_revoked: command,
  },
  delays: { worker_lost_wait: seconds(10) },
}).createMachine({
  id: 'celery_message',
  initial: 'to_send',
  context: ({ input }) => input,
  states: {
    to_send: {
      meta: meta('to_send', 'ink-3'),
      on: { publish_ok: to('published', 'enqueue'), publish_failed: 'lost', revoke: 'lost' },
    },
    published: {
      meta: meta('published', 'ink-2'),
      tags: ['in_queue'],
      on: {
        receive: [
          { guard: 'revoked', ...to('acked', 'store_revoked') },
          to('reserved', 'set_delivered'),
        ],
        revoke: { actions: ['note_revoked'] },
        purge: 'lost',
      },
    },
    reserved: {
      // With acks_late and a prefetch of one a worker reserves only what it starts at once.
      meta: meta('reserved', 'ink-2'),
      tags: ['unacknowledged'],
      on: {
        start: [
          { guard: 'revoked', ...to('acked', 'store_revoked') },
          { guard: 'acks_late', ...to('started', 'store_started') },
          to('acked', 'store_started'),
        ],
        revoke: { actions: ['note_revoked'] },
        worker_lost: lostWorker,
        return_to_queue: to('published', 'redeliver'),
        visibility_over: to('published', 'redeliver'),
      },
    },
    started: {
      meta: meta('started', 'ink'),
      tags: ['unacknowledged'],
      on: {
        end: to('acked', 'store_success'),
        raise: to('acked', 'store_failure'),
        revoke: {},
        child_lost: 'child_lost',
        worker_lost: lostWorker,
        return_to_queue: to('published', 'redeliver'),
        visibility_over: { actions: ['deliver_copy'] },
      },
    },
    child_lost: {
      // The worker waits before it believes that its child is gone; then WorkerLostError.
      meta: meta('child_lost', 'fault'),
      tags: ['unacknowledged'],
      on: { worker_lost: lostWorker, revoke: {} },
      after: { worker_lost_wait: to('acked', 'store_failure') },
    },
    unacked: {
      // Nobody works on it; Redis and SQS wait for the visibility timeout.
      meta: meta('unacked', 'fault'),
      tags: ['unacknowledged'],
      on: { visibility_over: to('published', 'redeliver'), revoke: { actions: ['note_revoked'] } },
    },
    acked: {
      // With early acknowledgement the task's end still writes its result.
      meta: meta('acked', 'goal'),
      tags: ['over'],
      on: {
        end: { actions: ['store_success'] },
        raise: { actions: ['store_failure'] },
        child_lost: { actions: ['store_failure'] },
        revoke: {},
      },
    },
    lost: { meta: meta('lost', 'fault'), tags: ['over'] },
  },
});
