/** Faults of a Kubernetes cluster: nodes, pods, images, its API. */
import { kind, type FaultKind } from './kinds.ts';

const kubernetes = { executors: ['kubernetes'] } as const;
const undone = { ...kubernetes, undone: true } as const;
const STATUS = { type: 'integer', min: 400, default: 503 } as const;
const NO_WAIT = { type: 'seconds', default: 0 } as const;
const REASON = {
  type: 'word',
  of: ['ErrImagePull', 'CreateContainerConfigError', 'QPS'],
  default: 'ErrImagePull',
} as const;

export const kubernetesFaults: readonly FaultKind[] = [
  kind('evict', 'node', ['F15'], kubernetes),
  kind('cordon', 'node', ['F16'], undone),
  kind('kill', 'node', ['F6', 'F18'], undone),
  kind('restore', 'node', [], kubernetes),
  kind('evict', 'pod', ['F15'], kubernetes),
  kind('oom', 'pod', ['F15'], kubernetes),
  kind('delete', 'pod', ['F7', 'F18'], {
    ...kubernetes,
    args: { grace_s: { type: 'seconds', default: 30 } },
  }),
  kind('miss', 'pod', ['F20'], kubernetes),
  kind('break', 'image', ['F17'], { ...undone, args: { reason: REASON } }),
  kind('restore', 'image', [], kubernetes),
  kind('fail', 'kubernetes-api', ['F19'], {
    ...undone,
    args: { status: STATUS, retry_after_s: NO_WAIT },
  }),
  kind('refuse', 'kubernetes-api', ['F19', 'F25'], undone),
  kind('silent', 'kubernetes-api', ['F25'], undone),
  kind('restore', 'kubernetes-api', [], kubernetes),
];
