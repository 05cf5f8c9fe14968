/** From the words of a behaviour to the codes of a workload. */
import type { TaskEnd } from './port.ts';
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

/** What is stored of a final end. */
export function endOf(outcome: number): TaskEnd {
  if (outcome === OUTCOME.skipped) return 'skip';
  return outcome === OUTCOME.success ? 'succeed' : 'fail_without_retry';
}
