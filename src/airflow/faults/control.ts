/** Faults of the control plane: schedulers, database, API server, triggerers, DAG files, pools. */
import { kind, type FaultKind } from './kinds.ts';

export const controlFaults: readonly FaultKind[] = [
  kind('change', 'pool', ['F29'], { args: { slots: { type: 'integer', min: -1 } } }),
];
