/** Asset events, the queue of consumers, and asset conditions (semantics 9.10). */
import { CORE_RECORD } from './records.ts';
import type { EngineContext } from './context.ts';
import { queuePartition } from './partitions/waiting.ts';
import { assetMeant, type Csr, specOfTask, TASK } from './plan/index.ts';
import { NONE } from './rows.ts';
import { assetCondition, type AssetFacts } from './rules/index.ts';
import type { AssetEventSpec, AssetRef } from './spec.ts';
import { storedDag } from './world/versions.ts';

/** What an event says beside its asset. */
export interface EventFacts {
  /** Task instance that sent it, -1: none did. */
  readonly sourceTi: number;
  readonly extra?: Readonly<Record<string, unknown>> | undefined;
  /** Number of the alias under which it was sent, -1: none. */
  readonly alias?: number;
  readonly partitionKey?: string | undefined;
}

/**
 * The events of a task instance that became a success: one per outlet, and what it says to have
 * written under its aliases. `said`: its own words on its events.
 */
export function emitOutlets(ctx: EngineContext, ti: number): void {
  const { outlets, tasks } = ctx.plan;
  const task = ctx.world.taskInstances.task[ti]!;
  if ((tasks.flags[task]! & TASK.writesAssets) === 0) return;
  const spec = specOfTask(ctx.plan, task);
  const said = spec.behaviour?.asset_events ?? [];
  for (let i = outlets.from[task]!; i < outlets.from[task + 1]!; i++) {
    const asset = outlets.to[i]!;
    const own = said.find((one) => one.alias === undefined && numberOf(ctx, one) === asset);
    for (const partitionKey of own?.partitions ?? [undefined]) {
      addAssetEvent(ctx, asset, { sourceTi: ti, extra: own?.extra, partitionKey });
    }
  }
  for (const event of said) {
    const alias = event.alias === undefined ? undefined : ctx.plan.aliasIndex.get(event.alias);
    const asset = numberOf(ctx, event);
    if (alias === undefined || asset === NONE) continue;
    for (const partitionKey of event.partitions ?? [undefined]) {
      addAssetEvent(ctx, asset, { sourceTi: ti, extra: event.extra, alias, partitionKey });
    }
  }
}

function numberOf(ctx: EngineContext, event: AssetEventSpec): number {
  return ctx.plan.assetIndex.get(event.asset.name ?? event.asset.uri) ?? NONE;
}

/** An event, and a queue row for every unpaused consumer that has none for this asset yet. */
export function addAssetEvent(ctx: EngineContext, asset: number, facts: EventFacts): void {
  const { assetEvents, lastAssetEvent, json } = ctx.world;
  const { alias = NONE, extra } = facts;
  const row = assetEvents.addRow();
  assetEvents.asset[row] = asset;
  assetEvents.timestamp[row] = ctx.sim.now;
  assetEvents.source_ti[row] = facts.sourceTi;
  assetEvents.source_alias[row] = alias;
  assetEvents.extra[row] = extra === undefined ? NONE : json.put(extra);
  partitionOf(ctx, row, facts);
  assetEvents.previous[row] = lastAssetEvent.get(asset);
  lastAssetEvent.set(asset, row);
  ctx.sim.record(row, CORE_RECORD.assetEvent);
  queueAll(ctx, ctx.plan.consumers, asset, row);
  if (alias === NONE) return;
  associate(ctx, alias, asset);
  queueAll(ctx, ctx.plan.aliasConsumers, alias, row);
}

/** Its own key, or that of the run that sent it. */
function partitionOf(ctx: EngineContext, event: number, facts: EventFacts): void {
  const { assetEvents, dagRuns, taskInstances: tis, texts } = ctx.world;
  const run = facts.sourceTi === NONE ? NONE : tis.dag_run[facts.sourceTi]!;
  if (run !== NONE) {
    assetEvents.partition_key[event] = dagRuns.partition_key[run]!;
    assetEvents.partition_date[event] = dagRuns.partition_date[run]!;
  }
  if (facts.partitionKey === undefined) return;
  assetEvents.partition_key[event] = texts.put(facts.partitionKey);
}

/** The asset belongs to the alias from now on. */
function associate(ctx: EngineContext, alias: number, asset: number): void {
  const { aliasAssets, assetsOfAlias } = ctx.world;
  const first = assetsOfAlias.get(alias);
  for (let row = first; row !== NONE; row = aliasAssets.next[row]!) {
    if (aliasAssets.asset[row] === asset) return;
  }
  const row = aliasAssets.addRow();
  aliasAssets.alias[row] = alias;
  aliasAssets.asset[row] = asset;
  aliasAssets.next[row] = first;
  assetsOfAlias.set(alias, row);
}

