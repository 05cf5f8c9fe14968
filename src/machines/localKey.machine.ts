/**
 * One key in the LocalExecutor (semantics 6.8, both tables). In 3.x the key is in nobody's
 * `running` set: from the pipe on it occupies no slot. In 2.x it does until its result is read,
 * for ever when its worker process was killed.
 */
import { setup } from 'xstate';
import { queuedTasks } from './executorKey.shared.ts';
import type { StateMeta } from './meta.ts';
import { command, metaFor, to } from './parts.ts';
import { has } from './profile.ts';
import type { AirflowVersion } from './profile.ts';

type Event =
  | { type: 'accept' | 'trigger' | 'read' | 'supervisor_ended' | 'supervisor_raised' }
  | { type: 'worker_killed' | 'heartbeat_timeout' | 'scheduler_lost' };

interface Columns {
  readonly airflow: AirflowVersion;
  /** A worker process outlived the scheduler and still reads the pipe. */
  readonly reader_lives: boolean;
}

const meta = metaFor('local_key', 'airflow/executors/local_executor.py 3.3.2, 2.11.2');

/** The check for silent tasks asks for an event whether the key is here or not. */
const silent = { actions: ['drop_running', 'buffer_failed'] } as const;

export const localKeyMachine = setup({
  types: {
    context: {} as Columns,
    input: {} as Columns,
    events: {} as Event,
    tags: {} as 'in_queued_tasks' | 'in_pipe' | 'has_process',
    meta: {} as StateMeta,
  },
  guards: {
    replaces_queued_key: ({ context }) => has(context.airflow, 'replaces_queued_key'),
    local_holds_running: ({ context }) => has(context.airflow, 'local_holds_running'),
    reader_lives: ({ context }) => context.reader_lives,
  },
  actions: {
    hold_queued_task: command,
    drop_queued_task: command,
    hold_running: command,
    drop_running: command,
    buffer_success: command,
    buffer_failed: command,
    put_on_pipe: command,
    start_supervisor: command,
  },
}).createMachine({
  id: 'local_key',
  initial: 'absent',
  context: ({ input }) => input,
  states: {
    absent: {
      meta: meta('absent', 'ink-3'),
      on: { accept: to('queued_tasks', 'hold_queued_task'), heartbeat_timeout: silent },
    },
    queued_tasks: {
      meta: meta('queued_tasks', 'ink-2'),
      tags: ['in_queued_tasks'],
      on: {
        ...queuedTasks,
        trigger: [
          {
            guard: 'local_holds_running',
            ...to('activity_queue', 'drop_queued_task', 'hold_running', 'put_on_pipe'),
          },
          to('activity_queue', 'drop_queued_task', 'put_on_pipe'),
        ],
      },
    },
    activity_queue: {
      meta: meta('activity_queue', 'ink-2'),
      tags: ['in_pipe'],
      on: {
        read: to('running', 'start_supervisor'),
        heartbeat_timeout: silent,
        scheduler_lost: [{ guard: 'reader_lives' }, to('absent')],
      },
    },
    running: {
      meta: meta('running', 'ink'),
      tags: ['has_process'],
      on: {
        supervisor_ended: to('absent', 'drop_running', 'buffer_success'),
        supervisor_raised: to('absent', 'drop_running', 'buffer_failed'),
        worker_killed: 'no_result',
        heartbeat_timeout: silent,
        scheduler_lost: 'no_result',
      },
    },
    no_result: {
      // Nobody will report: 2.x keeps the key in `running` until a restart.
      meta: meta('no_result', 'fault'),
      on: {
        heartbeat_timeout: silent,
        accept: to('queued_tasks', 'hold_queued_task'),
        scheduler_lost: 'absent',
      },
    },
  },
});
