/** The pools at the start: default_pool and those of the scenario (semantics 16). */
import type { EngineContext } from '../context.ts';
import { DEFAULT_POOL } from '../plan/index.ts';
import type { PoolSpec } from '../scenario.ts';

export function setUpPools(ctx: EngineContext, pools: Readonly<Record<string, PoolSpec>>): void {
  const given = { slots: ctx.options.defaultPoolSlots, include_deferred: false };
  const all: Record<string, PoolSpec> = { [DEFAULT_POOL]: given, ...pools };
  ctx.plan.poolNames.forEach((name, pool) => {
    const spec = all[name];
    if (spec === undefined) return;
    ctx.world.pools.exists[pool] = 1;
    ctx.world.pools.slots[pool] = spec.slots;
    ctx.world.pools.include_deferred[pool] = spec.include_deferred ? 1 : 0;
  });
}
