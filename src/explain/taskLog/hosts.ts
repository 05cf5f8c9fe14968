/** Which part a slot line belongs to: where the process of a try ran and its file lies. */
import { executorsOf } from '../../airflow/executors/executorChoice.ts';
import type { Scenario } from '../../airflow/scenario.ts';
import type { LaneInfo } from '../frame.ts';
import { groupOffsets } from '../parts.ts';

export type SlotPlace =
  | { readonly kind: 'worker' | 'scheduler'; readonly index: number; readonly part: string }
  | { readonly kind: 'pod'; readonly part: string; readonly pod: string };

/** `pod`: the name of the try's pod, should the line be a place for one. */
export function placeOfLine(
  line: number,
  scenario: Scenario,
  groups: LaneInfo['slotGroups'],
  pod: string,
): SlotPlace {
  const group = groupOfLine(line, groups);
  const offsets = groupOffsets(scenario);
  const executor = executorsOf(scenario).findLast((name) => (offsets[name] ?? Infinity) <= group);
  const index = group - (offsets[executor ?? scenario.executor] ?? 0);
  if (executor === 'kubernetes') return { kind: 'pod', part: `node-${index + 1}`, pod };
  const kind = executor === 'celery' ? 'worker' : 'scheduler';
  return { kind, index, part: `${kind}-${index + 1}` };
}

function groupOfLine(line: number, groups: LaneInfo['slotGroups']): number {
  let first = 0;
  const found = groups.findIndex(({ slots }) => {
    first += slots;
    return line < first;
  });
  return Math.max(0, found);
}
