/** Faults of the control plane: schedulers, database, API server, triggerers, DAG files, pools. */
import { kind, type FaultKind } from './kinds.ts';

/** Its children outlive a kill, as processes of one machine do; in a container they die with it. */
const children = { type: 'word', of: ['live', 'die'], default: 'live' } as const;
/** hand_off: after the next commit of queued task instances, before the executor has them. */
const moment = { type: 'word', of: ['now', 'hand_off'], default: 'now' } as const;

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
  kind('change', 'pool', ['F29'], { args: { slots: { type: 'integer', min: -1 } } }),
];
