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

const TRIGGERER = latencies({
  'triggerer.round': [
    's',
    1,
    'documented',
    'jobs/triggerer_job_runner.py: about one round a second',
  ],
  'triggerer.resume': ['s', 0.05, 'assumed', 'event to the scheduled state, one API call'],
});

/** The same in both versions. */
export function plantLatencies(_version: AirflowVersion): LatencyTable {
  return [...HOST, ...TRIGGERER];
}
