/**
 * One Celery worker: main process with a prefork pool (semantics 6.3.2). Warm shutdown takes no
 * more messages and waits for the running ones without limit; only the platform's grace period
 * (Helm 600 s) ends that wait.
 */
import { setup } from 'xstate';
import type { StateMeta } from './meta.ts';
import { command, metaFor, seconds, to } from './parts.ts';

type Event =
  | { type: 'start' | 'ready' | 'task_started' | 'task_ended' }
  | { type: 'sigterm' | 'sigquit' | 'kill' | 'broker_lost' | 'broker_back' };

interface Columns {
  /** Tasks in the pool, before the event. */
  readonly active: number;
  readonly worker_concurrency: number;
}

const meta = metaFor('celery_worker', 'celery/apps/worker.py 5.7.0');

const signals = { kill: to('lost', 'lose_children') } as const;
const working = {
  ...signals,
  sigterm: 'draining',
  sigquit: to('soft_shutdown', 'cancel_consumers'),
  broker_lost: 'disconnected',
} as const;

export const celeryWorkerMachine = setup({
  types: {
    context: {} as Columns,
    input: {} as Columns,
    events: {} as Event,
    tags: {} as 'consumes' | 'alive' | 'gone',
    meta: {} as StateMeta,
  },
  guards: {
    last_task: ({ context }) => context.active <= 1,
    no_task: ({ context }) => context.active === 0,
  },
  actions: {
    fork_pool: command,
    consume: command,
    cancel_consumers: command,
    return_unacked: command,
    terminate_children: command,
    lose_children: command,
  },
  delays: {
    // Not Airflow's: the platform's patience, Helm chart's terminationGracePeriodSeconds.
    warm_shutdown_grace: seconds(600),
    // celery.worker_soft_shutdown_timeout
    worker_soft_shutdown_timeout: 0,
  },
}).createMachine({
  id: 'celery_worker',
  initial: 'absent',
  context: ({ input }) => input,
  states: {
    absent: { meta: meta('absent', 'ink-3'), on: { start: to('starting', 'fork_pool') } },
    starting: {
      meta: meta('starting', 'ink-2'),
      tags: ['alive'],
      on: { ...signals, ready: to('idle', 'consume'), sigterm: 'offline', sigquit: 'offline' },
    },
    idle: {
      meta: meta('idle', 'ink-3'),
      tags: ['consumes', 'alive'],
      on: { ...working, task_started: 'busy', sigterm: to('offline', 'cancel_consumers') },
    },
    busy: {
      meta: meta('busy', 'ink'),
      tags: ['consumes', 'alive'],
      on: {
        ...working,
        task_started: {},
        task_ended: [{ guard: 'last_task', target: 'idle' }, {}],
      },
    },
    draining: {
      meta: meta('draining', 'caution'),
      tags: ['alive'],
      entry: ['cancel_consumers'],
      on: {
        ...signals,
        task_ended: [{ guard: 'last_task', target: 'offline' }, {}],
        sigterm: {},
        sigquit: 'soft_shutdown',
      },
      after: { warm_shutdown_grace: to('lost', 'lose_children') },
    },
    soft_shutdown: {
      meta: meta('soft_shutdown', 'caution'),
      tags: ['alive'],
      on: { ...signals, task_ended: [{ guard: 'last_task', target: 'offline' }, {}], sigquit: {} },
      after: {
        worker_soft_shutdown_timeout: to('offline', 'terminate_children', 'return_unacked'),
      },
    },
    disconnected: {
      // Running tasks go on; acknowledgements of the old connection are lost.
      meta: meta('disconnected', 'fault'),
      tags: ['alive'],
      on: {
        ...signals,
        task_ended: {},
        broker_back: [{ guard: 'no_task', ...to('idle', 'consume') }, to('busy', 'consume')],
        sigterm: [{ guard: 'no_task', target: 'offline' }, to('draining')],
      },
    },
    offline: {
      meta: meta('offline', 'ink-3'),
      tags: ['gone'],
      on: { start: to('starting', 'fork_pool') },
    },
    lost: {
      meta: meta('lost', 'fault'),
      tags: ['gone'],
      on: { start: to('starting', 'fork_pool') },
    },
  },
});
