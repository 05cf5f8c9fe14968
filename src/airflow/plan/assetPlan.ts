/** Assets of all DAGs by number: who writes them, who waits for them (semantics 9.10). */
import type { AssetCondition, DagSpec } from '../spec.ts';
import { packLists, reversed, type Csr } from './csr.ts';

export interface AssetPlan {
  readonly assets: readonly string[];
  readonly assetIndex: ReadonlyMap<string, number>;
  readonly outlets: Csr;
  readonly consumers: Csr;
}

export function compileAssets(dags: readonly DagSpec[]): AssetPlan {
  const names: string[] = [];
  const assetIndex = new Map<string, number>();
  const numberOf = (name: string): number => {
    const known = assetIndex.get(name);
    if (known !== undefined) return known;
    assetIndex.set(name, names.length);
    return names.push(name) - 1;
  };
  const outlets = dags.flatMap((dag) =>
    dag.tasks.map((task) => [...new Set(task.outlets.flatMap(assetNames))].map(numberOf)),
  );
  const conditions = dags.map((dag) => assetNames(dag.schedule.asset_condition).map(numberOf));
  const consumers = reversed(
    conditions.map((list) => [...new Set(list)]),
    names.length,
  );
  return {
    assets: names,
    assetIndex,
    outlets: packLists(outlets),
    consumers: packLists(consumers),
  };
}

/** The name under which an asset is known: its name, or the uri where there is none (2.11.2). */
export function assetNames(condition: AssetCondition | null): string[] {
  if (condition === null) return [];
  if ('asset' in condition) return [condition.asset.name ?? condition.asset.uri];
  if ('all' in condition) return condition.all.flatMap(assetNames);
  if ('any' in condition) return condition.any.flatMap(assetNames);
  return [];
}
