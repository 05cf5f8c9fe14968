/**
 * One DAG file in the eyes of the DAG processor (semantics 18.1, 18.2): queued, parsed by a child
 * with a time limit, then left alone for a while.
 */
import { setup } from 'xstate';
import type { StateMeta } from './meta.ts';
import { command, metaFor, seconds, to } from './parts.ts';

type Event =
  | { type: 'found' | 'changed' | 'request_reparse' | 'launch' }
  | { type: 'parsed' | 'import_failed' | 'no_dag_in_text' | 'child_killed' | 'deleted' };

const meta = metaFor('dag_file', 'airflow/dag_processing/processor.py 3.3.2, 2.11.2');

const again = {
  changed: to('queued', 'to_front'),
  request_reparse: to('queued', 'to_front'),
} as const;

export const dagFileMachine = setup({
  types: {
    events: {} as Event,
    tags: {} as 'waiting' | 'result',
    meta: {} as StateMeta,
  },
  actions: {
    to_front: command,
    to_back: command,
    write_serialized_dags: command,
    clear_import_error: command,
    write_import_error: command,
    kill_child: command,
    mark_dags_stale: command,
  },
  delays: {
    dag_file_processor_timeout: seconds(50),
    min_file_process_interval: seconds(30),
  },
}).createMachine({
  id: 'dag_file',
  initial: 'unknown',
  on: { deleted: { target: '.deleted', actions: ['mark_dags_stale'] } },
  states: {
    unknown: { meta: meta('unknown', 'ink-3'), on: { found: to('queued', 'to_front') } },
    queued: {
      meta: meta('queued', 'ink-2'),
      tags: ['waiting'],
      on: { launch: 'processing', request_reparse: { actions: ['to_front'] }, changed: {} },
    },
    processing: {
      meta: meta('processing', 'ink'),
      on: {
        parsed: to('parsed', 'clear_import_error', 'write_serialized_dags'),
        import_failed: to('import_error', 'write_import_error'),
        no_dag_in_text: 'parsed',
        child_killed: 'queued',
        changed: {},
        request_reparse: {},
      },
      after: {
        dag_file_processor_timeout: to('import_error', 'kill_child', 'write_import_error'),
      },
    },
    parsed: {
      meta: meta('parsed', 'goal'),
      tags: ['waiting', 'result'],
      on: again,
      after: { min_file_process_interval: to('queued', 'to_back') },
    },
    import_error: {
      meta: meta('import_error', 'fault'),
      tags: ['waiting', 'result'],
      on: again,
      after: { min_file_process_interval: to('queued', 'to_back') },
    },
    deleted: {
      meta: meta('deleted', 'ink-3'),
      on: { found: to('queued', 'to_front'), deleted: {} },
    },
  },
});
