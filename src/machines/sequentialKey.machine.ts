/** One key in the SequentialExecutor, 2.11.2 (semantics 6.9, table of a command). */
import { setup } from 'xstate';
import { queuedTasks } from './executorKey.shared.ts';
import type { StateMeta } from './meta.ts';
import { command, metaFor, to } from './parts.ts';
import { has } from './profile.ts';
import type { AirflowVersion } from './profile.ts';

type Event =
  | { type: 'accept' | 'trigger' | 'turn' | 'exit_zero' | 'exit_nonzero' | 'child_killed' }
  | { type: 'heartbeat_timeout' | 'scheduler_lost' };

interface Columns {
  readonly airflow: AirflowVersion;
}

const meta = metaFor('sequential_key', 'airflow/executors/sequential_executor.py 2.11.2');

export const sequentialKeyMachine = setup({
  types: {
    context: {} as Columns,
    input: {} as Columns,
    events: {} as Event,
    tags: {} as 'occupies_slot' | 'in_running' | 'has_process',
    meta: {} as StateMeta,
  },
  guards: { replaces_queued_key: ({ context }) => has(context.airflow, 'replaces_queued_key') },
  actions: {
    hold_queued_task: command,
    drop_queued_task: command,
    hold_running: command,
    drop_running: command,
    buffer_success: command,
    buffer_failed: command,
    start_child: command,
  },
}).createMachine({
  id: 'sequential_key',
  initial: 'absent',
  context: ({ input }) => input,
  states: {
    absent: {
      meta: meta('absent', 'ink-3'),
      on: {
        accept: to('queued_tasks', 'hold_queued_task'),
        // The check for silent tasks asks for an event even when the key is not here any more.
        heartbeat_timeout: { actions: ['buffer_failed'] },
      },
    },
    queued_tasks: {
      meta: meta('queued_tasks', 'ink-2'),
      tags: ['occupies_slot'],
      on: {
        ...queuedTasks,
        trigger: to('commands_to_run', 'drop_queued_task', 'hold_running'),
      },
    },
    commands_to_run: {
      meta: meta('commands_to_run', 'ink-2'),
      tags: ['occupies_slot', 'in_running'],
      on: {
        turn: to('running', 'start_child'),
        scheduler_lost: 'absent',
      },
    },
    running: {
      meta: meta('running', 'ink'),
      tags: ['occupies_slot', 'in_running', 'has_process'],
      on: {
        exit_zero: to('absent', 'drop_running', 'buffer_success'),
        exit_nonzero: to('absent', 'drop_running', 'buffer_failed'),
        child_killed: to('absent', 'drop_running', 'buffer_failed'),
        scheduler_lost: 'absent',
      },
    },
  },
});
