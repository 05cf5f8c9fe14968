/** Mapped tasks as the importer writes them. */
import type { ExpandValue, TaskSpec } from '../../airflow/spec.ts';

export function listLiteral(length: number): ExpandValue {
  return { kind: 'literal', length };
}

/** The list that a task returns. */
export function listOf(taskId: string): ExpandValue {
  return { kind: 'xcom', length: null, ref: { xcom: { task_id: taskId, key: 'return_value' } } };
}

export function mapOver(task: TaskSpec, value: ExpandValue): void {
  task.is_mapped = true;
  task.expand = {
    style: 'expand',
    items: { x: value },
    literal_total: value.kind === 'literal' ? value.length : null,
  };
}
