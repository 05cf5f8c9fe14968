/** Schedulers that died, and what they had queued (semantics 5.9, 15.5). */
import { DAG_RUN, TI, TI_EVENT } from '../../machines/index.ts';
import type { EngineContext } from '../context.ts';
import { CORE_RECORD } from '../records.ts';
import { NO_JOB, NONE, RUN_TYPE } from '../rows.ts';
import { changeTi } from '../taskInstance/change.ts';
import { ADOPTABLE, isIn } from '../taskInstance/states.ts';
import { eachTiOfRun } from '../world/lookup.ts';
import { schedulerNow } from './clocks.ts';
import { JOB } from './schedulers.ts';

/** Marks silent schedulers failed and takes over, or resets, what they had in hand. */
export function adoptOrResetOrphans(ctx: EngineContext): void {
  const { jobs, counters } = ctx.world;
  const limit = schedulerNow(ctx) - ctx.options.schedulerHealthCheckThreshold;
  let dead = false;
  for (let job = 0; job < jobs.rows; job++) {
    if (job === counters.job) continue;
    if (jobs.state[job] === JOB.running && jobs.latest_heartbeat[job]! < limit) {
      jobs.state[job] = JOB.failed;
      jobs.end_date[job] = ctx.sim.now;
    }
    if (jobs.state[job] !== JOB.running) dead = true;
  }
  if (dead) for (const ti of orphans(ctx)) adoptOrReset(ctx, ti);
}

function orphans(ctx: EngineContext): number[] {
  const { taskInstances: tis, jobs, runningOf, dags, dagRuns } = ctx.world;
  const found: number[] = [];
  for (let dag = 0; dag < dags.rows; dag++) {
    for (let run = runningOf.first(dag); run !== NONE; run = runningOf.after(run)) {
      if (dagRuns.in_progress[run] === 0 && dagRuns.disturbed[run] === 0) continue;
      const skipped = !ctx.profile.hasRunAfter && dagRuns.run_type[run] === RUN_TYPE.backfill;
      if (skipped || dagRuns.state[run] !== DAG_RUN.running) continue;
      eachTiOfRun(ctx, run, (ti) => {
        const job = tis.queued_by_job_id[ti]!;
        if (job === NO_JOB || !isIn(ADOPTABLE, tis.state[ti]!)) return;
        if (jobs.state[job] !== JOB.running) found.push(ti);
      });
    }
  }
  return found;
}

function adoptOrReset(ctx: EngineContext, ti: number): void {
  const { taskInstances: tis, counters } = ctx.world;
  if (ctx.executor.tryAdopt(ti)) {
    tis.queued_by_job_id[ti] = counters.job;
    ctx.sim.record(ti, CORE_RECORD.adopted);
    return;
  }
  const running = tis.state[ti] === TI.running;
  changeTi(ctx, ti, TI_EVENT.orphan_reset);
  if (running) ctx.workers.abandon(ti);
}
