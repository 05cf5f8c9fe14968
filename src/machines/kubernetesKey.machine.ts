/**
 * One key in the KubernetesExecutor (semantics 6.4.1, 6.4.2, 6.4.4, 6.4.5). A failed pod whose task
 * instance is still queued is replaced silently a few times (`pod_launch_failure_retries`).
 */
import { assign, setup } from 'xstate';
import { queuedTasks } from './executorKey.shared.ts';
import type { StateMeta } from './meta.ts';
import { command, metaFor, to } from './parts.ts';
import { has } from './profile.ts';
import type { AirflowVersion } from './profile.ts';

type Event =
  | { type: 'accept' | 'trigger' | 'bad_executor_config' | 'row_changed' }
  | { type: 'pod_created' | 'create_refused' | 'create_refused_for_now' }
  | { type: 'pod_running' | 'pod_failed' | 'pod_succeeded' }
  | { type: 'pod_deleted_pending' | 'pod_deleted_running' | 'relabelled' }
  | { type: 'adopt_pending' | 'adopt_running' }
  | { type: 'revoke' | 'heartbeat_timeout' | 'scheduler_lost' };

interface Columns {
  readonly airflow: AirflowVersion;
  readonly publish_attempts: number;
  /** kubernetes_executor.task_publish_max_retries; -1 = no limit */
  readonly task_publish_max_retries: number;
  readonly launch_failures: number;
  /** kubernetes_executor.pod_launch_failure_retries; -1 = no limit */
  readonly pod_launch_failure_retries: number;
  /** The task instance is still queued. */
  readonly ti_queued: boolean;
  /** The container's reason is in pod_launch_failure_excluded_container_reasons. */
  readonly reason_excluded: boolean;
}

const meta = metaFor(
  'kubernetes_key',
  'airflow/providers/cncf/kubernetes/executors/kubernetes_executor.py 10.25.0',
);

function left(used: number, limit: number): boolean {
  return limit < 0 || used < limit;
}

/** A failed pod stays in the cluster unless delete_worker_pods_on_failure says otherwise. */
const withPod = {
  pod_failed: [
    { guard: 'launch_retries_left', ...to('task_queue', 'count_launch_failure') },
    to('absent', 'drop_running', 'buffer_failed'),
  ],
  pod_deleted_running: [
    { guard: 'launch_retries_left', ...to('task_queue', 'count_launch_failure') },
    to('absent', 'drop_running', 'buffer_failed'),
  ],
  pod_succeeded: to('absent', 'delete_pod', 'drop_running', 'buffer_database_state'),
  relabelled: to('absent', 'drop_running'),
  revoke: to('absent', 'label_revoked', 'delete_pod', 'drop_running'),
  heartbeat_timeout: to('absent', 'drop_running', 'buffer_failed'),
  scheduler_lost: 'absent',
} as const;

export const kubernetesKeyMachine = setup({
  types: {
    context: {} as Columns,
    input: {} as Columns,
    events: {} as Event,
    tags: {} as 'occupies_slot' | 'in_running' | 'has_pod',
    meta: {} as StateMeta,
  },
  guards: {
    replaces_queued_key: ({ context }) => has(context.airflow, 'replaces_queued_key'),
    publish_retries_left: ({ context: c }) => left(c.publish_attempts, c.task_publish_max_retries),
    launch_retries_left: ({ context: c }) =>
      c.ti_queued && !c.reason_excluded && left(c.launch_failures, c.pod_launch_failure_retries),
  },
  actions: {
    hold_queued_task: command,
    drop_queued_task: command,
    hold_running: command,
    drop_running: command,
    buffer_queued: command,
    buffer_failed: command,
    buffer_database_state: command,
    count_publish_attempt: assign({
      publish_attempts: ({ context }) => context.publish_attempts + 1,
    }),
    count_launch_failure: assign({ launch_failures: ({ context }) => context.launch_failures + 1 }),
    delete_pod: command,
    label_revoked: command,
  },
}).createMachine({
  id: 'kubernetes_key',
  initial: 'absent',
  context: ({ input }) => input,
  states: {
    absent: {
      meta: meta('absent', 'ink-3'),
      on: {
        accept: to('queued_tasks', 'hold_queued_task'),
        adopt_pending: to('pod_pending', 'hold_running'),
        adopt_running: to('pod_running', 'hold_running'),
        heartbeat_timeout: { actions: ['buffer_failed'] },
        // Later events of a pod that was already dealt with.
        pod_failed: {},
        pod_succeeded: { actions: ['delete_pod'] },
        pod_running: {},
        pod_deleted_pending: {},
        pod_deleted_running: {},
      },
    },
    queued_tasks: {
      meta: meta('queued_tasks', 'ink-2'),
      tags: ['occupies_slot'],
      on: {
        ...queuedTasks,
        revoke: to('absent', 'drop_queued_task'),
        bad_executor_config: to('absent', 'drop_queued_task', 'buffer_failed'),
        trigger: to('task_queue', 'drop_queued_task', 'hold_running', 'buffer_queued'),
      },
    },
    task_queue: {
      meta: meta('task_queue', 'ink-2'),
      tags: ['occupies_slot', 'in_running'],
      on: {
        pod_created: 'pod_pending',
        create_refused: to('absent', 'drop_running', 'buffer_failed'),
        create_refused_for_now: [
          { guard: 'publish_retries_left', actions: ['count_publish_attempt'] },
          to('absent', 'drop_running', 'buffer_failed'),
        ],
        row_changed: to('absent', 'drop_running'),
        revoke: to('absent', 'drop_running'),
        heartbeat_timeout: to('absent', 'drop_running', 'buffer_failed'),
        // Events of the pod that was silently replaced.
        pod_failed: {},
        pod_deleted_pending: {},
        pod_deleted_running: {},
        scheduler_lost: 'absent',
      },
    },
    pod_pending: {
      meta: meta('pod_pending', 'ink-2'),
      tags: ['occupies_slot', 'in_running', 'has_pod'],
      on: { ...withPod, pod_running: 'pod_running', pod_deleted_pending: {} },
    },
    pod_running: {
      meta: meta('pod_running', 'ink'),
      tags: ['occupies_slot', 'in_running', 'has_pod'],
      on: { ...withPod, pod_running: {} },
    },
  },
});
