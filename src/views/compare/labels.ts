import type { LaneInfo } from '../../explain/frame.ts';

/** `per_store.clean_orders [20]`; the index only when the task is mapped. */
export function taskLabel(info: LaneInfo | null, ti: number): string {
  const label = info?.labels[ti];
  if (!label) return '';
  return nameOf(label.task_id, label.map_index);
}

export function nameOf(taskId: string, mapIndex: number): string {
  return mapIndex >= 0 ? `${taskId} [${mapIndex}]` : taskId;
}
