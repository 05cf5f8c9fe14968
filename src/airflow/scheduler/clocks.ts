/**
 * Clocks that differ between hosts (F23), and the tokens of workloads (F31). Skews are microseconds
 * that a clock is ahead; while none is set everything here is one comparison.
 */
import { seconds } from '../../base/time.ts';
import type { EngineContext } from '../context.ts';
import { NONE } from '../rows.ts';
import { jobOf } from './processes.ts';

/** api_auth.jwt_leeway. */
const LEEWAY = seconds(10);

/** The present scheduler's clock. */
export function schedulerNow(ctx: EngineContext): number {
  const { counters, schedulers } = ctx.world;
  if (counters.skewed === 0) return ctx.sim.now;
  return ctx.sim.now + schedulers.skew[counters.scheduler]!;
}

/** A heartbeat that workers write now, by the clock that dates it. */
export function workerNow(ctx: EngineContext): number {
  return ctx.sim.now + ctx.world.counters.workerSkew;
}

/**
 * 3.x: the token of a queued workload is made at its hand-over and valid for task_queued_timeout;
 * the API server judges it by its own clock.
 */
export function isTokenValid(ctx: EngineContext, ti: number): boolean {
  const { taskInstances: tis, counters } = ctx.world;
  const made = tis.queued_dttm[ti]!;
  if (!(made < Infinity)) return true;
  let age = ctx.sim.now - made;
  if (counters.skewed === 1) age += counters.workerSkew - skewOfJob(ctx, tis.queued_by_job_id[ti]!);
  return age + LEEWAY >= 0 && age <= ctx.options.taskQueuedTimeout + LEEWAY;
}

function skewOfJob(ctx: EngineContext, job: number): number {
  const { schedulers } = ctx.world;
  for (let each = 0; each < schedulers.rows; each++) {
    if (job !== NONE && jobOf(ctx, each) === job) return schedulers.skew[each]!;
  }
  return 0;
}
