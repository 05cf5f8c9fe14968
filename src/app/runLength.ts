/** How many task instances one run of a DAG has, where all mapped lengths are literal. */
import type { DagSpec, ExpandSpec, GroupSpec } from '../airflow/spec.ts';

export function runLength(dag: DagSpec): number | null {
  const groups = new Map(dag.groups.map((group) => [group.group_id, group]));
  let total = 0;
  for (const task of dag.tasks) {
    const around = groupLength(groups, task.group);
    const own = task.is_mapped ? lengthOf(task.expand) : 1;
    if (around === null || own === null) return null;
    total += around * own;
  }
  return total;
}

function groupLength(groups: ReadonlyMap<string, GroupSpec>, id: string | null): number | null {
  let length = 1;
  for (let group = groups.get(id ?? ''); group; group = groups.get(group.parent ?? '')) {
    if (!group.is_mapped) continue;
    const own = lengthOf(group.expand);
    if (own === null) return null;
    length *= own;
  }
  return length;
}

function lengthOf(expand: ExpandSpec | null): number | null {
  return expand?.literal_total ?? null;
}
