/** I4: try numbers rise by retries and clears only, and retries end where the task says. */
import type { Check } from './check.ts';
import type { TiRow } from './replay.ts';

export const tries: Check = {
  invariant: 'I4',
  see({ machine, event, from, to, entity }, { tis }) {
    const row = machine === 'task_instance' ? tis[entity] : undefined;
    if (row === undefined) return null;
    const most = row.maxTries + 1 + row.grants;
    if (row.tryNumber > most) {
      return `try ${row.tryNumber} begins, ${row.task.spec.retries} retries allow ${most}`;
    }
    return from === 'restarting' ? null : endOfTry(row, event, to);
  },
};

/** The worker asks max_tries, the scheduler the task's retries too (semantics 1.3). */
function endOfTry(row: TiRow, event: string, to: string): string | null {
  const worker = event === 'fail';
  const scheduler = /^(executor_success|executor_failed|heartbeat_timeout)$/.test(event);
  if ((!worker && !scheduler) || (to !== 'failed' && to !== 'up_for_retry')) return null;
  const left = row.tryNumber <= row.maxTries;
  const again = left && (worker ? row.maxTries !== 0 : row.task.spec.retries > 0);
  const expected = again ? 'up_for_retry' : 'failed';
  if (to === expected) return null;
  return `try ${row.tryNumber} of at most ${row.maxTries + 1} ends in ${to}, not ${expected}`;
}
