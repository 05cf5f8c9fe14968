/** Assets of all DAGs by number: who writes them, who waits for them (semantics 9.10). */
import type { AssetCondition, AssetRef, DagSpec, TaskSpec } from '../spec.ts';
import { packLists, reversed, type Csr } from './csr.ts';

export interface AssetPlan {
  /** Names; the uri where there is no name (2.11.2). */
  readonly assets: readonly string[];
  /** The same assets as conditions write them. */
  readonly assetRefs: readonly AssetRef[];
  /** Number by name or uri. */
  readonly assetIndex: ReadonlyMap<string, number>;
  readonly aliases: readonly string[];
  readonly aliasIndex: ReadonlyMap<string, number>;
  /** Assets that a task's success writes events for. */
  readonly outlets: Csr;
  /** Versions of DAGs whose condition names the asset, or refers to its name or uri. */
  readonly consumers: Csr;
  /** Versions of DAGs whose condition names the alias. */
  readonly aliasConsumers: Csr;
}

/**
 * Every asset that a file names has a number; what a task writes under an alias, too. `dags` are all
 * versions of all DAGs, `tasks` those of the plan's rows.
 */
export function compileAssets(dags: readonly DagSpec[], tasks: readonly TaskSpec[]): AssetPlan {
  const assets = new Numbers<AssetRef>((asset) => asset.name ?? asset.uri);
  const aliases = new Numbers<string>((name) => name);
  const outlets = tasks.map((task) => assetsIn(task.outlets).map((asset) => assets.put(asset)));
  const waited = dags.map((dag) => assetsIn(listOf(dag)).map((asset) => assets.put(asset)));
  const waitedAliases = dags.map((dag) => aliasesIn(listOf(dag)).map((name) => aliases.put(name)));
  for (const task of tasks) {
    for (const name of aliasesIn(task.outlets)) aliases.put(name);
    for (const event of eventsOf(task)) assets.put(event.asset);
    for (const asset of assetsIn(task.inlets)) assets.put(asset);
  }
  const all = dags.map((dag, i) => [...waited[i]!, ...referred(listOf(dag), assets.values)]);
  return {
    assets: assets.values.map((asset) => asset.name ?? asset.uri),
    assetRefs: assets.values,
    assetIndex: withUris(assets),
    aliases: aliases.values,
    aliasIndex: aliases.index,
    outlets: packLists(outlets.map(once)),
    consumers: packLists(reversed(all.map(once), assets.values.length)),
    aliasConsumers: packLists(reversed(waitedAliases.map(once), aliases.values.length)),
  };
}

/** What the task says of its asset events; none when it says nothing. */
function eventsOf(task: TaskSpec): NonNullable<NonNullable<TaskSpec['behaviour']>['asset_events']> {
  return task.behaviour?.asset_events ?? [];
}

class Numbers<T> {
  readonly values: T[] = [];
  readonly index = new Map<string, number>();
  private readonly nameOf: (value: T) => string;

  constructor(nameOf: (value: T) => string) {
    this.nameOf = nameOf;
  }

  put(value: T): number {
    const name = this.nameOf(value);
    const known = this.index.get(name);
    if (known !== undefined) return known;
    this.index.set(name, this.values.length);
    return this.values.push(value) - 1;
  }
}

function withUris(assets: Numbers<AssetRef>): ReadonlyMap<string, number> {
  const index = new Map(assets.index);
  assets.values.forEach((asset, i) => {
    if (!index.has(asset.uri)) index.set(asset.uri, i);
  });
  return index;
}

function once(list: readonly number[]): readonly number[] {
  return list.length < 2 ? list : [...new Set(list)];
}

function listOf(dag: DagSpec): readonly AssetCondition[] {
  const condition = dag.schedule.asset_condition;
  return condition === null ? [] : [condition];
}

/** What the conditions name, without `all` and `any` around it. */
function* namedIn(conditions: readonly AssetCondition[]): Generator<AssetCondition> {
  for (const one of conditions) {
    if ('all' in one) yield* namedIn(one.all);
    else if ('any' in one) yield* namedIn(one.any);
    else yield one;
  }
}

/** Most tasks name nothing: nothing is walked then. */
function assetsIn(conditions: readonly AssetCondition[]): AssetRef[] {
  const found: AssetRef[] = [];
  if (conditions.length === 0) return found;
  for (const one of namedIn(conditions)) if ('asset' in one) found.push(one.asset);
  return found;
}

function aliasesIn(conditions: readonly AssetCondition[]): string[] {
  const found: string[] = [];
  if (conditions.length === 0) return found;
  for (const one of namedIn(conditions)) if ('alias' in one) found.push(one.alias);
  return found;
}

/** Numbers of the assets that the references in the conditions mean. */
function referred(conditions: readonly AssetCondition[], assets: readonly AssetRef[]): number[] {
  const found: number[] = [];
  for (const one of namedIn(conditions)) {
    if (!('ref' in one)) continue;
    const asset = assets.findIndex((each) => isMeant(one.ref, each));
    if (asset >= 0) found.push(asset);
  }
  return found;
}

/** The asset that a reference by name or address means. */
export function assetMeant(
  assets: readonly AssetRef[],
  ref: Readonly<Record<string, string>>,
): AssetRef | null {
  return assets.find((asset) => isMeant(ref, asset)) ?? null;
}

/** A reference names the name or the uri of an asset. */
export function isMeant(ref: Readonly<Record<string, string>>, asset: AssetRef): boolean {
  const { name, uri } = ref;
  if (name === undefined && uri === undefined) return false;
  return (name === undefined || name === asset.name) && (uri === undefined || uri === asset.uri);
}
