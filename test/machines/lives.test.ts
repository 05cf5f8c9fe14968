import { describe, expect, test } from 'vitest';
import type { CompiledMachine } from '../../src/machines/compile.ts';
import { versionGuards } from '../../src/machines/compile.ts';
import { fire, ILLEGAL } from '../../src/machines/fire.ts';
import * as m from '../../src/machines/index.ts';
import type { AirflowVersion } from '../../src/machines/profile.ts';
import { effectsOf } from './support.ts';

/** Sends `event` or `event/guard+guard` one after the other; the states, and what was done. */
function live(machine: CompiledMachine, start: string, events: string, version = '3.3.2') {
  let state = machine.states.indexOf(start);
  const states: string[] = [];
  const done: string[] = [];
  for (const step of events.split(' ')) {
    const [event = '', guards = ''] = step.split('/');
    const id = fire(machine, state, code(machine.events, event), bits(machine, guards, version));
    if (id === ILLEGAL) return { states: [...states, 'illegal'], done };
    state = machine.transitions[id - machine.firstId]!.to;
    states.push(machine.states[state]!);
    done.push(...effectsOf(machine, id));
  }
  return { states, done };
}

function bits(machine: CompiledMachine, guards: string, version: string): number {
  const own = versionGuards(machine, version as AirflowVersion);
  const names = guards === '' ? [] : guards.split('+');
  return names.reduce((mask, name) => mask | (1 << code(machine.guards, name)), own);
}

function code(names: readonly string[], name: string): number {
  const at = names.indexOf(name);
  if (at < 0) throw new Error(`no such name: ${name}`);
  return at;
}

/** Rows of semantics 1.2: from, event, to; `2` or `3` when only one version has it. */
const rows = `
T1 none schedule scheduled
T2 none succeed_empty success
T2a none defer_at_start deferred
T2a up_for_retry defer_at_start deferred
T3 none rule_skip skipped
T3 up_for_retry rule_upstream_failed upstream_failed
T3 up_for_reschedule rule_remove removed
T3 none expand_skip skipped
T3 none expand_upstream_failed upstream_failed
T4 scheduled branch_skip skipped
T4 running branch_skip running 3
T4 running branch_skip skipped 2
T4 success branch_skip success 3
T4 success branch_skip skipped 2
T5 scheduled queue queued
T6 scheduled serialized_dag_missing failed
T7 queued dagrun_finished none
T8 queued start running
T8 restarting start running
T8 up_for_retry start illegal 3
T8 up_for_retry start running 2
T8 queued start_refused illegal 3
T8 queued start_refused none 2
T9 queued requeue_stuck scheduled
T10 queued fail_stuck failed
T11 queued executor_failed failed
T11 queued executor_success/retry_eligible up_for_retry
T11 running executor_success/retry_eligible up_for_retry 3
T11 running executor_failed running 2
T11 scheduled executor_failed failed 3
T11 scheduled executor_success/resuming scheduled 3
T11 success executor_success illegal
T12 queued orphan_reset none
T12 running orphan_reset none
T12 restarting orphan_reset none
T13 running succeed success
T13 running skip skipped
T13 running fail failed
T13 running fail/tries_left up_for_retry
T13 running fail_without_retry/tries_left failed
T13 running reschedule up_for_reschedule
T13 running defer deferred
T13 running await_input awaiting_input 3
T13 running await_input illegal 2
T14 running clear restarting
T15 restarting executor_success none
T16 restarting executor_failed up_for_retry
T16 restarting succeed success 2
T16 restarting skip skipped 2
T16 restarting fail_without_retry failed 2
T16 running heartbeat_timeout running 3
T16 running heartbeat_timeout failed 2
T17 running mark_failed failed
T17 running fail_fast failed
T18 up_for_retry schedule scheduled
T19 up_for_reschedule schedule scheduled
T20 deferred trigger_event scheduled
T20 deferred trigger_timeout scheduled
T20a awaiting_input answer_timeout scheduled
T20a running answered_before_parking scheduled 3
T21 deferred trigger_failed/retry_eligible up_for_retry 3
T21 deferred trigger_failed/retry_eligible failed 2
T21 deferred trigger_success success
T22 upstream_failed clear none
T22 queued clear none
T23 running remove removed
T24 removed restore none
T25 none dagrun_timeout skipped 3
T25 none dagrun_timeout none 2
T25 success dagrun_timeout illegal
T26 failed mark_success success`;

const cases = rows
  .trim()
  .split('\n')
  .map((row) => row.split(' '))
  .flatMap(([id, from, event, to, only]) =>
    ['3.3.2', '2.11.2']
      .filter((version) => only === undefined || version.startsWith(only))
      .map((version) => [id!, from!, event!, to!, version] as const),
  );

describe('task instance', () => {
  test.each(cases)('%s %s: %s -> %s in %s', (_id, from, event, to, version) => {
    expect(live(m.taskInstance, from, event, version).states).toEqual([to]);
  });

  test('orphan reset -> old try into the history in 3.3.2 only', () => {
    const archived = (version: string): boolean =>
      live(m.taskInstance, 'running', 'orphan_reset', version).done.includes(
        'prepare_db_for_next_try',
      );
    expect([archived('3.3.2'), archived('2.11.2')]).toEqual([true, false]);
  });

  test('resume after a deferral -> the start date stays', () => {
    expect(live(m.taskInstance, 'queued', 'start/resuming').done).toEqual(['record_worker']);
    expect(live(m.taskInstance, 'queued', 'start').done).toContain('set_start_date');
  });
});

