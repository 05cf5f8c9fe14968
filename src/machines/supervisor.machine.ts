/**
 * The process that looks after one try (semantics 6.1.5, 15.4): the supervisor of 3.x, the
 * LocalTaskJob of 2.x. It outlives its task process by up to one heartbeat interval, and the place
 * where it runs is taken until it has ended.
 */
import { assign, setup } from 'xstate';
import type { StateMeta } from './meta.ts';
import { command, metaFor, seconds, to } from './parts.ts';

type Event =
  | { type: 'start_accepted' | 'start_refused' | 'already_running' }
  | { type: 'reported' | 'process_exited' | 'process_killed' | 'reaped' }
  | { type: 'heartbeat_ok' | 'heartbeat_failed' | 'not_wanted' | 'kill' };

interface Columns {
  readonly failed_heartbeats: number;
  /** workers.max_failed_heartbeats */
  readonly max_failed_heartbeats: number;
}

const meta = metaFor('supervisor', 'airflow/sdk/execution_time/supervisor.py 3.3.2');

/** From any state in which the task process lives. */
const child = { kill: 'ghost', process_killed: 'closing', process_exited: 'closing' } as const;

export const supervisorMachine = setup({
  types: {
    context: {} as Columns,
    input: {} as Columns,
    events: {} as Event,
    tags: {} as 'task_process' | 'holds_slot' | 'over',
    meta: {} as StateMeta,
  },
  guards: {
    // The failure that is counted now may be the last one that is allowed.
    heartbeats_left: ({ context: c }) => c.failed_heartbeats + 1 < c.max_failed_heartbeats,
  },
  actions: {
    fork_task_process: command,
    send_start_message: command,
    send_sigterm: command,
    send_sigkill: command,
    count_failed_heartbeat: assign({
      failed_heartbeats: ({ context }) => context.failed_heartbeats + 1,
    }),
    reset_failed_heartbeats: assign({ failed_heartbeats: 0 }),
    report_end: command,
    end_normally: command,
    raise_in_executor: command,
  },
  delays: {
    /** workers.min_heartbeat_interval is the next look at the process: 0 or 5 s, drawn. */
    next_look: 0,
    /** core.task_success_overtime */
    task_success_overtime: seconds(20),
    /** 3.x 5 s; 2.x core.killed_task_cleanup_time 60 s */
    terminate_grace: seconds(5),
    kill_grace: seconds(5),
  },
}).createMachine({
  id: 'supervisor',
  initial: 'starting',
  context: ({ input }) => input,
  states: {
    starting: {
      meta: meta('starting', 'ink-2'),
      tags: ['task_process', 'holds_slot'],
      entry: ['fork_task_process'],
      on: {
        start_accepted: to('running', 'send_start_message'),
        start_refused: to('exited', 'send_sigkill', 'raise_in_executor'),
        already_running: to('exited', 'send_sigkill', 'end_normally'),
        kill: 'ghost',
      },
    },
    running: {
      meta: meta('running', 'ink'),
      tags: ['task_process', 'holds_slot'],
      on: {
        ...child,
        reported: 'overtime',
        heartbeat_ok: { actions: ['reset_failed_heartbeats'] },
        heartbeat_failed: [
          { guard: 'heartbeats_left', actions: ['count_failed_heartbeat'] },
          to('terminating', 'send_sigterm'),
        ],
        not_wanted: to('terminating', 'send_sigterm'),
      },
    },
    overtime: {
      // The end is reported; callbacks and listeners of the task still run. No beats any more.
      meta: meta('overtime', 'ink-2'),
      tags: ['task_process', 'holds_slot'],
      on: child,
      after: { task_success_overtime: to('terminating', 'send_sigterm') },
    },
    terminating: {
      meta: meta('terminating', 'caution'),
      tags: ['task_process', 'holds_slot'],
      on: child,
      after: { terminate_grace: to('killing', 'send_sigkill') },
    },
    killing: {
      meta: meta('killing', 'fault'),
      tags: ['task_process', 'holds_slot'],
      on: child,
      after: { kill_grace: 'closing' },
    },
    closing: {
      // The task process has gone, the supervisor has not looked yet.
      meta: meta('closing', 'ink-3'),
      tags: ['holds_slot'],
      on: { kill: 'exited', reaped: to('exited', 'report_end', 'end_normally') },
      after: { next_look: to('exited', 'report_end', 'end_normally') },
    },
    ghost: {
      // Killed: its task process lives on until its next request fails, and reports nothing.
      meta: meta('ghost', 'fault'),
      tags: ['task_process'],
      on: { process_exited: 'exited', process_killed: 'exited' },
    },
    exited: { meta: meta('exited', 'ink-3'), tags: ['over'] },
  },
});
