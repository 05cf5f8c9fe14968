/** What a person can do to one task instance, wherever the page offers it. */
import type { FaultKind } from '../../airflow/faults/kinds.ts';
import type { LaneModel } from '../../app/model.ts';
import type { LaneInfo } from '../../explain/frame.ts';

/** States that a task instance can be marked as. */
export const MARKS = ['success', 'failed', 'skipped'] as const;

/** How actions name its run and index; a mapped task that is not expanded yet has no index. */
export function addressOf(
  { snapshot }: LaneModel,
  ti: number,
  { dag_id, run_id, map_index }: LaneInfo['labels'][number],
): { dag_id: string; run_id: string; map_index?: number } {
  const expanded = map_index >= 0 && snapshot?.unexpanded.includes(ti) !== true;
  return { dag_id, run_id, ...(expanded ? { map_index } : {}) };
}

/** Verbs of the faults that can hit a try in this lane. */
export function taskFaults(
  kinds: readonly FaultKind[],
  { airflow, executor }: LaneModel,
): string[] {
  return kinds
    .filter(({ part, versions, executors }) => {
      const fits = versions === null || versions.includes(airflow);
      return part === 'task' && fits && (executors === null || executors.includes(executor));
    })
    .map(({ what }) => what);
}
