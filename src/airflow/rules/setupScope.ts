/**
 * Setups and teardowns by structure: which setups a task needs, and what lies between a setup and
 * its teardown (specification 3.4, 13.3). Computed once per DAG; the counts come from the run.
 */

/** A DAG as adjacency lists over task numbers. */
export interface TaskGraph {
  readonly upstream: readonly (readonly number[])[];
  readonly downstream: readonly (readonly number[])[];
  readonly isSetup: readonly boolean[];
  readonly isTeardown: readonly boolean[];
}

/** All tasks reachable from `task` along `edges`, without `task` itself; ascending. */
export function reachable(edges: readonly (readonly number[])[], task: number): number[] {
  const seen = new Set<number>();
  const stack = [...(edges[task] ?? [])];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    stack.push(...(edges[next] ?? []));
  }
  return [...seen].sort((a, b) => a - b);
}

/**
 * Setups that must have succeeded before `task` may run and that its own rule does not see: setups
 * anywhere upstream, not directly before it, that have no teardown at all or a teardown after it.
 */
export function relevantSetups(graph: TaskGraph, task: number): number[] {
  const after = new Set(reachable(graph.downstream, task));
  const direct = new Set(graph.upstream[task] ?? []);
  return reachable(graph.upstream, task).filter((setup) => {
    if (!graph.isSetup[setup] || direct.has(setup)) return false;
    const teardowns = (graph.downstream[setup] ?? []).filter((t) => graph.isTeardown[t]);
    return teardowns.length === 0 || teardowns.some((t) => after.has(t));
  });
}

/**
 * Tasks between a teardown's direct setups and itself that are not its direct upstreams. 3.3.2
 * waits for them too (`profile.teardownWaitsForScope`).
 */
export function teardownScope(graph: TaskGraph, teardown: number): number[] {
  const direct = graph.upstream[teardown] ?? [];
  const setups = direct.filter((task) => graph.isSetup[task]);
  const inside = new Set(setups.flatMap((setup) => reachable(graph.downstream, setup)));
  const indirect = reachable(graph.upstream, teardown).filter((task) => !direct.includes(task));
  return indirect.filter((task) => inside.has(task));
}
