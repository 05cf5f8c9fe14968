/** Faults of the control plane: schedulers, database, API server, triggerers, DAG files, pools. */
import { kind, type FaultKind } from './kinds.ts';

/** Its children outlive a kill, as processes of one machine do; in a container they die with it. */
const children = { type: 'word', of: ['live', 'die'], default: 'live' } as const;
/** hand_off: after the next commit of queued task instances, before the executor has them. */
const moment = { type: 'word', of: ['now', 'hand_off'], default: 'now' } as const;

/** How many times longer the scheduler's steps take; seconds that each call of a worker takes. */
const slow = {
  factor: { type: 'number', default: 10 },
  call_s: { type: 'seconds', default: 0 },
} as const;
const mode = { type: 'word', of: ['silent', 'refused'], default: 'silent' } as const;
/** executor: the broker of Celery, the Kubernetes API. */
const away = {
  mode,
  from: { type: 'word', of: ['executor', 'result-backend', 'database'], default: 'executor' },
} as const;
/** api-server: in 2.x the database. */
const cut = {
  mode,
  from: { type: 'word', of: ['api-server', 'broker'], default: 'api-server' },
} as const;

export const controlFaults: readonly FaultKind[] = [
  kind('kill', 'scheduler', ['F1', 'F2'], { args: { children, moment }, undone: true }),
  kind('stop', 'scheduler', ['F33'], { undone: true }),
  kind('stall', 'scheduler', ['F4'], { undone: true }),
  kind('restore', 'scheduler', ['F1']),
  kind('kill', 'triggerer', ['F21'], { undone: true }),
  kind('stop', 'triggerer', ['F21'], { undone: true }),
  kind('stall', 'triggerer', ['F21'], { undone: true }),
  kind('restore', 'triggerer', []),
  kind('raise', 'task', ['F22']),
  kind('kill', 'database', ['F14', 'F32'], { undone: true }),
  kind('slow', 'database', ['F13'], { args: slow, undone: true }),
  kind('restore', 'database', ['F14']),
  kind('kill', 'api-server', ['F34', 'F32'], { versions: ['3.3.2'], undone: true }),
  kind('silent', 'api-server', ['F34'], { versions: ['3.3.2'], undone: true }),
  kind('restore', 'api-server', [], { versions: ['3.3.2'] }),
  kind('kill', 'web-server', ['F34'], { versions: ['2.11.2'], undone: true }),
  kind('restore', 'web-server', [], { versions: ['2.11.2'] }),
  kind('partition', 'worker', ['F24', 'F25'], { executors: ['celery'], args: cut, undone: true }),
  kind('partition', 'scheduler', ['F25'], { args: away, undone: true }),
  kind('break', 'file', ['F26'], { undone: true }),
  kind('slow', 'file', ['F26'], { undone: true }),
  kind('hang', 'file', ['F26'], { undone: true }),
  kind('restore', 'file', []),
  kind('change', 'file', ['F27'], { args: { to: { type: 'text', default: 'first' } } }),
  kind('kill', 'dag-processor', ['F36'], { undone: true }),
  kind('restore', 'dag-processor', []),
  kind('skew', 'scheduler', ['F23'], { args: { by_s: { type: 'number' } } }),
  kind('skew', 'api-server', ['F23'], { versions: ['3.3.2'], args: { by_s: { type: 'number' } } }),
  kind('kill', 'machine', ['F6'], { undone: true }),
  kind('restore', 'machine', []),
  kind('change', 'pool', ['F29'], { args: { slots: { type: 'integer', min: -1 } } }),
];
