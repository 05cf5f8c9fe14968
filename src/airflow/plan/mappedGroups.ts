/** Mapped task groups of a DAG, and which of them each task lies in. */
import type { DagSpec, GroupSpec } from '../spec.ts';
import type { MappedGroupPlan } from './dagPlan.ts';
import { lengthOfExpand, sourcesOf } from './mapping.ts';
import { TASK } from './taskFlags.ts';

export interface GroupOfTask {
  /** Index of the innermost mapped group, -1 for none. */
  readonly innermost: number;
  readonly flags: number;
  /** Sources of all mapped groups around the task. */
  readonly sources: readonly number[];
}

export interface CompiledGroups {
  readonly plans: readonly MappedGroupPlan[];
  readonly ofTask: readonly GroupOfTask[];
}

export function compileGroups(dag: DagSpec, numberOf: (taskId: string) => number): CompiledGroups {
  const byId = new Map(dag.groups.map((group) => [group.group_id, group]));
  const mapped = dag.groups.filter((group) => group.is_mapped).sort(outerFirst(byId));
  const places = new Map(mapped.map((group, i) => [group.group_id, i]));
  const innermost = (id: string | null): number => {
    for (let at = id; at !== null; at = byId.get(at)?.parent ?? null) {
      const place = places.get(at);
      if (place !== undefined) return place;
    }
    return -1;
  };
  const plans = mapped.map((group): MappedGroupPlan => {
    const length = group.expand
      ? lengthOfExpand(group.expand, numberOf)
      : { kind: 'literal' as const, length: 0 };
    return {
      groupId: group.group_id,
      parent: innermost(group.parent),
      length,
      sources: sourcesOf(length),
    };
  });
  const ofTask = dag.tasks.map((task): GroupOfTask => {
    const place = innermost(task.group);
    const direct = task.group !== null && byId.get(task.group)?.is_mapped === true;
    const sources = sourcesAround(plans, place);
    const flags = (place >= 0 ? TASK.inMappedGroup : 0) | (direct ? TASK.directlyInMappedGroup : 0);
    return { innermost: place, flags, sources };
  });
  return { plans, ofTask };
}

function sourcesAround(plans: readonly MappedGroupPlan[], place: number): number[] {
  const sources = new Set<number>();
  for (let at = place; at >= 0; at = plans[at]!.parent) {
    for (const source of plans[at]!.sources) sources.add(source);
  }
  return [...sources];
}

function outerFirst(byId: ReadonlyMap<string, GroupSpec>): (a: GroupSpec, b: GroupSpec) => number {
  const depth = (group: GroupSpec): number => {
    const parent = group.parent === null ? undefined : byId.get(group.parent);
    return parent ? depth(parent) + 1 : 0;
  };
  return (a, b) => depth(a) - depth(b);
}
