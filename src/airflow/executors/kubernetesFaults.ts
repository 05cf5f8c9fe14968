/** What faults do to nodes and pods. */
import { tiOf, type FaultHandlers } from '../faults/handler.ts';

export const kubernetesHandlers: FaultHandlers = {
  'evict node': ({ plant }, { part }) => {
    plant.kubernetes?.evictAll(part.index);
    return plant.kubernetes !== null;
  },
  'evict pod': (at, { part }) => {
    const { kubernetes } = at.plant;
    const w = at.plant.workloadOf(tiOf(at, part));
    if (kubernetes === null || !kubernetes.cluster.holds(w)) return false;
    kubernetes.evict(w);
    return true;
  },
};
