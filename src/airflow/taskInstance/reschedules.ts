/** task_reschedule: one row per poke of a sensor that gave its slot back (semantics 8.3). */
import type { EngineContext } from '../context.ts';
import { TI_FLAG } from '../rows.ts';

/** The poke that ends now. Its date is set by who sends the event (`setRescheduleDate`). */
export function addReschedule(ctx: EngineContext, ti: number): void {
  const { taskInstances: tis, reschedules, rescheduleOf } = ctx.world;
  const row = reschedules.addRow();
  reschedules.ti[row] = ti;
  reschedules.try_number[row] = tis.try_number[ti]!;
  reschedules.start_date[row] = tis.start_date[ti]!;
  reschedules.end_date[row] = ctx.sim.now;
  rescheduleOf.set(ti, row);
  tis.flags[ti]! |= TI_FLAG.rescheduled;
}

export function setRescheduleDate(ctx: EngineContext, ti: number, date: number): void {
  const row = ctx.world.rescheduleOf.get(ti);
  if (row >= 0) ctx.world.reschedules.reschedule_date[row] = date;
}

/** The rows of a try go with it. */
export function forgetReschedules(ctx: EngineContext, ti: number): void {
  ctx.world.rescheduleOf.delete(ti);
  ctx.world.taskInstances.flags[ti]! &= ~TI_FLAG.rescheduled;
}

/** Rows of its present try. */
export function countReschedules(ctx: EngineContext, ti: number): number {
  const { taskInstances: tis, reschedules } = ctx.world;
  if ((tis.flags[ti]! & TI_FLAG.rescheduled) === 0) return 0;
  let found = 0;
  for (let row = 0; row < reschedules.rows; row++) {
    const same = reschedules.ti[row] === ti && reschedules.try_number[row] === tis.try_number[ti];
    if (same) found += 1;
  }
  return found;
}
