/** Deferred task instances past their trigger_timeout (semantics 5.7, 8.4). */
import { TI, TI_EVENT } from '../../machines/index.ts';
import type { EngineContext } from '../context.ts';
import { answerTimedOut } from '../hitl.ts';
import { TI_FLAG } from '../rows.ts';
import { changeTi } from '../taskInstance/change.ts';

/** Human-in-the-loop tasks go by their own rule. Others become scheduled with a failure marker; the worker then raises the time-out. */
export function checkTriggerTimeouts(ctx: EngineContext): void {
  const { deferredUntil, taskInstances: tis } = ctx.world;
  while (deferredUntil.nextTime < ctx.sim.now) {
    deferredUntil.pop();
    const ti = deferredUntil.subject;
    if (tis.due[ti] !== deferredUntil.time) continue;
    if (tis.state[ti] === TI.awaiting_input) {
      answerTimedOut(ctx, ti);
      continue;
    }
    if (tis.state[ti] !== TI.deferred) continue;
    changeTi(ctx, ti, TI_EVENT.trigger_timeout);
    tis.flags[ti]! |= TI_FLAG.resumeFailed;
    ctx.workers.cancelTrigger(ti);
  }
}
