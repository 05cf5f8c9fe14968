/** Entries that every executor has: the machine below, and the triggerer beside. */
import type { AirflowVersion } from '../spec.ts';
import { latencies, type LatencyTable } from './latency.ts';

const HOST = latencies({
  'host.cores': [
    'cores',
    0,
    'assumed',
    'cores that all processes of the lane share; 0 = each process has one of its own',
  ],
  'host.slowness': [
    'factor',
    1,
    'recorded',
    'CPU seconds relative to the recording machine (executor-runs, host speed)',
  ],
});

const CHAINS = 'executor-runs chain_10, both executors and versions, calm';

/** One loop of the scheduler with its database; the sleep after it is an option. */
const SCHEDULER = latencies({
  'scheduler.plan': [
    'cpu_s',
    { kind: 'uniform', min_s: 0.014, max_s: 0.034 },
    'recorded',
    `${CHAINS}: loop begins -> scheduled`,
  ],
  'scheduler.examine_run': ['cpu_s', 0.001, 'assumed', 'each further DAG run that is examined'],
  'scheduler.critical_section': [
    'cpu_s',
    0.003,
    'recorded',
    'priorities: free slot -> seen or missed',
  ],
  'scheduler.queue_ti': ['cpu_s', 0.0003, 'assumed', 'each task instance that is queued'],
  'scheduler.events': ['cpu_s', 0.013, 'recorded', `${CHAINS}: two loops and two sleeps, 2.12 s`],
  'dag_processor.first_parse': [
    's',
    0,
    'assumed',
    'seconds after the start; 0 = somewhere in its interval, drawn from the seed',
  ],
  'dag_processor.parse': ['cpu_s', 2.7, 'recorded', 'executor-runs 4: CPU seconds each 30 s'],
});

const SENSOR = latencies({
  'sensor.poke': [
    's',
    0.1,
    'assumed',
    'one look at the condition; it depends on what is looked at',
  ],
});

const TRIGGERER = latencies({
  'triggerer.round': [
    's',
    1,
    'documented',
    'jobs/triggerer_job_runner.py: about one round a second',
  ],
  'triggerer.resume': ['s', 0.05, 'assumed', 'event to the scheduled state, one API call'],
});

const LOGS = latencies({
  'supervisor.log_upload': [
    's',
    0.3,
    'assumed',
    'logging.remote_logging: the supervisor uploads the log before it ends',
  ],
  'log.shipper': [
    's',
    5,
    'assumed',
    'Elasticsearch: from a line of the log to the index, through the shipper',
  ],
});

/** The same in both versions. */
export function plantLatencies(_version: AirflowVersion): LatencyTable {
  return [...HOST, ...SCHEDULER, ...SENSOR, ...TRIGGERER, ...LOGS];
}
