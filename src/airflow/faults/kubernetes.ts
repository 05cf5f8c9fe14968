/** Faults of a Kubernetes cluster: nodes, pods, its API. */
import { kind, type FaultKind } from './kinds.ts';

const kubernetes = { executors: ['kubernetes'] } as const;

export const kubernetesFaults: readonly FaultKind[] = [
  kind('evict', 'node', ['F15'], kubernetes),
  kind('evict', 'pod', ['F15'], kubernetes),
];
