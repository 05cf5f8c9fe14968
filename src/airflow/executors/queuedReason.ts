/** Why a task instance that is queued does not run: codes of semantics 4.5, E19-E23. */
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

/** Reasons that every executor has: in its memory, or on its way to the first line of code. */
export function noReason(stage: number): QueuedReason {
  if (stage === STAGE.accepted) return reason('executor_heartbeat');
  if (stage === STAGE.slot) return reason('worker_starting');
  return reason('executor_events');
}
