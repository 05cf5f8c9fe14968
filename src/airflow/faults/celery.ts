/** Faults of Celery's parts, of LocalExecutor's workers, and of the processes of tasks. */
import { kind, type FaultKind } from './kinds.ts';

const celery = { executors: ['celery'] } as const;

export const celeryFaults: readonly FaultKind[] = [
  kind('refuse', 'broker', ['F8'], { ...celery, undone: true }),
  kind('silent', 'broker', ['F8'], { ...celery, undone: true }),
  kind('restore', 'broker', [], celery),
  kind('kill', 'worker', ['F6'], { ...celery, undone: true }),
  kind('restore', 'worker', [], celery),
];
