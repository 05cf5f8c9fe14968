/**
 * LocalExecutor (semantics 6.8): worker processes of the scheduler around one pipe. Its `end()`
 * waits for everything that was accepted; a dead worker is replaced in 3.x only when work waits.
 */
import { setup } from 'xstate';
import type { StateMeta } from './meta.ts';
import { command, metaFor, to } from './parts.ts';

type Event = { type: 'start' | 'sync' | 'all_read' | 'end' | 'workers_joined' | 'scheduler_lost' };

interface Columns {
  /** Work waits and fewer processes than parallelism live (3.x; never in 2.x). */
  readonly short_of_workers: boolean;
  /** A worker of 2.x died with its item: `end()` waits for ever. */
  readonly lost_item: boolean;
}

const meta = metaFor('local_executor', 'airflow/executors/local_executor.py 3.3.2, 2.11.2');

export const localExecutorMachine = setup({
  types: {
    context: {} as Columns,
    input: {} as Columns,
    events: {} as Event,
    tags: {} as 'accepts' | 'blocks_scheduler',
    meta: {} as StateMeta,
  },
  guards: {
    short_of_workers: ({ context }) => context.short_of_workers,
    lost_item: ({ context }) => context.lost_item,
  },
  actions: {
    start_workers: command,
    add_workers: command,
    read_results: command,
    send_stop_messages: command,
    orphan_workers: command,
  },
}).createMachine({
  id: 'local_executor',
  initial: 'absent',
  context: ({ input }) => input,
  states: {
    absent: {
      meta: meta('absent', 'ink-3'),
      on: { start: to('accepting', 'start_workers') },
    },
    accepting: {
      meta: meta('accepting', 'ink'),
      tags: ['accepts'],
      on: {
        sync: [
          { guard: 'short_of_workers', actions: ['add_workers', 'read_results'] },
          { actions: ['read_results'] },
        ],
        end: to('ending', 'send_stop_messages'),
        scheduler_lost: to('absent', 'orphan_workers'),
      },
    },
    ending: {
      meta: meta('ending', 'caution'),
      tags: ['blocks_scheduler'],
      on: {
        workers_joined: [{ guard: 'lost_item', target: 'hanging' }, to('ended', 'read_results')],
        scheduler_lost: to('absent', 'orphan_workers'),
      },
    },
    hanging: {
      meta: meta('hanging', 'fault'),
      tags: ['blocks_scheduler'],
      on: { scheduler_lost: to('absent', 'orphan_workers') },
    },
    ended: { meta: meta('ended', 'goal') },
  },
});
