/**
 * SequentialExecutor, 2.11.2 only (semantics 6.9). Its heartbeat runs the whole list of accepted
 * commands one by one and waits for each: the scheduler's thread is blocked meanwhile.
 */
import { setup } from 'xstate';
import type { StateMeta } from './meta.ts';
import { command, metaFor, to } from './parts.ts';

type Event = { type: 'start' | 'sync' | 'list_empty' | 'end' | 'scheduler_lost' };

interface Columns {
  /** Commands in the list of this heartbeat. */
  readonly commands_to_run: number;
}

const meta = metaFor('sequential_executor', 'airflow/executors/sequential_executor.py 2.11.2');

export const sequentialExecutorMachine = setup({
  types: {
    context: {} as Columns,
    input: {} as Columns,
    events: {} as Event,
    tags: {} as 'accepts' | 'blocks_scheduler',
    meta: {} as StateMeta,
  },
  guards: { has_commands: ({ context }) => context.commands_to_run > 0 },
  actions: { run_first_command: command, kill_child: command },
}).createMachine({
  id: 'sequential_executor',
  initial: 'absent',
  context: ({ input }) => input,
  on: { scheduler_lost: '.absent' },
  states: {
    absent: { meta: meta('absent', 'ink-3'), on: { start: 'idle', scheduler_lost: {} } },
    idle: {
      meta: meta('idle', 'ink-3'),
      tags: ['accepts'],
      on: {
        sync: [{ guard: 'has_commands', ...to('blocked', 'run_first_command') }, {}],
        end: [{ guard: 'has_commands', ...to('ending', 'run_first_command') }, to('ended')],
      },
    },
    blocked: {
      meta: meta('blocked', 'caution'),
      tags: ['blocks_scheduler'],
      // SIGTERM: the child is killed, then `end()` runs the whole list again from its first entry.
      on: { list_empty: 'idle', end: to('ending', 'kill_child', 'run_first_command') },
    },
    ending: {
      meta: meta('ending', 'caution'),
      tags: ['blocks_scheduler'],
      on: { list_empty: 'ended' },
    },
    ended: { meta: meta('ended', 'goal') },
  },
});
