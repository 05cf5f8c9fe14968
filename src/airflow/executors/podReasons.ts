/** Why a task instance of the KubernetesExecutor waits: for its pod, for a node, for its image. */
import type { IntQueue } from '../../kernel/index.ts';
import type { Cluster } from '../fleet/cluster.ts';
import { ANSWER } from '../fleet/kubeApi.ts';
import { STAGE } from '../runner/workloads.ts';
import type { PodCreation } from './podCreation.ts';
import { aheadIn, commonReason, reason, type QueuedReason } from './queuedReason.ts';

const BATCH = 'kubernetes_executor.worker_pods_creation_batch_size';
const RETRIES = 'kubernetes_executor.task_publish_max_retries';

/** Its key is in the task queue: the pod is still to be created. */
export function creationReason(
  cluster: Cluster,
  creation: PodCreation,
  queue: IntQueue,
  w: number,
): QueuedReason {
  const { config, context } = cluster.env;
  const ahead = aheadIn(queue, w);
  const attempts = creation.attempts(w);
  const over = cluster.quota.exceeded(cluster.needOf(w));
  if (creation.pausedUntil > context.now) {
    return reason('pod_creation_paused', null, null, null, { until_us: creation.pausedUntil });
  }
  if (attempts > 0 && over !== null) {
    const { quota } = cluster;
    const [used, limit] = [quota.used, quota.limit];
    const part = over === 'pods' ? 'pods' : over === 'requests.cpu' ? 'cpu' : 'memory';
    return reason('pod_quota', RETRIES, used[part], limit[part], { resource: over, attempts });
  }
  if (attempts > 0 && cluster.api.answer !== ANSWER.created) {
    return reason('pod_refused', RETRIES, attempts, config.podPublishRetries, { attempts });
  }
  return reason('pod_creation', BATCH, null, config.podBatch, { ahead });
}

/** It has a pod, or is not that far. */
export function podReason(cluster: Cluster, w: number): QueuedReason {
  const { rows } = cluster.env.workloads;
  if (cluster.isUnschedulable(w)) return unschedulable(cluster, w);
  const stage = rows.stage[w]!;
  if (cluster.phaseOf(w) === 'deleted' && stage === STAGE.sent) {
    return reason('pod_gone', 'scheduler.task_queued_timeout');
  }
  if (stage !== STAGE.slot) return commonReason(stage, rows.until[w]!);
  const node = cluster.nodeNames[rows.place[w]!] ?? '';
  const phase = cluster.phaseOf(w);
  if (phase !== 'ContainerCreating' && phase !== 'Running') {
    return reason('pod_stuck', null, null, null, { cause: phase, node });
  }
  const cause = cluster.containers.pulls(w) ? 'Pulling' : 'ContainerCreating';
  return reason('pod_starting', null, null, null, {
    node,
    cause,
    until_us: cluster.containers.runsAt(w),
  });
}

/** In the words of kube-scheduler: 0/3 nodes are available: 2 Insufficient cpu, ... */
function unschedulable(cluster: Cluster, w: number): QueuedReason {
  const { pending, busy, slots } = cluster.demand;
  const { nodes, cpu, memory, pods, away } = cluster.shortage(w);
  const need = cluster.needOf(w);
  return reason('pod_pending', null, busy, slots, {
    cause: 'Unschedulable',
    pending,
    nodes,
    cpu,
    memory,
    pods,
    away,
    cpu_m: need.cpu,
    memory_mb: need.memory,
  });
}
