/**
 * CeleryExecutor's own life in the scheduler's thread (semantics 6.3.1): publish, then read the
 * results. Every publish has a time limit of its own and nothing is waited for at the end.
 */
import { setup } from 'xstate';
import type { StateMeta } from './meta.ts';
import { command, metaFor, to } from './parts.ts';

type Event =
  | { type: 'start' | 'trigger' | 'published' | 'sync' | 'results_read' }
  | { type: 'result_backend_failed' | 'orphans_found' | 'adopted' | 'end' | 'scheduler_lost' };

interface Columns {
  /** Keys whose result is still awaited. */
  readonly awaited: number;
}

const meta = metaFor(
  'celery_executor',
  'airflow/providers/celery/executors/celery_executor.py 3.26.0',
);

export const celeryExecutorMachine = setup({
  types: {
    context: {} as Columns,
    input: {} as Columns,
    events: {} as Event,
    tags: {} as 'accepts' | 'blocks_scheduler',
    meta: {} as StateMeta,
  },
  guards: { awaits_results: ({ context }) => context.awaited > 0 },
  actions: {
    send_messages: command,
    fetch_results: command,
    fetch_adopted_results: command,
    stop_scheduler: command,
  },
}).createMachine({
  id: 'celery_executor',
  initial: 'absent',
  context: ({ input }) => input,
  on: { scheduler_lost: '.absent' },
  states: {
    absent: { meta: meta('absent', 'ink-3'), on: { start: 'accepting', scheduler_lost: {} } },
    accepting: {
      meta: meta('accepting', 'ink'),
      tags: ['accepts'],
      on: {
        trigger: to('sending', 'send_messages'),
        sync: [{ guard: 'awaits_results', ...to('reading', 'fetch_results') }, {}],
        orphans_found: to('adopting', 'fetch_adopted_results'),
        end: [{ guard: 'awaits_results', ...to('ending', 'fetch_results') }, to('ended')],
      },
    },
    sending: {
      meta: meta('sending', 'ink'),
      tags: ['blocks_scheduler'],
      on: { published: 'accepting' },
    },
    reading: {
      meta: meta('reading', 'ink'),
      tags: ['blocks_scheduler'],
      // A failed read of the result backend is not caught: the scheduler exits.
      on: {
        results_read: 'accepting',
        result_backend_failed: to('failed', 'stop_scheduler'),
      },
    },
    adopting: {
      meta: meta('adopting', 'caution'),
      tags: ['blocks_scheduler'],
      on: { adopted: 'accepting', result_backend_failed: to('failed', 'stop_scheduler') },
    },
    ending: {
      meta: meta('ending', 'caution'),
      tags: ['blocks_scheduler'],
      on: { results_read: 'ended', result_backend_failed: 'ended' },
    },
    ended: { meta: meta('ended', 'goal') },
    failed: { meta: meta('failed', 'fault') },
  },
});
