/** Backfills without queued or running runs are complete (semantics 5.7). */
import type { EngineContext } from '../context.ts';
import { NULL_TIME } from '../rows.ts';

const TWO_MINUTES = 120_000_000;

export function completeBackfills(ctx: EngineContext): void {
  const { backfills } = ctx.world;
  for (let row = 0; row < backfills.rows; row++) {
    if (backfills.completed_at[row] !== NULL_TIME) continue;
    const started =
      backfills.runs[row]! > 0 || backfills.created_at[row]! < ctx.sim.now - TWO_MINUTES;
    const active = backfills.queued_runs[row]! + backfills.running_runs[row]!;
    if (started && active === 0) backfills.completed_at[row] = ctx.sim.now;
  }
}
