/** Task instances that stay queued for too long (semantics 5.8). */
import { TI, TI_EVENT } from '../../machines/index.ts';
import { endedOutside } from '../callbacks.ts';
import type { EngineContext } from '../context.ts';
import { CORE_RECORD } from '../records.ts';
import { changeTi } from '../taskInstance/change.ts';

const stuck: number[] = [];

/** Asks the executor to revoke each; sent again some times, then failed for good. */
export function handleStuckInQueued(ctx: EngineContext): void {
  const { queuedSince, taskInstances: tis, counters } = ctx.world;
  const limit = ctx.sim.now - ctx.options.taskQueuedTimeout;
  stuck.length = 0;
  while (queuedSince.firstTime < limit) {
    const ti = queuedSince.first;
    if (tis.state[ti] === TI.queued && tis.queued_dttm[ti] === queuedSince.firstTime)
      stuck.push(ti);
    queuedSince.shift();
  }
  const kept = stuck.filter((ti) => {
    const revoked = tis.queued_by_job_id[ti] === counters.job && ctx.executor.revoke(ti);
    if (revoked) sendAgain(ctx, ti);
    return !revoked;
  });
  for (const ti of kept.reverse()) queuedSince.unshift(tis.queued_dttm[ti]!, ti);
}

function sendAgain(ctx: EngineContext, ti: number): void {
  const { stuckCount } = ctx.world;
  const times = stuckCount.get(ti, 0);
  ctx.sim.because(ctx.sim.record(ti, CORE_RECORD.stuckInQueued));
  if (times < ctx.options.numStuckRetries) {
    stuckCount.set(ti, times + 1);
    changeTi(ctx, ti, TI_EVENT.requeue_stuck);
    return;
  }
  // The state is set past the ends of tries: fail_fast does not see this failure.
  stuckCount.delete(ti);
  changeTi(ctx, ti, TI_EVENT.fail_stuck);
  endedOutside(ctx, ti);
}
