import type { LaneModel } from '../../app/model.ts';

/** `per_store.clean_orders [20]`; the index only when the task is mapped, and by now expanded. */
export function taskLabel(lane: LaneModel | null, ti: number): string {
  const label = lane?.info?.labels[ti];
  if (!label) return '';
  const expanded = !lane?.snapshot?.unexpanded.includes(ti);
  return nameOf(label.task_id, expanded ? label.map_index : -1);
}

export function nameOf(taskId: string, mapIndex: number): string {
  return mapIndex >= 0 ? `${taskId} [${mapIndex}]` : taskId;
}
