/**
 * Records of the plant that are no transition of a machine: which slot a try holds, when its user
 * code begins. The entity is the task instance, unless said. Their numbers lie beyond all
 * transitions.
 */
import { transitionCount } from '../../machines/index.ts';

const FIRST = transitionCount + 1000;

export const PLANT_RECORD = {
  /** Detail `slot`: the line. From here on it starts. */
  slotTaken: FIRST,
  bodyBegan: FIRST + 1,
  /** Reason: FREED. */
  slotFreed: FIRST + 2,
  /** User code whose supervisor was killed has come to its end. */
  orphanEnded: FIRST + 3,
  /** The task's process runs a callback; reason: CALLBACK of callbacks.ts. */
  callback: FIRST + 4,
  /** Entity: node; reason: its state (fleet/nodes.ts). */
  nodeChanged: FIRST + 10,
  /** Entity: node. The autoscaler asks the cloud for it, or gives it back. */
  nodeOrdered: FIRST + 11,
  nodeRemoved: FIRST + 12,
  /** Entity: Celery worker; reason: its mode (fleet/workerPlan.ts). */
  workerChanged: FIRST + 13,
} as const;

/**
 * Why a slot is free: its supervisor has ended, was lost, or goes on without the process that held
 * the slot (2.x).
 */
export const FREED = { ended: 0, lost: 1, goesOn: 2 } as const;

/** Keys of details of the plant's records. */
export const PLANT_DETAIL = { slot: 64, worker: 65, node: 66 } as const;