/** An event with a partition key starts no DAG that waits for plain events, and vice versa. */
function queueAll(ctx: EngineContext, consumers: Csr, of: number, event: number): void {
  const { dags, assetEvents } = ctx.world;
  const hasKey = assetEvents.partition_key[event] !== NONE;
  for (let i = consumers.from[of]!; i < consumers.from[of + 1]!; i++) {
    const version = consumers.to[i]!;
    const dag = ctx.plan.versions[version]!.index;
    if (dags.dag_version[dag] !== version) continue;
    if (dags.is_paused[dag] === 1 || dags.is_parsed[dag] === 0) continue;
    if (storedDag(ctx, dag).partitions !== null) queuePartition(ctx, dag, event);
    else if (!hasKey) queueFor(ctx, dag, assetEvents.asset[event]!);
  }
}

function queueFor(ctx: EngineContext, dag: number, asset: number): void {
  const { assetQueue, assetQueueOf, assetDags } = ctx.world;
  const first = assetQueueOf.get(dag);
  for (let row = first; row !== NONE; row = assetQueue.next[row]!) {
    if (assetQueue.asset[row] === asset) return;
  }
  const row = assetQueue.addRow();
  assetQueue.dag[row] = dag;
  assetQueue.asset[row] = asset;
  assetQueue.created_at[row] = ctx.sim.now;
  assetQueue.next[row] = first;
  assetQueueOf.set(dag, row);
  assetDags.add(dag);
}

/** Whether the DAG's condition holds for the assets in its queue. */
export function isConditionMet(ctx: EngineContext, dag: number): boolean {
  const condition = storedDag(ctx, dag).assetCondition;
  if (condition === null) return false;
  const queued = new Set<string>();
  const { assetQueue, assetQueueOf } = ctx.world;
  for (let row = assetQueueOf.get(dag); row !== NONE; row = assetQueue.next[row]!) {
    queued.add(ctx.plan.assets[assetQueue.asset[row]!]!);
  }
  return assetCondition(condition, factsOf(ctx, queued));
}

function factsOf(ctx: EngineContext, queued: ReadonlySet<string>): AssetFacts {
  const { assetRefs } = ctx.plan;
  return {
    isQueued: (asset) => queued.has(asset.name ?? asset.uri),
    underAlias: (alias) => underAlias(ctx, alias),
    resolve: (ref) => assetMeant(assetRefs, ref),
  };
}

function underAlias(ctx: EngineContext, name: string): AssetRef[] {
  const { aliasAssets, assetsOfAlias } = ctx.world;
  const alias = ctx.plan.aliasIndex.get(name) ?? NONE;
  const found: AssetRef[] = [];
  for (let row = assetsOfAlias.get(alias); row !== NONE; row = aliasAssets.next[row]!) {
    found.push(ctx.plan.assetRefs[aliasAssets.asset[row]!]!);
  }
  return found;
}

/** Newest time of the DAG's queue rows: when it was triggered. -Infinity when it has none. */
export function triggeredAt(ctx: EngineContext, dag: number): number {
  const { assetQueue, assetQueueOf } = ctx.world;
  let newest = -Infinity;
  for (let row = assetQueueOf.get(dag); row !== NONE; row = assetQueue.next[row]!) {
    newest = Math.max(newest, assetQueue.created_at[row]!);
  }
  return newest;
}

/** Rows of the events of the DAG's assets and aliases in (floor, until]. */
export function eventsBetween(
  ctx: EngineContext,
  dag: number,
  floor: number,
  until: number,
): number[] {
  const { assetEvents, lastAssetEvent } = ctx.world;
  const { consumers, aliasConsumers, assets } = ctx.plan;
  const version = ctx.world.dags.dag_version[dag]!;
  const found: number[] = [];
  for (let asset = 0; asset < assets.length; asset++) {
    const waits = waitsFor(consumers, asset, version);
    for (let row = lastAssetEvent.get(asset); row !== NONE; row = assetEvents.previous[row]!) {
      const time = assetEvents.timestamp[row]!;
      if (time <= floor) break;
      const alias = assetEvents.source_alias[row]!;
      const taken = waits || (alias !== NONE && waitsFor(aliasConsumers, alias, version));
      if (taken && time <= until) found.push(row);
    }
  }
  return found;
}

function waitsFor(consumers: Csr, of: number, version: number): boolean {
  return consumers.to.subarray(consumers.from[of], consumers.from[of + 1]).includes(version);
}

export function clearQueue(ctx: EngineContext, dag: number): void {
  const { assetQueue, assetQueueOf, assetDags } = ctx.world;
  let row = assetQueueOf.get(dag);
  while (row !== NONE) {
    const next = assetQueue.next[row]!;
    assetQueue.freeRow(row);
    row = next;
  }
  assetQueueOf.delete(dag);
  assetDags.remove(dag);
}
