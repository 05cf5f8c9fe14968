/**
 * The four changes of state that every try of a plain task makes, each written straight: what
 * change.ts, commands.ts, counters.ts and stateIndexes.ts do one after the other for any row of the
 * machine's table is done here in one walk over the columns, for one row of it. They are the
 * hottest code of the engine.
 *
 * Everything else goes the general way: another state, mapped tasks, tasks with limits of their
 * own, a resumed deferral, and every change while somebody observes. So a run with an observer is
 * the proof that both ways are one (test/airflow/engine/straight.test.ts). The commands of the four
 * rows are named here and compared with the machine's when this file is loaded.
 */
import { assert } from '../../base/assert.ts';
import { taskInstance, TI, TI_EVENT } from '../../machines/index.ts';
import type { EngineContext } from '../context.ts';
import { NULL_TIME, TI_FLAG } from '../rows.ts';
import { markDependents } from './candidates.ts';
import { changeTi, recordFromNone } from './change.ts';
import { forgetResume, occupy } from './commands.ts';
import { countExecution, countUnfinished, isCountedApart } from './counters.ts';
import { addScheduled, removeScheduled } from './ordering.ts';
import { addQueued } from './stateIndexes.ts';

const SCHEDULE = rowId(TI.none, TI_EVENT.schedule, ['increment_try_number', 'set_scheduled_dttm']);
const QUEUE = rowId(TI.scheduled, TI_EVENT.queue, ['set_queued_dttm', 'take_pool_slots']);
const START = rowId(TI.queued, TI_EVENT.start, ['set_start_date', 'record_worker']);
const SUCCEED = rowId(TI.running, TI_EVENT.succeed, [
  'free_pool_slots',
  'set_end_date',
  'clear_next_method',
]);

/** none -> scheduled. */
export function scheduleStraight(ctx: EngineContext, ti: number): boolean {
  const { taskInstances: tis, dagRuns } = ctx.world;
  if (tis.state[ti] !== TI.none || !isPlain(ctx, ti)) return changeTi(ctx, ti, TI_EVENT.schedule);
  const run = tis.dag_run[ti]!;
  recordFromNone(ctx, ti, SCHEDULE, 0);
  tis.due[ti] = NULL_TIME;
  tis.try_number[ti]! += 1;
  tis.state[ti] = TI.scheduled;
  dagRuns.touched[run] = 1;
  dagRuns.in_progress[run]! += 1;
  addScheduled(ctx, ti);
  return true;
}

/** scheduled -> queued. */
export function queueStraight(ctx: EngineContext, ti: number): boolean {
  const { taskInstances: tis, dagRuns, counters } = ctx.world;
  if (tis.state[ti] !== TI.scheduled || !isPlain(ctx, ti)) return changeTi(ctx, ti, TI_EVENT.queue);
  const run = tis.dag_run[ti]!;
  ctx.sim.record(ti, QUEUE);
  removeScheduled(ctx, ti);
  occupy(ctx, ti, 1);
  tis.queued_dttm[ti] = ctx.sim.now;
  tis.queued_by_job_id[ti] = counters.job;
  tis.state[ti] = TI.queued;
  dagRuns.touched[run] = 1;
  countExecution(ctx, run, 1);
  addQueued(ctx, ti);
  return true;
}

/** queued -> running. */
export function startStraight(ctx: EngineContext, ti: number): boolean {
  const { taskInstances: tis, dagRuns, stuckCount, runningTis } = ctx.world;
  const resumes = (tis.flags[ti]! & TI_FLAG.resuming) !== 0;
  if (tis.state[ti] !== TI.queued || resumes || !isPlain(ctx, ti)) {
    return changeTi(ctx, ti, TI_EVENT.start);
  }
  ctx.sim.record(ti, START);
  tis.start_date[ti] = ctx.sim.now;
  tis.end_date[ti] = NULL_TIME;
  tis.due[ti] = ctx.sim.now;
  if (stuckCount.size > 0) stuckCount.delete(ti);
  tis.state[ti] = TI.running;
  dagRuns.touched[tis.dag_run[ti]!] = 1;
  runningTis.add(ti);
  return true;
}

/** running -> success. */
export function succeedStraight(ctx: EngineContext, ti: number): boolean {
  const { taskInstances: tis, dagRuns, runningTis } = ctx.world;
  if (tis.state[ti] !== TI.running || !isPlain(ctx, ti)) return changeTi(ctx, ti, TI_EVENT.succeed);
  const run = tis.dag_run[ti]!;
  ctx.sim.record(ti, SUCCEED);
  runningTis.remove(ti);
  tis.due[ti] = NULL_TIME;
  occupy(ctx, ti, -1);
  tis.end_date[ti] = ctx.sim.now;
  forgetResume(ctx, ti);
  tis.state[ti] = TI.success;
  dagRuns.touched[run] = 1;
  countUnfinished(ctx, run, ctx.plan.tasks.flags[tis.task[ti]!]!, -1);
  dagRuns.in_progress[run]! -= 1;
  countExecution(ctx, run, -1);
  markDependents(ctx, ti, TI.running, TI.success);
  return true;
}

function isPlain(ctx: EngineContext, ti: number): boolean {
  if (ctx.observers.length > 0) return false;
  return !isCountedApart(ctx.plan.tasks.flags[ctx.world.taskInstances.task[ti]!]!);
}

/** The transition that is taken when no guard of the event holds, with exactly these commands. */
function rowId(state: number, event: number, commands: readonly string[]): number {
  let row = taskInstance.cell[state * taskInstance.eventCount + event]!;
  while (row >= 0 && taskInstance.rowGuard[row]! >= 0) row = taskInstance.rowElse[row]!;
  const { effectStart, effects, effectNames } = taskInstance;
  const named = Array.from(effects.slice(effectStart[row], effectStart[row + 1]));
  const same = named.map((effect) => effectNames[effect]).join() === commands.join();
  assert(row >= 0 && same, 'the machine has other commands', { state, event });
  return taskInstance.firstId + row;
}
