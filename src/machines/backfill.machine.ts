/**
 * One backfill of 3.x (semantics 0.2, 2.2, 5.7): its runs are made at once and driven by the
 * scheduler like any others; a timer writes `completed_at` when none is queued or running.
 */
import { setup } from 'xstate';
import type { StateMeta } from './meta.ts';
import { command, metaFor, to } from './parts.ts';

type Event = { type: 'pause' | 'unpause' | 'cancel' | 'complete' };

const meta = metaFor('backfill', 'airflow/models/backfill.py 3.3.2');

export const backfillMachine = setup({
  types: { events: {} as Event, tags: {} as 'active' | 'finished', meta: {} as StateMeta },
  actions: { set_completed_at: command, fail_queued_runs: command },
}).createMachine({
  id: 'backfill',
  initial: 'running',
  states: {
    running: {
      meta: meta('running', 'ink'),
      tags: ['active'],
      on: {
        pause: 'paused',
        cancel: to('cancelled', 'fail_queued_runs', 'set_completed_at'),
        complete: to('completed', 'set_completed_at'),
      },
    },
    paused: {
      // Its queued runs are not started; running ones go on.
      meta: meta('paused', 'caution'),
      tags: ['active'],
      on: {
        unpause: 'running',
        cancel: to('cancelled', 'fail_queued_runs', 'set_completed_at'),
        complete: to('completed', 'set_completed_at'),
      },
    },
    completed: { meta: meta('completed', 'goal'), tags: ['finished'] },
    cancelled: { meta: meta('cancelled', 'ink-3'), tags: ['finished'] },
  },
});
