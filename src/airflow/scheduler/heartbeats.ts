/** Task instances without a heartbeat (semantics 15.2, 15.3). */
import { TI, TI_EVENT } from '../../machines/index.ts';
import { beatsLost } from '../callbacks.ts';
import type { EngineContext } from '../context.ts';
import { CORE_RECORD } from '../records.ts';
import { changeTi } from '../taskInstance/change.ts';
import { schedulerNow, workerNow } from './clocks.ts';
import { failFast } from '../taskInstance/failFast.ts';

/**
 * 3.x: the executor gives the key up, and its event fails the task instance in the next loop. In
 * 2.x the DAG processor does that at once, where there is one.
 */
export function checkHeartbeats(ctx: EngineContext): void {
  const { runningTis, taskInstances: tis, counters } = ctx.world;
  const limit = schedulerNow(ctx) - ctx.options.heartbeatTimeout;
  // Fresh beats bear the date of the clock that wrote them.
  const early = counters.skewed === 1 && workerNow(ctx) < limit;
  for (let ti = runningTis.next(0); ti >= 0; ti = runningTis.next(ti + 1)) {
    if (tis.queued_by_job_id[ti] !== counters.job) continue;
    if (!early && ctx.workers.lastBeat(ti) >= limit && !ctx.workers.hasEnded(ti)) continue;
    ctx.sim.because(ctx.sim.record(ti, CORE_RECORD.heartbeatTimeout));
    if (ctx.profile.processorEndsZombies) {
      ctx.executor.fail(ti);
      if (!ctx.hasDagProcessor || counters.processorDown === 1) continue;
    }
    changeTi(ctx, ti, TI_EVENT.heartbeat_timeout);
    beatsLost(ctx, ti);
    if (tis.state[ti] === TI.running) continue;
    ctx.workers.abandon(ti);
    failFast(ctx, ti);
  }
}
