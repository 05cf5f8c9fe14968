/** Not In Retry Period and Ready To Reschedule (semantics 4.2). */
import { TI } from '../../machines/index.ts';
import type { EngineContext } from '../context.ts';
import { TASK } from '../plan/index.ts';
import { NULL_TIME, TI_FLAG } from '../rows.ts';
import { put, type Gate } from './gate.ts';

/** up_for_retry: the next try may start strictly after its time. */
export function checkRetryPeriod(ctx: EngineContext, ti: number, gate: Gate): boolean {
  const { taskInstances: tis } = ctx.world;
  if (tis.state[ti] !== TI.up_for_retry) return put(gate, true, 'retry_wait', 'retry_delay');
  const due = tis.due[ti]!;
  const tries = tis.try_number[ti]!;
  const most = tis.max_tries[ti]!;
  const passes = put(gate, due < ctx.sim.now, 'retry_wait', 'retry_delay', tries, most);
  gate.until = due;
  return passes;
}

/** up_for_reschedule: its date has come. */
export function checkReschedule(ctx: EngineContext, ti: number, gate: Gate): boolean {
  const date = rescheduleDate(ctx, ti);
  const passes = put(gate, date <= ctx.sim.now, 'poke_wait', 'poke_interval');
  gate.until = date;
  return passes;
}

/** -Infinity when nothing is waited for. */
function rescheduleDate(ctx: EngineContext, ti: number): number {
  const { taskInstances: tis, reschedules, rescheduleOf } = ctx.world;
  const state = tis.state[ti]!;
  if ((tis.flags[ti]! & TI_FLAG.rescheduled) === 0) return -Infinity;
  if (state !== TI.up_for_reschedule && state !== TI.none) return -Infinity;
  const sensor = TASK.rescheduleSensor | TASK.isMapped;
  const isSensor = (ctx.plan.tasks.flags[tis.task[ti]!]! & sensor) !== 0;
  const asked = ctx.profile.anyTaskWaitsForReschedule && state === TI.up_for_reschedule;
  if (!asked && !isSensor) return -Infinity;
  const row = rescheduleOf.get(ti);
  const date = row < 0 ? NULL_TIME : reschedules.reschedule_date[row]!;
  return date === NULL_TIME ? -Infinity : date;
}
