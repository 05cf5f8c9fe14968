/**
 * One triggerer: job row, manager and runner (semantics 8.5, 15.1). When a trigger blocks the
 * runner for too long the manager stops its own beats, so that others take the triggers over.
 */
import { setup } from 'xstate';
import type { StateMeta } from './meta.ts';
import { command, metaFor, seconds, to } from './parts.ts';

type Event =
  | { type: 'start' | 'heartbeat' | 'assign' | 'runner_blocked' | 'runner_back' }
  | { type: 'terminate' | 'kill' | 'declare_dead' };

const meta = metaFor('triggerer', 'airflow/jobs/triggerer_job_runner.py 3.3.2, 2.11.2');

export const triggererMachine = setup({
  types: {
    events: {} as Event,
    tags: {} as 'alive' | 'runs_triggers' | 'row_running' | 'finished',
    meta: {} as StateMeta,
  },
  actions: {
    insert_job: command,
    set_latest_heartbeat: command,
    load_triggers: command,
    release_triggers: command,
    set_end_date: command,
  },
  delays: {
    /** triggerer.runner_health_check_threshold (3.x; 0 in the options means never) */
    runner_health_check_threshold: seconds(30),
  },
}).createMachine({
  id: 'triggerer',
  initial: 'absent',
  states: {
    absent: {
      meta: meta('absent', 'ink-3'),
      on: { start: to('running', 'insert_job', 'set_latest_heartbeat') },
    },
    running: {
      meta: meta('running', 'ink'),
      tags: ['alive', 'runs_triggers', 'row_running'],
      on: {
        heartbeat: { actions: ['set_latest_heartbeat'] },
        assign: { actions: ['load_triggers'] },
        runner_blocked: 'blocked',
        terminate: to('success', 'release_triggers', 'set_end_date'),
        kill: 'lost',
      },
    },
    blocked: {
      meta: meta('blocked', 'caution'),
      tags: ['alive', 'row_running'],
      on: {
        heartbeat: { actions: ['set_latest_heartbeat'] },
        runner_back: 'running',
        terminate: to('success', 'release_triggers', 'set_end_date'),
        kill: 'lost',
      },
      after: { runner_health_check_threshold: 'silent' },
    },
    silent: {
      meta: meta('silent', 'fault'),
      tags: ['alive', 'row_running'],
      on: {
        runner_back: 'running',
        declare_dead: to('failed', 'release_triggers'),
        terminate: to('success', 'release_triggers', 'set_end_date'),
        kill: 'lost',
      },
    },
    lost: {
      meta: meta('lost', 'fault'),
      tags: ['row_running'],
      on: { declare_dead: to('failed', 'release_triggers') },
    },
    success: {
      meta: meta('success', 'goal'),
      tags: ['finished'],
      on: { start: to('running', 'insert_job', 'set_latest_heartbeat') },
    },
    failed: {
      meta: meta('failed', 'fault'),
      tags: ['finished'],
      on: { start: to('running', 'insert_job', 'set_latest_heartbeat') },
    },
  },
});
