/** Indexes that depend on the state: what is done on leaving a state and on entering one. */
import { TI } from '../../machines/index.ts';
import type { EngineContext } from '../context.ts';
import { NULL_TIME } from '../rows.ts';
import { addScheduled, removeScheduled } from './ordering.ts';
import { nextRetryTime } from './retryTime.ts';

export function leave(ctx: EngineContext, ti: number, from: number): void {
  if (from === TI.scheduled) return removeScheduled(ctx, ti);
  if (from === TI.running || from === TI.restarting) ctx.world.runningTis.remove(ti);
  ctx.world.taskInstances.due[ti] = NULL_TIME;
}

/** `date`: what the new state waits for, where the sender of the event knows it. */
export function enter(ctx: EngineContext, ti: number, to: number, date: number): void {
  const { taskInstances: tis, wakes, deferredUntil, runningTis } = ctx.world;
  switch (to) {
    case TI.scheduled:
      return addScheduled(ctx, ti);
    case TI.queued:
      return addQueued(ctx, ti);
    case TI.running:
      tis.due[ti] = ctx.sim.now;
      runningTis.add(ti);
      return;
    case TI.restarting:
      // 3.x looks for the heartbeats of these, too (semantics 15.2).
      if (!ctx.profile.processorEndsZombies) runningTis.add(ti);
      return;
    case TI.up_for_retry: {
      const due = nextRetryTime(ctx, ti);
      tis.due[ti] = due;
      // The next try may start strictly after that moment.
      if (due !== NULL_TIME) wakes.push(due + 1, 0, ti);
      return;
    }
    case TI.up_for_reschedule:
      tis.due[ti] = date;
      wakes.push(date, 0, ti);
      return;
    case TI.deferred:
    case TI.awaiting_input:
      tis.due[ti] = date;
      if (date !== NULL_TIME) deferredUntil.push(date, 0, ti);
  }
}

/** Entries at the front that mean nothing any more go at once: few stay queued for long. */
export function addQueued(ctx: EngineContext, ti: number): void {
  const { taskInstances: tis, queuedSince } = ctx.world;
  while (queuedSince.size > 0) {
    const holds = tis.state[queuedSince.first] === TI.queued;
    if (holds && queuedSince.firstAgrees(tis.queued_dttm)) break;
    queuedSince.shift();
  }
  queuedSince.pushRow(tis.queued_dttm, ti);
}
