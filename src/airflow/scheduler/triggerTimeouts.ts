/** Deferred task instances past their trigger_timeout (semantics 5.7, 8.4). */
import { TI, TI_EVENT } from '../../machines/index.ts';
import type { EngineContext } from '../context.ts';
import { TI_FLAG } from '../rows.ts';
import { changeTi } from '../taskInstance/change.ts';

/** They become scheduled with a failure marker; the worker then raises the time-out. */
export function checkTriggerTimeouts(ctx: EngineContext): void {
  const { deferredUntil, taskInstances: tis } = ctx.world;
  while (deferredUntil.nextTime < ctx.sim.now) {
    deferredUntil.pop();
    const ti = deferredUntil.subject;
    if (tis.state[ti] !== TI.deferred || tis.due[ti] !== deferredUntil.time) continue;
    changeTi(ctx, ti, TI_EVENT.trigger_timeout);
    tis.flags[ti]! |= TI_FLAG.resumeFailed;
    ctx.workers.cancelTrigger(ti);
  }
}
