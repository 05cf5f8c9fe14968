/** What faults do to nodes and pods. */
import type { FaultHandlers } from '../faults/handler.ts';

export const kubernetesHandlers: FaultHandlers = {
  'evict node': ({ plant }, { part }) => {
    plant.kubernetes?.evictAll(part.index);
    return plant.kubernetes !== null;
  },
};
