/**
 * KubernetesExecutor's own life (semantics 6.4.1, 6.4.7): in each heartbeat it reads the watcher's
 * results and creates at most `worker_pods_creation_batch_size` pods, unless the cluster asked for
 * a pause.
 */
import { setup } from 'xstate';
import type { StateMeta } from './meta.ts';
import { command, metaFor, seconds, to } from './parts.ts';

type Event =
  | { type: 'start' | 'sync' | 'pods_created' | 'retry_after' }
  | { type: 'orphans_found' | 'adopted' | 'end' | 'watchers_joined' | 'scheduler_lost' };

interface Columns {
  /** Jobs in the task queue. */
  readonly waiting_jobs: number;
}

const meta = metaFor(
  'kubernetes_executor',
  'airflow/providers/cncf/kubernetes/executors/kubernetes_executor.py 10.25.0',
);

export const kubernetesExecutorMachine = setup({
  types: {
    context: {} as Columns,
    input: {} as Columns,
    events: {} as Event,
    tags: {} as 'accepts' | 'blocks_scheduler' | 'reads_results',
    meta: {} as StateMeta,
  },
  guards: { has_waiting_jobs: ({ context }) => context.waiting_jobs > 0 },
  actions: {
    start_watchers: command,
    process_watcher_results: command,
    create_pods: command,
    relabel_pods: command,
    drop_task_queue: command,
    stop_watchers: command,
  },
  delays: {
    /** What the cluster's answer asks for. */
    retry_after: seconds(1),
    /** The watchers get this long to end. */
    watcher_join_timeout: seconds(20),
  },
}).createMachine({
  id: 'kubernetes_executor',
  initial: 'absent',
  context: ({ input }) => input,
  on: { scheduler_lost: '.absent' },
  states: {
    absent: {
      meta: meta('absent', 'ink-3'),
      on: { start: to('accepting', 'start_watchers'), scheduler_lost: {} },
    },
    accepting: {
      meta: meta('accepting', 'ink'),
      tags: ['accepts', 'reads_results'],
      on: {
        sync: [
          {
            guard: 'has_waiting_jobs',
            ...to('creating_pods', 'process_watcher_results', 'create_pods'),
          },
          { actions: ['process_watcher_results'] },
        ],
        orphans_found: to('adopting', 'relabel_pods'),
        end: to('ending', 'drop_task_queue', 'process_watcher_results', 'stop_watchers'),
      },
    },
    creating_pods: {
      meta: meta('creating_pods', 'ink'),
      tags: ['blocks_scheduler'],
      on: { pods_created: 'accepting', retry_after: 'backing_off' },
    },
    backing_off: {
      // Results are read, nothing is created.
      meta: meta('backing_off', 'caution'),
      tags: ['accepts', 'reads_results'],
      on: {
        sync: { actions: ['process_watcher_results'] },
        orphans_found: { actions: ['relabel_pods'] },
        end: to('ending', 'drop_task_queue', 'process_watcher_results', 'stop_watchers'),
      },
      after: { retry_after: 'accepting' },
    },
    adopting: {
      meta: meta('adopting', 'caution'),
      tags: ['blocks_scheduler'],
      on: { adopted: 'accepting' },
    },
    ending: {
      meta: meta('ending', 'caution'),
      tags: ['blocks_scheduler'],
      on: { watchers_joined: 'ended' },
      after: { watcher_join_timeout: 'ended' },
    },
    ended: { meta: meta('ended', 'goal') },
  },
});
