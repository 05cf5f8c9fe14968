/**
 * The process that watches the pods of one namespace (semantics 6.4.3). When it died the next
 * heartbeat starts it again from resource version "0": pods that still exist are seen again, pods
 * that went meanwhile are not.
 */
import { setup } from 'xstate';
import type { StateMeta } from './meta.ts';
import { command, metaFor, seconds, to } from './parts.ts';

type Event = {
  type: 'start' | 'pod_event' | 'read_timeout' | 'resource_version_too_old' | 'exception' | 'stop';
};

const meta = metaFor(
  'kubernetes_watcher',
  'airflow/providers/cncf/kubernetes/executors/kubernetes_executor_utils.py 10.25.0',
);

export const kubernetesWatcherMachine = setup({
  types: { events: {} as Event, tags: {} as 'sees_pods', meta: {} as StateMeta },
  actions: { put_result: command, list_pods: command, reset_resource_version: command },
  delays: { watcher_pause: seconds(1) },
}).createMachine({
  id: 'kubernetes_watcher',
  initial: 'absent',
  states: {
    absent: { meta: meta('absent', 'ink-3'), on: { start: to('watching', 'list_pods') } },
    watching: {
      meta: meta('watching', 'ink'),
      tags: ['sees_pods'],
      on: {
        pod_event: { actions: ['put_result'] },
        read_timeout: 'pausing',
        resource_version_too_old: { actions: ['reset_resource_version', 'list_pods'] },
        exception: 'dead',
        stop: 'absent',
      },
    },
    pausing: {
      meta: meta('pausing', 'ink-3'),
      on: { stop: 'absent' },
      after: { watcher_pause: 'watching' },
    },
    dead: {
      meta: meta('dead', 'fault'),
      on: { start: to('watching', 'reset_resource_version', 'list_pods'), stop: 'absent' },
    },
  },
});
