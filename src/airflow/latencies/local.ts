/** LocalExecutor and SequentialExecutor: everything runs on the scheduler's machine. */
import { latencies } from './latency.ts';

const L33 = 'executor-runs LocalExecutor 3.3.2';
const L211 = 'executor-runs LocalExecutor 2.11.2';
const S211 = 'executor-runs SequentialExecutor 2.11.2';

export const LOCAL_3 = latencies({
  'local.hand_over': ['s', 0.004, 'recorded', `${L33}: queued -> start (free), p10 0.01`],
  'task.start_call': ['cpu_s', 0.011, 'recorded', `${L33}: queued -> start (free), median 0.02`],
  'task.start_up': [
    'cpu_s',
    { kind: 'uniform', min_s: 0.12, max_s: 0.17 },
    'recorded',
    `${L33}: start -> body alone, p10 0.12, median 0.14, p90 0.17`,
  ],
  'task.report': ['s', 0.003, 'recorded', `${L33}: body ends -> task end (success)`],
  'supervisor.end': ['cpu_s', 0.03, 'recorded', `${L33}: task end -> next start, one slot free`],
  'supervisor.linger_share': [
    'share',
    0.38,
    'recorded',
    `${L33}: 77 of 203, bodies of 0.5 s and more`,
  ],
  'supervisor.linger_share_brief': ['share', 0.07, 'recorded', `${L33}: 6 of 90, empty bodies`],
  'task.other_work': ['cpu_s', 0.034, 'recorded', `${L33}: 0.22 of all processes less the others`],
});

export const LOCAL_2 = latencies({
  'local.hand_over': ['s', 0.01, 'assumed', 'manager process between scheduler and worker'],
  'task.start_call': ['cpu_s', 0.17, 'recorded', `${L211}: queued -> start (free), 0.37 - 0.20`],
  'task.start_up': [
    'cpu_s',
    { kind: 'uniform', min_s: 0.16, max_s: 0.24 },
    'recorded',
    `${L211}: start -> body, fitted 0.20; alone 0.17, p10 0.15, p90 0.20`,
  ],
  'task.report': ['s', 0.012, 'recorded', `${L211}: body ends -> task end (success)`],
  'supervisor.end': ['s', 0.12, 'recorded', `${L211}: task end -> executor event, p10 0.21`],
  'supervisor.linger_share': ['share', 0, 'recorded', 'executor-runs 6, fact 1: 2.11 has no hump'],
  'task.other_work': [
    'cpu_s',
    0.05,
    'recorded',
    `${L211}: queued -> body 0.37 holds the most of 0.39`,
  ],
});

export const SEQUENTIAL_2 = latencies({
  'sequential.interpreter': ['cpu_s', 3.27, 'recorded', `${S211}: queued -> start alone 3.3`],
  'task.start_call': ['s', 0.03, 'assumed', 'job row and the running state on SQLite'],
  'task.start_up': ['cpu_s', 0.12, 'recorded', `${S211}: start -> body begins`],
  'task.report': ['s', 0.01, 'recorded', `${S211}: body ends -> task end (success)`],
  'supervisor.end': [
    's',
    0.5,
    'recorded',
    `${S211}: 3.9 from the end before, less the interpreter`,
  ],
  'supervisor.linger_share': ['share', 0, 'recorded', 'executor-runs 6, fact 1: 2.11 has no hump'],
  'task.other_work': ['cpu_s', 0, 'assumed', 'the scheduler stands still meanwhile'],
});
