/** Why a task instance that is queued does not run: semantics 4.5, E19-E23, in finer steps. */
import type { IntQueue } from '../../kernel/index.ts';
import { STAGE } from '../runner/workloads.ts';

export interface QueuedReason {
  readonly code: string;
  readonly option: string | null;
  readonly actual: number | null;
  readonly limit: number | null;
  readonly params: Readonly<Record<string, string | number>>;
}

export function reason(
  code: string,
  option: string | null = null,
  actual: number | null = null,
  limit: number | null = null,
  params: Readonly<Record<string, string | number>> = {},
): QueuedReason {
  return { code, option, actual, limit, params };
}

/** How many stand before a workload in a line; all of them when it is not in. */
export function aheadIn(queue: IntQueue, w: number): number {
  let place = 0;
  while (place < queue.size && queue.at(place) !== w) place++;
  return place;
}

/** Reasons that every executor has: in its memory, or with a process that starts. */
export function commonReason(stage: number, until: number): QueuedReason {
  if (stage < STAGE.slot) return reason('scheduler_loop');
  return reason('process_starting', null, null, null, { until_us: until });
}
