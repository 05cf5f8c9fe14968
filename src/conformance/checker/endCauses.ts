/**
 * I3: how user code ended is said by the process in which it began. A second delivery of a message
 * finds the row running and ends; it must not write into a row that is another's.
 */
import type { Check } from './check.ts';

const ENDS = new Set(['succeed', 'skip', 'fail', 'fail_without_retry', 'reschedule', 'defer']);

export function endCauseCheck(): Check {
  /** Records of processes that came into their slot: nothing of them has begun yet. */
  const arrivals = new Set<number>();
  return {
    invariant: 'I3',
    see({ seq, machine, event, from, cause }) {
      if (machine === 'plant' && event === 'slotTaken') arrivals.add(seq);
      const ends = machine === 'task_instance' && from === 'running' && ENDS.has(event);
      if (!ends || !arrivals.has(cause)) return null;
      return `${event} comes of a process whose user code has never begun`;
    },
  };
}
