/**
 * The DAG processor's manager (semantics 18.1): lists the bundles, hands files to its children,
 * sleeps. A listing is due by the bundle's clock, not by a state's, hence the event `refresh`. In
 * 2.x it is the scheduler's own child unless it was started standalone.
 */
import { setup } from 'xstate';
import type { StateMeta } from './meta.ts';
import { command, metaFor, to } from './parts.ts';

type Event =
  | { type: 'start' | 'refresh' | 'listed' | 'launch' | 'children_done' }
  | { type: 'callback_request' | 'terminate' | 'kill' };

const meta = metaFor('dag_processor', 'airflow/dag_processing/manager.py 3.3.2, 2.11.2');

export const dagProcessorMachine = setup({
  types: {
    events: {} as Event,
    tags: {} as 'alive' | 'finished',
    meta: {} as StateMeta,
  },
  actions: {
    insert_job: command,
    queue_new_files: command,
    deactivate_deleted_files: command,
    start_children: command,
    run_callback_first: command,
    kill_children: command,
    set_end_date: command,
  },
}).createMachine({
  id: 'dag_processor',
  initial: 'absent',
  states: {
    absent: {
      meta: meta('absent', 'ink-3'),
      on: { start: to('listing', 'insert_job') },
    },
    listing: {
      meta: meta('listing', 'ink'),
      tags: ['alive'],
      on: {
        listed: to('idle', 'queue_new_files', 'deactivate_deleted_files'),
        terminate: to('success', 'set_end_date'),
        kill: 'lost',
      },
    },
    idle: {
      meta: meta('idle', 'ink-3'),
      tags: ['alive'],
      on: {
        refresh: 'listing',
        launch: to('parsing', 'start_children'),
        callback_request: to('parsing', 'run_callback_first'),
        terminate: to('success', 'set_end_date'),
        kill: 'lost',
      },
    },
    parsing: {
      meta: meta('parsing', 'ink'),
      tags: ['alive'],
      on: {
        launch: { actions: ['start_children'] },
        callback_request: { actions: ['run_callback_first'] },
        children_done: 'idle',
        refresh: 'listing',
        terminate: to('success', 'kill_children', 'set_end_date'),
        kill: 'lost',
      },
    },
    lost: { meta: meta('lost', 'fault'), on: { start: to('listing', 'insert_job') } },
    success: {
      meta: meta('success', 'goal'),
      tags: ['finished'],
      on: { start: to('listing', 'insert_job') },
    },
  },
});
