/** How many nodes a cluster may come to have, and how each is called. */
import type { NodeGroupSpec } from '../scenario.ts';

/** Nodes that a group may come to have. */
export function sizeOf(spec: NodeGroupSpec): number {
  return Math.max(spec.count, spec.max ?? 0);
}

/** The n-th node of its group, from 0. */
export function nodeName(spec: NodeGroupSpec, n: number): string {
  return sizeOf(spec) === 1 ? spec.name : `${spec.name}-${n + 1}`;
}

/** Names of all nodes that may ever be there, in the order of their numbers. */
export function nodeNames(groups: readonly NodeGroupSpec[]): string[] {
  return groups.flatMap((group) =>
    Array.from({ length: sizeOf(group) }, (_, n) => nodeName(group, n)),
  );
}
