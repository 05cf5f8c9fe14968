/**
 * One worker pod in the cluster (semantics 6.4.3, 6.4.6, 6.7). The states are Kubernetes' own words
 * for phases and reasons; the phase is the tag, because the watcher looks at the phase first.
 */
import { setup } from 'xstate';
import type { StateMeta } from './meta.ts';
import { command, metaFor, seconds, to } from './parts.ts';

type Event =
  | { type: 'unschedulable' | 'scheduled' | 'image_pull_failed' | 'config_error' }
  | { type: 'back_off' | 'started' | 'exit_zero' | 'exit_nonzero' | 'oom_killed' }
  | { type: 'evict' | 'node_lost' | 'node_back' | 'delete' | 'containers_gone' };

const meta = metaFor('pod', 'kubernetes pod life cycle v1');

/** A pending pod on a lost node stays pending until it is evicted. */
const pending = {
  delete: to('deleted', 'free_node'),
  evict: to('Evicted', 'free_node'),
  node_lost: {},
} as const;

const over = { delete: 'deleted', node_lost: {}, containers_gone: {} } as const;

export const podMachine = setup({
  types: {
    events: {} as Event,
    tags: {} as 'Pending' | 'Running' | 'Succeeded' | 'Failed' | 'on_node',
    meta: {} as StateMeta,
  },
  actions: {
    take_node: command,
    free_node: command,
    pull_image: command,
    start_container: command,
    kill_container: command,
  },
  delays: {
    /** First wait after a failed pull; doubles up to 300 s. */
    image_pull_back_off: seconds(10),
    termination_grace_period: seconds(30),
    /** Toleration of an unreachable node. */
    node_unreachable_toleration: seconds(300),
  },
}).createMachine({
  id: 'pod',
  initial: 'Pending',
  states: {
    Pending: {
      meta: meta('Pending', 'ink-2'),
      tags: ['Pending'],
      on: {
        scheduled: to('ContainerCreating', 'take_node', 'pull_image'),
        unschedulable: 'Unschedulable',
        delete: 'deleted',
      },
    },
    Unschedulable: {
      meta: meta('Unschedulable', 'caution'),
      tags: ['Pending'],
      on: {
        scheduled: to('ContainerCreating', 'take_node', 'pull_image'),
        unschedulable: {},
        delete: 'deleted',
      },
    },
    ContainerCreating: {
      meta: meta('ContainerCreating', 'ink-2'),
      tags: ['Pending', 'on_node'],
      on: {
        ...pending,
        started: to('Running', 'start_container'),
        image_pull_failed: 'ErrImagePull',
        config_error: 'CreateContainerConfigError',
      },
    },
    ErrImagePull: {
      meta: meta('ErrImagePull', 'fault'),
      tags: ['Pending', 'on_node'],
      on: { ...pending, back_off: 'ImagePullBackOff' },
    },
    ImagePullBackOff: {
      meta: meta('ImagePullBackOff', 'caution'),
      tags: ['Pending', 'on_node'],
      on: pending,
      after: { image_pull_back_off: to('ContainerCreating', 'pull_image') },
    },
    CreateContainerConfigError: {
      meta: meta('CreateContainerConfigError', 'fault'),
      tags: ['Pending', 'on_node'],
      on: pending,
    },
    Running: {
      meta: meta('Running', 'ink'),
      tags: ['Running', 'on_node'],
      on: {
        exit_zero: to('Succeeded', 'free_node'),
        exit_nonzero: to('Failed', 'free_node'),
        oom_killed: to('OOMKilled', 'kill_container', 'free_node'),
        evict: to('Evicted', 'kill_container', 'free_node'),
        node_lost: 'Unknown',
        delete: 'Terminating',
      },
    },
    Unknown: {
      // The node does not answer: the phase stays what it was, the containers may live on.
      meta: meta('Unknown', 'fault'),
      tags: ['Running', 'on_node'],
      on: { node_back: 'Running', delete: 'Terminating' },
      after: { node_unreachable_toleration: 'Terminating' },
    },
    Terminating: {
      meta: meta('Terminating', 'caution'),
      tags: ['Running', 'on_node'],
      on: { containers_gone: to('deleted', 'free_node'), delete: {} },
      after: { termination_grace_period: to('deleted', 'kill_container', 'free_node') },
    },
    Succeeded: { meta: meta('Succeeded', 'goal'), tags: ['Succeeded'], on: over },
    Failed: { meta: meta('Failed', 'fault'), tags: ['Failed'], on: over },
    OOMKilled: { meta: meta('OOMKilled', 'fault'), tags: ['Failed'], on: over },
    Evicted: { meta: meta('Evicted', 'fault'), tags: ['Failed'], on: over },
    deleted: { meta: meta('deleted', 'ink-3') },
  },
});
