/** Pools and asset events, as people change or send them (semantics 9.10, 16). */
import { addAssetEvent } from '../assets.ts';
import type { EngineContext } from '../context.ts';
import { DEFAULT_POOL } from '../plan/index.ts';
import { CORE_RECORD } from '../records.ts';
import { NONE } from '../rows.ts';
import type { AssetEventAction, DeletePoolAction, PoolAction } from '../scenarioActions.ts';
import type { Refusal } from './refusals.ts';

/** Makes the pool when there is none; what is not said stays as it is. */
export function setPool(ctx: EngineContext, action: PoolAction): Refusal {
  const pool = ctx.plan.poolNames.indexOf(action.pool);
  if (pool < 0) return 'pool_unknown';
  const { pools } = ctx.world;
  // A new pool needs its slots; only what there is can stay as it is.
  if (pools.exists[pool] === 0 && action.slots === undefined) return 'pool_unknown';
  if (action.include_deferred !== undefined) {
    pools.include_deferred[pool] = action.include_deferred ? 1 : 0;
  }
  resizePool(ctx, action.pool, action.slots ?? pools.slots[pool]!);
  return '';
}

/** False when nobody names such a pool. */
export function resizePool(ctx: EngineContext, name: string, slots: number): boolean {
  const pool = ctx.plan.poolNames.indexOf(name);
  if (pool < 0) return false;
  ctx.world.pools.exists[pool] = 1;
  ctx.world.pools.slots[pool] = slots;
  ctx.sim.record(pool, CORE_RECORD.poolChanged);
  return true;
}

/** Task instances that name it stay scheduled from now on. */
export function deletePool(ctx: EngineContext, action: DeletePoolAction): Refusal {
  const pool = ctx.plan.poolNames.indexOf(action.pool);
  const { pools } = ctx.world;
  if (action.pool === DEFAULT_POOL) return 'pool_default';
  if (pool < 0 || pools.exists[pool] === 0) return 'pool_unknown';
  pools.exists[pool] = 0;
  ctx.sim.record(pool, CORE_RECORD.poolChanged);
  return '';
}

export function sendAssetEvent(ctx: EngineContext, action: AssetEventAction): Refusal {
  const asset = ctx.plan.assetIndex.get(action.asset) ?? NONE;
  if (asset === NONE) return 'asset_unknown';
  addAssetEvent(ctx, asset, {
    sourceTi: NONE,
    extra: action.extra,
    partitionKey: action.partition_key,
  });
  return '';
}
