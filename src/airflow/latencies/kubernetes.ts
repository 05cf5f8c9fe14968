/** KubernetesExecutor: pod, node, image, interpreter. Nothing of it was recorded (no cluster). */
import { latencies } from './latency.ts';

const CALL = 'https://github.com/apache/airflow/pull/68480: 150-500 ms each';
const IDLE = 'https://github.com/knative/serving/issues/2484: about 2 s on an idle cluster';
const LIKE_LOCAL = 'as LocalExecutor of the same version (executor-runs)';

const CLUSTER = {
  'kubernetes.create_call': ['s', { kind: 'uniform', min_s: 0.15, max_s: 0.5 }, 'documented', CALL],
  'kubernetes.bind': ['s', 0.05, 'assumed', 'kube-scheduler, idle'],
  'kubernetes.image_pull': [
    's',
    { kind: 'uniform', min_s: 10, max_s: 60 },
    'assumed',
    'semantics 6.7: practice, no source',
  ],
  'kubernetes.image_error': ['s', 2, 'assumed', 'the registry answers that it has no such image'],
  'kubernetes.node_provision': [
    's',
    { kind: 'uniform', min_s: 60, max_s: 180 },
    'documented',
    'semantics 6.7: cloud vendors, order of magnitude',
  ],
  'kubernetes.node_grace': [
    's',
    40,
    'documented',
    'Kubernetes: node-monitor-grace-period, then the node counts as not ready',
  ],
  'kubernetes.api_timeout': [
    's',
    60,
    'documented',
    'cncf.kubernetes 10.25.0: API_TIMEOUT of each call',
  ],
  'kubernetes.container_start': [
    's',
    { kind: 'uniform', min_s: 1.5, max_s: 2.5 },
    'documented',
    IDLE,
  ],
  'kubernetes.interpreter': [
    's',
    { kind: 'uniform', min_s: 3, max_s: 8 },
    'assumed',
    'semantics 6.7: import of Airflow in the pod, practice',
  ],
  'kubernetes.container_exit': ['s', 0.5, 'assumed', 'end of the process to phase Succeeded'],
  'kubernetes.watch': ['s', 0.05, 'assumed', 'phase change to the watcher of the executor'],
  'kubernetes.delete_call': ['s', 0.05, 'assumed', 'one API call in the heartbeat'],
  'kubernetes.eviction': ['s', 300, 'documented', 'Kubernetes: toleration of a lost node, 5 min'],
} as const;

export const KUBERNETES_3 = latencies({
  ...CLUSTER,
  'task.start_call': ['s', 0.05, 'assumed', 'one API call over the network'],
  'task.start_up': ['cpu_s', 0.15, 'assumed', LIKE_LOCAL],
  'task.report': ['s', 0.02, 'assumed', 'one API call over the network'],
  'supervisor.end': ['s', 0.1, 'assumed', LIKE_LOCAL],
  'supervisor.linger_share': ['share', 0.38, 'assumed', LIKE_LOCAL],
  'supervisor.linger_share_brief': ['share', 0.07, 'assumed', LIKE_LOCAL],
  'task.other_work': ['cpu_s', 0, 'assumed', 'nodes are not shared with the scheduler'],
});

export const KUBERNETES_2 = latencies({
  ...CLUSTER,
  'task.start_call': ['cpu_s', 0.3, 'assumed', 'parse and job row before the running state'],
  'task.start_up': ['cpu_s', 0.18, 'assumed', LIKE_LOCAL],
  'task.report': ['s', 0.02, 'assumed', LIKE_LOCAL],
  'supervisor.end': ['s', 0.3, 'assumed', 'mini-scheduler and job row'],
  'supervisor.linger_share': ['share', 0, 'assumed', 'executor-runs 6, fact 1: 2.11 has no hump'],
  'task.other_work': ['cpu_s', 0, 'assumed', 'nodes are not shared with the scheduler'],
});
