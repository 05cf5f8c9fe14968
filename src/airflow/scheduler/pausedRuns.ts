/** Runs of paused DAGs: marks and end of the run, every 60 s (semantics 2.7). */
import type { EngineContext } from '../context.ts';
import { updateRun } from '../dagRun/examine.ts';
import { NONE } from '../rows.ts';
import { wakeTis } from './examineRuns.ts';

/** Only runs in which something changed since they were last examined; nothing is scheduled. */
export function updatePausedRuns(ctx: EngineContext): void {
  const { dags, dagRuns, runningOf } = ctx.world;
  wakeTis(ctx);
  for (let dag = 0; dag < dags.rows; dag++) {
    if (dags.is_paused[dag] === 0) continue;
    let run = runningOf.first(dag);
    while (run !== NONE) {
      const next = runningOf.after(run);
      if (dagRuns.touched[run] === 1) updateRun(ctx, run, false);
      run = next;
    }
  }
}
