/**
 * The one way in which a task instance changes its state: an event of its machine. The transition
 * table decides, the commands write the columns, counters and indexes follow, and the log gets a
 * record that names the transition.
 */
import { fire, ILLEGAL } from '../../machines/fire.ts';
import { taskInstance, TI, TI_GUARD } from '../../machines/index.ts';
import { retryEligible, triesLeft } from '../../machines/index.ts';
import type { EngineContext } from '../context.ts';
import { NULL_TIME, TI_FLAG } from '../rows.ts';
import { markDependents, markTi } from './candidates.ts';
import { runCommands } from './commands.ts';
import { count } from './counters.ts';
import { enter, leave } from './stateIndexes.ts';
import { FINISHED, isIn, SCHEDULABLE } from './states.ts';

const TRIES_LEFT = 1 << TI_GUARD.tries_left;
const RETRY_ELIGIBLE = 1 << TI_GUARD.retry_eligible;
const RESUMING = 1 << TI_GUARD.resuming;

/**
 * Sends an event (a code of TI_EVENT) to a task instance. Returns false, and changes nothing, when
 * the event is illegal in its state. `date` is what the new state waits for where it waits for a
 * date that the sender knows: reschedule date, time-out of a deferral.
 */
export function changeTi(
  ctx: EngineContext,
  ti: number,
  event: number,
  date = Infinity,
  reason = 0,
): boolean {
  const from = ctx.world.taskInstances.state[ti]!;
  const row = rowFor(ctx, ti, from, event);
  if (row < 0) return false;
  const to = taskInstance.rowTo[row]!;
  record(ctx, ti, from, taskInstance.firstId + row, reason);
  if (from === to) {
    runCommands(ctx, ti, row);
    return true;
  }
  leave(ctx, ti, from);
  runCommands(ctx, ti, row);
  settle(ctx, ti, from, to, date);
  return true;
}

/** Whether the event would change the state now. */
export function canChangeTi(ctx: EngineContext, ti: number, event: number): boolean {
  return rowFor(ctx, ti, ctx.world.taskInstances.state[ti]!, event) >= 0;
}

/** Row of the transition in the machine's table, -1 when the event is illegal now. */
function rowFor(ctx: EngineContext, ti: number, state: number, event: number): number {
  const row = taskInstance.cell[state * taskInstance.eventCount + event]!;
  // Most transitions have no guard.
  if (row < 0 || taskInstance.rowGuard[row]! < 0) return row;
  const id = fire(taskInstance, state, event, guardsOf(ctx, ti));
  return id === ILLEGAL ? -1 : id - taskInstance.firstId;
}

function settle(ctx: EngineContext, ti: number, from: number, to: number, date: number): void {
  const { taskInstances: tis, dagRuns } = ctx.world;
  tis.state[ti] = to;
  dagRuns.touched[tis.dag_run[ti]!] = 1;
  count(ctx, ti, from, to);
  enter(ctx, ti, to, date);
  if (isIn(SCHEDULABLE, to)) markTi(ctx, ti);
  if (isIn(FINISHED, from) || isIn(FINISHED, to)) markDependents(ctx, ti, from, to);
  if (ctx.observers.length > 0) tell(ctx, ti, from, to);
}

function tell(ctx: EngineContext, ti: number, from: number, to: number): void {
  for (const observer of ctx.observers) observer.taskInstance?.(ti, from, to);
}

function guardsOf(ctx: EngineContext, ti: number): number {
  const { taskInstances: tis } = ctx.world;
  const tries = tis.try_number[ti]!;
  const most = tis.max_tries[ti]!;
  const retries = ctx.plan.tasks.retries[tis.task[ti]!]!;
  return (
    ctx.versionGuards |
    (triesLeft(tries, most) ? TRIES_LEFT : 0) |
    (retryEligible(retries, tries, most) ? RETRY_ELIGIBLE : 0) |
    ((tis.flags[ti]! & TI_FLAG.resuming) !== 0 ? RESUMING : 0)
  );
}

function record(ctx: EngineContext, ti: number, from: number, id: number, reason: number): void {
  if (from === TI.none) recordFromNone(ctx, ti, id, reason);
  else ctx.sim.record(ti, id, reason);
}

/** A task instance in state none remembers what made it worth a look: that is its cause. */
export function recordFromNone(ctx: EngineContext, ti: number, id: number, reason: number): void {
  const cause = ctx.world.taskInstances.due[ti]!;
  // As an integer: a double would be put on the heap for the call.
  if (cause >= 0 && cause !== NULL_TIME) ctx.sim.record(ti, id, reason, cause | 0);
  else ctx.sim.record(ti, id, reason);
}
