/** Faults of Celery's parts, of LocalExecutor's workers, and of the processes of tasks. */
import { kind, type FaultKind } from './kinds.ts';

const celery = { executors: ['celery'] } as const;
const grace = { grace_s: { type: 'seconds', default: 600 } } as const;
const keeps = { keeps: { type: 'word', of: ['yes', 'no'], default: 'yes' } } as const;
const queue = { queue: { type: 'text', default: '' } } as const;
const end = { process: { type: 'word', of: ['host', 'main'], default: 'host' } } as const;
const which = {
  process: { type: 'word', of: ['task', 'supervisor', 'worker'], default: 'task' },
} as const;

export const celeryFaults: readonly FaultKind[] = [
  kind('refuse', 'broker', ['F8'], { ...celery, undone: true }),
  kind('silent', 'broker', ['F8'], { ...celery, undone: true }),
  kind('stop', 'broker', ['F8', 'F9', 'F10'], { ...celery, args: keeps, undone: true }),
  kind('lose', 'broker', ['F9'], { ...celery, args: queue }),
  kind('redeliver', 'broker', ['F10'], celery),
  kind('restore', 'broker', [], celery),
  kind('lose', 'result-backend', ['F12'], { ...celery, undone: true }),
  kind('refuse', 'result-backend', ['F12'], { ...celery, undone: true }),
  kind('restore', 'result-backend', [], celery),
  kind('kill', 'worker', ['F6', 'F35'], { ...celery, args: end, undone: true }),
  kind('stop', 'worker', ['F7', 'F35'], { ...celery, args: grace, undone: true }),
  kind('cold_stop', 'worker', ['F7'], { ...celery, undone: true }),
  kind('stall', 'worker', ['F11'], { ...celery, undone: true }),
  kind('restore', 'worker', [], celery),
  kind('kill', 'task', ['F5', 'F6', 'F28'], { args: which }),
  kind('hang', 'task', ['F30'], { undone: true }),
  kind('restore', 'task', []),
  kind('kill', 'local-worker', ['F28'], { executors: ['local'] }),
];
