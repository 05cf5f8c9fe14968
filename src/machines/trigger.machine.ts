/**
 * One row of the `trigger` table and what the triggerer does with it (semantics 8.4, 8.5). After
 * its triggerer died it starts again from the beginning of its run method elsewhere.
 */
import { setup } from 'xstate';
import type { StateMeta } from './meta.ts';
import { command, metaFor, to } from './parts.ts';

type Event =
  | { type: 'assign' | 'run' | 'fire' | 'raise' | 'end_without_event' }
  | { type: 'triggerer_lost' | 'unused' | 'cancelled' | 'handled' };

const meta = metaFor('trigger', 'airflow/jobs/triggerer_job_runner.py 3.3.2, 2.11.2');

export const triggerMachine = setup({
  types: {
    events: {} as Event,
    tags: {} as 'unassigned' | 'occupies_capacity' | 'over',
    meta: {} as StateMeta,
  },
  actions: {
    take_capacity: command,
    free_capacity: command,
    start_coroutine: command,
    cancel_coroutine: command,
    submit_event: command,
    submit_failure: command,
    delete_row: command,
  },
}).createMachine({
  id: 'trigger',
  initial: 'unassigned',
  states: {
    unassigned: {
      // Also when every triggerer is full: the task instance is deferred, nothing else is visible.
      meta: meta('unassigned', 'ink-3'),
      tags: ['unassigned'],
      on: { assign: to('assigned', 'take_capacity'), unused: to('deleted', 'delete_row') },
    },
    assigned: {
      meta: meta('assigned', 'ink-2'),
      tags: ['occupies_capacity'],
      on: {
        run: to('running', 'start_coroutine'),
        unused: to('deleted', 'free_capacity', 'delete_row'),
        triggerer_lost: to('unassigned', 'free_capacity'),
      },
    },
    running: {
      meta: meta('running', 'ink'),
      tags: ['occupies_capacity'],
      on: {
        fire: to('fired', 'submit_event'),
        raise: to('failed', 'submit_failure'),
        end_without_event: to('failed', 'submit_failure'),
        unused: to('cancelling', 'cancel_coroutine'),
        triggerer_lost: to('unassigned', 'free_capacity'),
      },
    },
    cancelling: {
      meta: meta('cancelling', 'caution'),
      tags: ['occupies_capacity'],
      on: {
        cancelled: to('deleted', 'free_capacity', 'delete_row'),
        triggerer_lost: to('deleted', 'free_capacity', 'delete_row'),
      },
    },
    fired: {
      meta: meta('fired', 'goal'),
      tags: ['occupies_capacity'],
      on: { handled: to('deleted', 'free_capacity', 'delete_row') },
    },
    failed: {
      meta: meta('failed', 'fault'),
      tags: ['occupies_capacity'],
      on: { handled: to('deleted', 'free_capacity', 'delete_row') },
    },
    deleted: { meta: meta('deleted', 'ink-3'), tags: ['over'] },
  },
});
