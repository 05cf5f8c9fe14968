/** CeleryExecutor: the way over broker and worker, and back through the result backend. */
import { latencies } from './latency.ts';

const C33 = 'executor-runs CeleryExecutor 3.3.2';
const C211 = 'executor-runs CeleryExecutor 2.11.2';

const BOTH = {
  'celery.publish': [
    's',
    0.0035,
    'recorded',
    'celery-3.3.2-p16-w4_2_2-fan_out_16-c1: 15 messages in 0.05 s',
  ],
  'celery.read_results': ['s', 0.008, 'recorded', 'chain_10: queued -> executor event, over Local'],
  'celery.publish_refused': ['s', 0.69, 'recorded', 'semantics 6.3.1: 3 more tries, 0.64-0.74 s'],
  'celery.deliver': ['s', 0.001, 'recorded', `${C33}: queued -> received by a worker`],
  'celery.lost_child': ['s', 3.7, 'recorded', 'semantics 6.3.2: mismatch 3.7 s after the kill'],
  'celery.redis_sweep': [
    's',
    100,
    'documented',
    'semantics 6.3.2: expired messages about each 100 s',
  ],
  'rabbitmq.consumer_timeout': [
    's',
    1800,
    'documented',
    'rabbitmq.com/docs/consumers: an older unacknowledged delivery closes the channel; 0 = never',
  ],
  'worker.boot': ['s', 5, 'assumed', 'interpreter and imports of a new worker'],
} as const;

export const CELERY_3 = latencies({
  ...BOTH,
  'celery.child_start': ['s', 0.006, 'recorded', `${C33}: received -> started`],
  'task.start_call': ['s', 0.014, 'recorded', `${C33}: started -> task start`],
  'task.start_up': [
    'cpu_s',
    { kind: 'uniform', min_s: 0.06, max_s: 0.1 },
    'recorded',
    `${C33}: start -> body, fitted 0.08; alone p10 0.06, p90 0.11`,
  ],
  'task.report': ['s', 0.003, 'recorded', `${C33}: body ends -> task end (success)`],
  'supervisor.end': ['s', 0.035, 'recorded', `${C33}: task end -> Celery finished, median 0.04`],
  'supervisor.linger_share': ['share', 0.34, 'recorded', `${C33}: executor-runs 6, fact 1`],
  'supervisor.linger_share_brief': ['share', 0.43, 'recorded', `${C33}: 13 of 30, empty bodies`],
  'task.other_work': ['cpu_s', 0.09, 'recorded', `${C33}: 0.17 of all processes less 0.08`],
});

export const CELERY_2 = latencies({
  ...BOTH,
  'celery.child_start': ['s', 0.01, 'recorded', `${C211}: queued -> start (free)`],
  'task.start_call': ['cpu_s', 0.25, 'recorded', `${C211}: queued -> start (free), 0.29`],
  'task.start_up': ['cpu_s', 0.22, 'recorded', `${C211}: start -> body, fitted 0.24; alone 0.17`],
  'task.report': ['s', 0.02, 'recorded', `${C211}: body ends -> task end (success)`],
  'supervisor.end': ['s', 0.16, 'recorded', `${C211}: task end -> Celery finished, median 0.17`],
  'supervisor.linger_share': ['share', 0, 'recorded', 'executor-runs 6, fact 1: 2.11 has no hump'],
  'task.other_work': ['cpu_s', 0.1, 'recorded', `${C211}: 0.49 of all processes less 0.42`],
});
