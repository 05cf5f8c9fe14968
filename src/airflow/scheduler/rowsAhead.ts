/** How many scheduled task instances stand before one in the order of the critical section. */
import type { EngineContext } from '../context.ts';
import { TI } from '../../machines/index.ts';
import { openSlots } from '../limits.ts';
import { eachTiOfRun } from '../world/lookup.ts';
import { beginRows, nextRow } from './rowMerge.ts';

/** Counted up to `most`; `most` when it is further behind, or its run is not asked at all. */
export function rowsAhead(ctx: EngineContext, ti: number, most: number): number {
  beginRows(ctx);
  for (let ahead = 0; ahead < most; ahead++) {
    const row = nextRow(ctx);
    if (row === ti) return ahead;
    if (row < 0) return 0;
  }
  return most;
}

/** Scheduled ones of its run that stand before it; pools that are full are not asked at all. */
export function aheadInRun(ctx: EngineContext, ti: number): number {
  const { taskInstances: tis, pools } = ctx.world;
  let ahead = 0;
  eachTiOfRun(ctx, tis.dag_run[ti]!, (other) => {
    if (other === ti || tis.state[other] !== TI.scheduled || !isBefore(ctx, other, ti)) return;
    const pool = ctx.plan.tasks.pool[tis.task[other]!]!;
    if (pools.exists[pool] === 0 || openSlots(ctx, pool) > 0) ahead += 1;
  });
  return ahead;
}

/** In the order of the critical section; both are of one run. */
function isBefore(ctx: EngineContext, a: number, b: number): boolean {
  const { priority_weight, map_index } = ctx.world.taskInstances;
  const weight = priority_weight[b]! - priority_weight[a]!;
  const index = map_index[a]! - map_index[b]!;
  return (weight || index || a - b) < 0;
}
