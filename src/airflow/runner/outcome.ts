/** From the words of a behaviour to the codes of a workload. */
import type { TaskOutcome } from '../scenario.ts';
import { OUTCOME } from './workloads.ts';

const CODES: Readonly<Record<TaskOutcome, number>> = {
  success: OUTCOME.success,
  failed: OUTCOME.failed,
  fail_no_retry: OUTCOME.failNoRetry,
  skipped: OUTCOME.skipped,
  killed: OUTCOME.killed,
};

export function outcomeCode(outcome: TaskOutcome): number {
  return CODES[outcome];
}
