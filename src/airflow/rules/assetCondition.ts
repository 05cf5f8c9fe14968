/**
 * Asset expressions: when the events that wait for a DAG are enough to start it (specification
 * 9.10; assets/evaluation.py; set `assets`).
 */
import type { AssetCondition, AssetRef } from '../spec.ts';

/** What the metadata database knows at that moment. */
export interface AssetFacts {
  /** An event of the asset waits for the DAG. */
  readonly isQueued: (asset: AssetRef) => boolean;
  /** Assets that were ever put under the alias, active or not. */
  readonly underAlias: (alias: string) => readonly AssetRef[];
  /** The active asset that a reference by name or URI means, or null. */
  readonly resolve: (ref: Readonly<Record<string, string>>) => AssetRef | null;
}

/** True when the condition holds. An empty `all` holds, an empty `any` does not. */
export function assetCondition(condition: AssetCondition, facts: AssetFacts): boolean {
  if ('asset' in condition) return facts.isQueued(condition.asset);
  if ('alias' in condition) return facts.underAlias(condition.alias).some(facts.isQueued);
  if ('ref' in condition) {
    const asset = facts.resolve(condition.ref);
    return asset !== null && facts.isQueued(asset);
  }
  if ('all' in condition) return condition.all.every((part) => assetCondition(part, facts));
  return condition.any.some((part) => assetCondition(part, facts));
}

/** The parts that do not hold yet: what a person must wait for. Empty when the whole holds. */
export function missingAssets(condition: AssetCondition, facts: AssetFacts): AssetCondition[] {
  if (assetCondition(condition, facts)) return [];
  if ('all' in condition) return condition.all.flatMap((part) => missingAssets(part, facts));
  if ('any' in condition) return condition.any.flatMap((part) => missingAssets(part, facts));
  return [condition];
}

/** `a & b & c` joins to the left: an AND on the left side takes the right side into itself. */
export function joinAssets(
  left: AssetCondition,
  right: AssetCondition,
  by: 'all' | 'any',
): AssetCondition {
  if (by === 'all') {
    return 'all' in left ? { all: [...left.all, right] } : { all: [left, right] };
  }
  return 'any' in left ? { any: [...left.any, right] } : { any: [left, right] };
}
