/**
 * The scheduler as a process and as a row of the `job` table (semantics 5.9, 15.1, 15.5). The row
 * says `running` as long as nobody changes it, so a killed scheduler is `lost` first: it is found
 * by an orphan check, its own or another scheduler's, when its last beat is too old.
 */
import { setup } from 'xstate';
import type { StateMeta } from './meta.ts';
import { command, metaFor, to } from './parts.ts';

type Event =
  | { type: 'start' | 'heartbeat' | 'stall' | 'terminate' | 'executors_ended' }
  | { type: 'kill' | 'declare_dead' };

interface Columns {
  /** The process still exists: it was only silent. */
  readonly alive: boolean;
}

const meta = metaFor('scheduler_job', 'airflow/jobs/scheduler_job_runner.py 3.3.2, 2.11.2');

export const schedulerJobMachine = setup({
  types: {
    context: {} as Columns,
    input: {} as Columns,
    events: {} as Event,
    tags: {} as 'looping' | 'row_running' | 'finished',
    meta: {} as StateMeta,
  },
  guards: { process_alive: ({ context }) => context.alive },
  actions: {
    insert_job: command,
    start_executors: command,
    check_orphans: command,
    set_latest_heartbeat: command,
    end_executors: command,
    set_end_date: command,
  },
}).createMachine({
  id: 'scheduler_job',
  initial: 'absent',
  context: ({ input }) => input,
  states: {
    absent: {
      meta: meta('absent', 'ink-3'),
      on: {
        start: to(
          'running',
          'insert_job',
          'start_executors',
          'set_latest_heartbeat',
          'check_orphans',
        ),
      },
    },
    running: {
      meta: meta('running', 'ink'),
      tags: ['looping', 'row_running'],
      on: {
        heartbeat: { actions: ['set_latest_heartbeat'] },
        stall: 'stalled',
        terminate: to('stopping', 'end_executors'),
        kill: 'lost',
        declare_dead: to('failed', 'set_end_date'),
      },
    },
    stalled: {
      // Alive without a beat: a blocking executor, a database that does not answer, a paused host.
      meta: meta('stalled', 'caution'),
      tags: ['row_running'],
      on: {
        heartbeat: to('running', 'set_latest_heartbeat'),
        terminate: to('stopping', 'end_executors'),
        kill: 'lost',
        declare_dead: to('failed', 'set_end_date'),
      },
    },
    stopping: {
      // SIGTERM: the loop is left at once, `end()` of each executor may take long, no beats.
      meta: meta('stopping', 'caution'),
      tags: ['row_running'],
      on: {
        executors_ended: to('success', 'set_end_date'),
        kill: 'lost',
        declare_dead: to('failed', 'set_end_date'),
      },
    },
    lost: {
      meta: meta('lost', 'fault'),
      tags: ['row_running'],
      on: { declare_dead: to('failed', 'set_end_date') },
    },
    success: { meta: meta('success', 'goal'), tags: ['finished'] },
    failed: {
      // A scheduler that was only silent makes its row running again with its next beat.
      meta: meta('failed', 'fault'),
      tags: ['finished'],
      on: {
        heartbeat: { guard: 'process_alive', ...to('running', 'set_latest_heartbeat') },
        executors_ended: { guard: 'process_alive', ...to('success', 'set_end_date') },
        kill: { guard: 'process_alive', actions: [] },
      },
    },
  },
});