describe('DAG run', () => {
  test('cleared when finished -> queued without dates; when running -> goes on', () => {
    const cleared = live(m.dagRun, 'failed', 'clear start');
    expect(cleared.states).toEqual(['queued', 'running']);
    expect(cleared.done).toEqual([
      'raise_clear_number',
      'set_queued_at',
      'clear_dates',
      'set_start_date',
    ]);
    expect(live(m.dagRun, 'running', 'clear').states).toEqual(['running']);
  });

  test('timed out -> unfinished tasks are skipped before the run ends', () => {
    expect(live(m.dagRun, 'running', 'time_out').done).toEqual(['skip_unfinished', 'set_end_date']);
  });
});

describe('executors', () => {
  test('Celery key: publish times out four times -> event failed', () => {
    const left = 'publish_timeout/publish_retries_left';
    const { states, done } = live(
      m.celeryKey,
      'queued_tasks',
      `${left} ${left} ${left} publish_timeout`,
    );
    expect(states).toEqual(['queued_tasks', 'queued_tasks', 'queued_tasks', 'absent']);
    expect(done.filter((name) => name === 'buffer_failed')).toHaveLength(1);
  });

  test('Celery key: handed over again while running -> sent again at once only in 3.3.2', () => {
    const events = 'accept publish_ok';
    expect(live(m.celeryKey, 'running', events).states).toEqual(['queued_again', 'running']);
    const two = live(m.celeryKey, 'running', events, '2.11.2');
    expect(two.states).toEqual(['queued_again', 'illegal']);
  });

  test('Kubernetes key: pod fails while the task is queued -> replaced once, then failed', () => {
    const events = 'pod_failed/launch_retries_left pod_created pod_failed';
    const { states, done } = live(m.kubernetesKey, 'pod_pending', events);
    expect(states).toEqual(['task_queue', 'pod_pending', 'absent']);
    expect(done).toEqual(['count_launch_failure', 'drop_running', 'buffer_failed']);
  });

  test('Kubernetes key: pod deleted before its start -> nobody notices', () => {
    expect(live(m.kubernetesKey, 'pod_pending', 'pod_deleted_pending').done).toEqual([]);
  });

  test('Local key -> counted as running in 2.11.2, in nobody’s set in 3.3.2', () => {
    const three = live(m.localKey, 'queued_tasks', 'trigger read supervisor_ended');
    expect(three.states).toEqual(['activity_queue', 'running', 'absent']);
    expect(three.done).not.toContain('hold_running');
    const two = live(m.localKey, 'queued_tasks', 'trigger', '2.11.2');
    expect(two.done).toContain('hold_running');
  });

  test('Sequential: commands wait -> the scheduler is blocked until the list is empty', () => {
    const { states } = live(m.sequentialExecutor, 'idle', 'sync sync/has_commands list_empty');
    expect(states).toEqual(['idle', 'blocked', 'idle']);
    const { blocks_scheduler } = m.sequentialExecutor.tagged;
    expect((blocks_scheduler >>> m.sequentialExecutor.state.blocked) & 1).toBe(1);
  });
});

describe('Celery', () => {
  test('message: worker host lost -> Redis waits for the visibility timeout, RabbitMQ does not', () => {
    const redis = live(m.celeryMessage, 'started', 'worker_lost visibility_over');
    expect(redis.states).toEqual(['unacked', 'published']);
    const rabbit = live(m.celeryMessage, 'started', 'worker_lost/redelivers_on_close');
    expect(rabbit.states).toEqual(['published']);
  });

  test('message: visibility over while it runs -> a second copy, the first goes on', () => {
    const { states, done } = live(m.celeryMessage, 'started', 'visibility_over end');
    expect(states).toEqual(['started', 'acked']);
    expect(done).toEqual(['deliver_copy', 'store_success']);
  });

  test('message: child killed -> believed lost after worker_lost_wait, then FAILURE', () => {
    const { done } = live(m.celeryMessage, 'started', 'child_lost after.worker_lost_wait');
    expect(done).toEqual(['schedule:worker_lost_wait', 'cancel:worker_lost_wait', 'store_failure']);
  });

  test('worker: warm shutdown -> waits for its last task', () => {
    const events = 'sigterm task_ended task_ended/last_task';
    expect(live(m.celeryWorker, 'busy', events).states).toEqual([
      'draining',
      'draining',
      'offline',
    ]);
  });
});

describe('supervisor', () => {
  test('third failed beat in a row -> SIGTERM, SIGKILL, end', () => {
    const left = 'heartbeat_failed/heartbeats_left';
    const events = `${left} ${left} heartbeat_failed after.terminate_grace after.kill_grace`;
    const { states } = live(m.supervisor, 'running', events);
    expect(states).toEqual(['running', 'running', 'terminating', 'killing', 'closing']);
  });

  test('killed itself -> its task process is a ghost', () => {
    expect(live(m.supervisor, 'running', 'kill process_exited').states).toEqual([
      'ghost',
      'exited',
    ]);
  });
});

describe('jobs', () => {
  test('scheduler declared dead but only silent -> runs again with its next beat', () => {
    const events = 'stall declare_dead heartbeat/process_alive';
    expect(live(m.schedulerJob, 'running', events).states).toEqual([
      'stalled',
      'failed',
      'running',
    ]);
    expect(live(m.schedulerJob, 'failed', 'heartbeat').states).toEqual(['illegal']);
  });

  test('triggerer: runner blocked too long -> silent, so that others take its triggers', () => {
    const events = 'runner_blocked after.runner_health_check_threshold declare_dead';
    expect(live(m.triggerer, 'running', events).states).toEqual(['blocked', 'silent', 'failed']);
    expect(live(m.trigger, 'running', 'triggerer_lost assign run').states).toEqual([
      'unassigned',
      'assigned',
      'running',
    ]);
  });
});
