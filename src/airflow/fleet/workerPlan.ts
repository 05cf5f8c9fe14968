/** The Celery workers of a fleet, one by one: what is fixed about each before anything runs. */
import type { WorkerGroupSpec } from '../scenario.ts';
import type { SlotGroup } from './slotLines.ts';

/** What a worker does: deaf ones are up and beat, and take no messages. */
export const WORKER = { gone: 0, up: 1, draining: 2, deaf: 3, starting: 4 } as const;

export interface WorkerPlan {
  readonly name: string;
  readonly group: number;
  /** Children at the least and at the most (celery.worker_autoscale); equal without autoscaling. */
  readonly min: number;
  readonly max: number;
  /** Up at the start; the others come when KEDA wants them. */
  readonly upAtStart: boolean;
  /** Unacknowledged messages it may hold. */
  readonly limit: number;
  /** Numbers of the queues it consumes, in the order in which it asks for them. */
  readonly queues: readonly number[];
}

/** One line of Flower's page of workers. */
export interface WorkerFigures {
  readonly name: string;
  /** A value of WORKER. */
  readonly mode: number;
  /** Tasks that run, messages reserved, tasks ended, children of the pool. */
  readonly active: number;
  readonly reserved: number;
  readonly processed: number;
  readonly pool: number;
}

/** `multiplier`: celery.worker_prefetch_multiplier where a group does not say its own. */
export function workerPlans(
  groups: readonly WorkerGroupSpec[],
  queueNames: readonly string[],
  multiplier: number,
): WorkerPlan[] {
  return groups.flatMap((spec, group) => {
    const { concurrency } = spec;
    const { min, max } = spec.autoscale ?? { min: concurrency, max: concurrency };
    const named = spec.queues?.map((name) => queueNames.indexOf(name)).filter((q) => q >= 0);
    const plan = {
      group,
      min: Math.min(min, max),
      max,
      limit: messageLimit(spec.prefetch_multiplier ?? multiplier, max),
      queues: named ?? queueNames.map((_, queue) => queue),
    };
    const most = Math.max(spec.count, spec.keda?.max ?? 0);
    return Array.from({ length: most }, (_, i) => ({
      ...plan,
      upAtStart: i < spec.count,
      name: most === 1 ? spec.name : `${spec.name}-${i + 1}`,
    }));
  });
}

export function slotGroups(
  plans: readonly WorkerPlan[],
  queueNames: readonly string[],
): SlotGroup[] {
  return plans.map(({ name, max, queues }) => ({
    name,
    slots: max,
    queues: queues.map((queue) => queueNames[queue]!),
  }));
}

/** Multiplier 0: as many as there are. Without late acks the running ones come on top. */
function messageLimit(multiplier: number, children: number): number {
  if (multiplier === 0) return Infinity;
  return Math.max(1, multiplier * children);
}
