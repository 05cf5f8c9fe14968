/** Asset events, the queue of consumers, and asset conditions (semantics 9.10). */
import { CORE_RECORD } from './records.ts';
import type { EngineContext } from './context.ts';
import type { AssetCondition } from './spec.ts';
import { NONE } from './rows.ts';

/** One event per outlet of a task instance that became a success. */
export function emitOutlets(ctx: EngineContext, ti: number): void {
  const { outlets } = ctx.plan;
  const task = ctx.world.taskInstances.task[ti]!;
  for (let i = outlets.from[task]!; i < outlets.from[task + 1]!; i++) {
    addAssetEvent(ctx, outlets.to[i]!, ti);
  }
}

/** An event, and a queue row for every unpaused consumer that has none for this asset yet. */
export function addAssetEvent(ctx: EngineContext, asset: number, sourceTi: number): void {
  const { assetEvents, lastAssetEvent, dags } = ctx.world;
  const row = assetEvents.addRow();
  assetEvents.asset[row] = asset;
  assetEvents.timestamp[row] = ctx.sim.now;
  assetEvents.source_ti[row] = sourceTi;
  assetEvents.previous[row] = lastAssetEvent.get(asset);
  lastAssetEvent.set(asset, row);
  ctx.sim.record(row, CORE_RECORD.assetEvent);
  const { consumers } = ctx.plan;
  for (let i = consumers.from[asset]!; i < consumers.from[asset + 1]!; i++) {
    const dag = consumers.to[i]!;
    if (dags.is_paused[dag] === 0 && dags.is_parsed[dag] === 1) queueFor(ctx, dag, asset);
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
  const condition = ctx.plan.dags[dag]!.assetCondition;
  if (condition === null) return false;
  const queued = new Set<string>();
  const { assetQueue, assetQueueOf } = ctx.world;
  for (let row = assetQueueOf.get(dag); row !== NONE; row = assetQueue.next[row]!) {
    queued.add(ctx.plan.assets[assetQueue.asset[row]!]!);
  }
  return holds(condition, queued);
}

/** An alias or reference that no asset of the scenario resolves never holds. */
function holds(condition: AssetCondition, queued: ReadonlySet<string>): boolean {
  if ('asset' in condition) return queued.has(condition.asset.name ?? condition.asset.uri);
  if ('all' in condition) return condition.all.every((part) => holds(part, queued));
  if ('any' in condition) return condition.any.some((part) => holds(part, queued));
  return false;
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

/** Rows of the events of the DAG's assets in (floor, until]. */
export function eventsBetween(
  ctx: EngineContext,
  dag: number,
  floor: number,
  until: number,
): number[] {
  const { assetEvents, lastAssetEvent } = ctx.world;
  const { consumers } = ctx.plan;
  const found: number[] = [];
  for (let asset = 0; asset < ctx.plan.assets.length; asset++) {
    if (!consumers.to.subarray(consumers.from[asset], consumers.from[asset + 1]).includes(dag)) {
      continue;
    }
    for (let row = lastAssetEvent.get(asset); row !== NONE; row = assetEvents.previous[row]!) {
      const time = assetEvents.timestamp[row]!;
      if (time <= floor) break;
      if (time <= until) found.push(row);
    }
  }
  return found;
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
