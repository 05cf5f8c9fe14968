/** What to do with DAGs when nobody says so: run each once at the start. */
import type { UserAction } from './scenario.ts';
import type { DagSpec } from './spec.ts';

/**
 * A trigger at t = 0 for every DAG that would not run otherwise within a short simulation. A DAG
 * that waits for assets which another DAG here writes is left to them.
 */
export function defaultActions(dags: readonly DagSpec[]): UserAction[] {
  const written = new Set(
    dags.flatMap((dag) => dag.tasks.flatMap((task) => namesIn(task.outlets))),
  );
  return dags
    .filter((dag) => !namesIn(dag.schedule.asset_condition).some((name) => written.has(name)))
    .map((dag) => ({ at_s: 0, action: 'trigger', dag_id: dag.dag_id }));
}

function namesIn(condition: unknown): string[] {
  if (Array.isArray(condition)) return condition.flatMap(namesIn);
  if (typeof condition !== 'object' || condition === null) return [];
  const { asset, ...rest } = condition as { asset?: { name?: string; uri: string } };
  if (asset) return [asset.name ?? asset.uri];
  return Object.values(rest).flatMap(namesIn);
}
