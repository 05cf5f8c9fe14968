/**
 * One turn of the scheduler's loop as a ring of phases (semantics 5.1; letters are its steps).
 * Everything in the ring runs in the scheduler's only thread.
 */
import { setup } from 'xstate';
import type { StateMeta } from './meta.ts';
import { command, metaFor, seconds, to } from './parts.ts';

type Event =
  | { type: 'done' | 'no_executor_slots' | 'lock_busy' }
  | { type: 'nothing_to_do' | 'something_done' | 'stop' | 'start' };

const meta = metaFor('scheduler_loop', 'airflow/jobs/scheduler_job_runner.py 3.3.2, 2.11.2');

export const schedulerLoopMachine = setup({
  types: {
    events: {} as Event,
    tags: {} as 'do_scheduling' | 'thread_busy',
    meta: {} as StateMeta,
  },
  actions: { count_loop: command },
  delays: { scheduler_idle_sleep_time: seconds(1) },
}).createMachine({
  id: 'scheduler_loop',
  initial: 'stopped',
  on: { stop: '.stopped' },
  states: {
    stopped: { meta: meta('stopped', 'ink-3'), on: { start: 'create_dagruns', stop: {} } },
    create_dagruns: {
      meta: meta('create_dagruns', 'ink'), // A1, A2
      tags: ['do_scheduling', 'thread_busy'],
      entry: ['count_loop'],
      on: { done: 'start_queued_dagruns' },
    },
    start_queued_dagruns: {
      meta: meta('start_queued_dagruns', 'ink'), // A3
      tags: ['do_scheduling', 'thread_busy'],
      on: { done: 'schedule_all_dag_runs' },
    },
    schedule_all_dag_runs: {
      meta: meta('schedule_all_dag_runs', 'ink'), // A4, A5
      tags: ['do_scheduling', 'thread_busy'],
      on: {
        done: 'critical_section',
        no_executor_slots: 'executor_heartbeat',
      },
    },
    critical_section: {
      meta: meta('critical_section', 'ink'), // A6
      tags: ['do_scheduling', 'thread_busy'],
      on: { done: 'executor_heartbeat', lock_busy: 'executor_heartbeat' },
    },
    executor_heartbeat: {
      meta: meta('executor_heartbeat', 'ink'), // B
      tags: ['thread_busy'],
      on: { done: 'process_executor_events' },
    },
    process_executor_events: {
      meta: meta('process_executor_events', 'ink'), // C, D
      tags: ['thread_busy'],
      on: { done: 'timed_events' },
    },
    timed_events: {
      meta: meta('timed_events', 'ink'), // E, F
      tags: ['thread_busy'],
      on: { nothing_to_do: 'idle_sleep', something_done: 'create_dagruns' },
    },
    idle_sleep: {
      meta: meta('idle_sleep', 'ink-3'),
      after: { scheduler_idle_sleep_time: to('create_dagruns') },
    },
  },
});
