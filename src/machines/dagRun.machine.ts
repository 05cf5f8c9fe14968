/**
 * The life of one DAG run (semantics 2.1, 2.5, 14): queued -> running -> success | failed.
 * Which tasks decide about the end is `airflow`'s business; here is only what each change means.
 */
import { setup } from 'xstate';
import type { StateMeta } from './meta.ts';
import { command, metaFor, to } from './parts.ts';

type Event =
  // scheduler
  | { type: 'start' | 'succeed' | 'fail' | 'deadlock' | 'time_out' }
  // people
  | { type: 'clear' | 'mark_success' | 'mark_failed' | 'mark_queued' };

const source = metaFor('dag_run', 'airflow/models/dagrun.py 3.3.2, 2.11.2');
const meta = (state: string): StateMeta => source(state, `st-${state}`);

/** Marks are legal in every state; clearing a finished run makes it queued again. */
const marks = {
  mark_success: to('success', 'set_end_date'),
  mark_failed: to('failed', 'set_end_date'),
} as const;

const requeue = ['set_queued_at', 'clear_dates'] as const;

export const dagRunMachine = setup({
  types: {
    events: {} as Event,
    tags: {} as 'finished' | 'unfinished',
    meta: {} as StateMeta,
  },
  actions: {
    set_queued_at: command,
    set_start_date: command,
    clear_dates: command,
    set_end_date: command,
    skip_unfinished: command,
    raise_clear_number: command,
  },
}).createMachine({
  id: 'dag_run',
  initial: 'queued',
  states: {
    queued: {
      meta: meta('queued'),
      tags: ['unfinished'],
      on: {
        ...marks,
        start: to('running', 'set_start_date'),
        mark_queued: { actions: ['set_queued_at'] },
        clear: { actions: ['raise_clear_number', 'set_queued_at'] },
      },
    },
    running: {
      meta: meta('running'),
      tags: ['unfinished'],
      on: {
        ...marks,
        succeed: to('success', 'set_end_date'),
        fail: to('failed', 'set_end_date'),
        deadlock: to('failed', 'set_end_date'),
        time_out: to('failed', 'skip_unfinished', 'set_end_date'),
        mark_queued: to('queued', ...requeue),
        clear: { actions: ['raise_clear_number', 'set_queued_at'] },
      },
    },
    success: {
      meta: meta('success'),
      tags: ['finished'],
      on: {
        mark_success: {},
        mark_failed: to('failed'), // the end date stays
        mark_queued: to('queued', ...requeue),
        clear: to('queued', 'raise_clear_number', ...requeue),
      },
    },
    failed: {
      meta: meta('failed'),
      tags: ['finished'],
      on: {
        mark_failed: {},
        mark_success: to('success'), // the end date stays
        mark_queued: to('queued', ...requeue),
        clear: to('queued', 'raise_clear_number', ...requeue),
      },
    },
  },
});
