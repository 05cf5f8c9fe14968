/**
 * The commands of the task-instance machine: what each writes. Pool slots are counted here.
 *
 * Those of every try are bits of one number per transition and written by straight code; the
 * others are functions, called after them. None of the first kind reads what another writes, and
 * none of the second what the first kind of its own transition has written, so that the machine's
 * order is kept where it matters: among the second kind.
 */
import { taskInstance, type TI_ACTION } from '../../machines/index.ts';
import type { EngineContext } from '../context.ts';
import { broken } from '../invariants.ts';
import { NO_JOB, NULL_TIME, TI_FLAG } from '../rows.ts';
import { addReschedule, forgetReschedules } from './reschedules.ts';

type ActionName = keyof typeof TI_ACTION;
type Command = (ctx: EngineContext, ti: number) => void;

const RESUME_BITS = TI_FLAG.resuming | TI_FLAG.resumeFailed | TI_FLAG.resumeRaised;

const BIT = {
  increment_try_number: 1,
  set_queued_dttm: 2,
  take_pool_slots: 4,
  free_pool_slots: 8,
  set_start_date: 16,
  // Host and process are the executor's; the first heartbeat is set on entering running.
  record_worker: 32,
  set_end_date: 64,
  clear_next_method: 128,
  set_next_method: 256,
  // scheduled_dttm is the time of the log record.
  set_scheduled_dttm: 0,
  // Triggers run in the triggerer, which is told by who sends the event.
  create_trigger: 0,
  remove_trigger: 0,
} as const satisfies Partial<Record<ActionName, number>>;

const SLOTS = BIT.take_pool_slots | BIT.free_pool_slots;

const commands: Readonly<Record<Exclude<ActionName, keyof typeof BIT>, Command>> = {
  take_deferred_slots: (ctx, ti) => occupyDeferred(ctx, ti, 1),
  free_deferred_slots: (ctx, ti) => occupyDeferred(ctx, ti, -1),
  clear_queued_dttm: ({ world }, ti) => {
    world.taskInstances.queued_dttm[ti] = NULL_TIME;
  },
  set_both_dates: ({ world, sim }, ti) => {
    world.taskInstances.start_date[ti] = sim.now;
    world.taskInstances.end_date[ti] = sim.now;
  },
  fill_dates: ({ world, sim }, ti) => {
    const { start_date, end_date } = world.taskInstances;
    if (start_date[ti] === NULL_TIME) start_date[ti] = sim.now;
    if (end_date[ti] === NULL_TIME) end_date[ti] = sim.now;
  },
  // The history row is the log record; a worker of the old try is refused by its try number.
  prepare_db_for_next_try: (ctx, ti) => {
    if (!ctx.profile.retryKeepsReschedules) forgetReschedules(ctx, ti);
  },
  raise_max_tries: ({ world, plan }, ti) => {
    const { max_tries, try_number, task } = world.taskInstances;
    max_tries[ti] = try_number[ti]! + plan.tasks.retries[task[ti]!]!;
  },
  add_task_reschedule: addReschedule,
  fail_in_executor: (ctx, ti) => ctx.executor.fail(ti),
  disown: ({ world }, ti) => {
    world.taskInstances.queued_by_job_id[ti] = NO_JOB;
  },
};

const bitOf: Readonly<Record<string, number>> = BIT;
const commandOf: Readonly<Record<string, Command>> = commands;

/** By transition: bits of the first kind, and functions of the second. */
const bits = new Uint16Array(taskInstance.rowTo.length);
const further: (readonly Command[] | undefined)[] = [];
for (let row = 0; row < bits.length; row++) {
  const called: Command[] = [];
  for (let i = taskInstance.effectStart[row]!; i < taskInstance.effectStart[row + 1]!; i++) {
    const name = taskInstance.effectNames[taskInstance.effects[i]!]!;
    const bit = bitOf[name];
    if (bit === undefined) called.push(commandOf[name]!);
    else bits[row]! |= bit;
  }
  further.push(called.length > 0 ? called : undefined);
}

/** Carries out the commands of a transition (its number in the machine's table). */
export function runCommands(ctx: EngineContext, ti: number, row: number): void {
  const own = bits[row]!;
  if ((own & SLOTS) !== 0) occupy(ctx, ti, (own & BIT.take_pool_slots) !== 0 ? 1 : -1);
  writeColumns(ctx, ti, own);
  const called = further[row];
  if (called !== undefined) for (const command of called) command(ctx, ti);
}

function writeColumns({ world, sim }: EngineContext, ti: number, own: number): void {
  const tis = world.taskInstances;
  if ((own & BIT.increment_try_number) !== 0) tis.try_number[ti]! += 1;
  if ((own & BIT.set_queued_dttm) !== 0) {
    tis.queued_dttm[ti] = sim.now;
    tis.queued_by_job_id[ti] = world.counters.job;
  }
  if ((own & BIT.set_start_date) !== 0) tis.start_date[ti] = sim.now;
  if ((own & BIT.record_worker) !== 0) {
    tis.end_date[ti] = NULL_TIME;
    if (world.stuckCount.size > 0) world.stuckCount.delete(ti);
  }
  if ((own & BIT.set_end_date) !== 0) tis.end_date[ti] = sim.now;
  if ((own & BIT.set_next_method) !== 0) tis.flags[ti]! |= TI_FLAG.resuming;
  if ((own & BIT.clear_next_method) !== 0) tis.flags[ti]! &= ~RESUME_BITS;
}

/** clear_next_method, where there is something to clear. */
export function forgetResume({ world }: EngineContext, ti: number): void {
  const { flags } = world.taskInstances;
  if ((flags[ti]! & RESUME_BITS) !== 0) flags[ti]! &= ~RESUME_BITS;
}

/** Takes (1) or frees (-1) the pool slots of a task instance. */
export function occupy(ctx: EngineContext, ti: number, sign: number): void {
  const { tasks } = ctx.plan;
  const task = ctx.world.taskInstances.task[ti]!;
  const { occupied } = ctx.world.pools;
  const pool = tasks.pool[task]!;
  occupied[pool]! += sign * tasks.poolSlots[task]!;
  if (occupied[pool]! < 0) broken(ctx, 'I1', 'pool slots', pool);
}

function occupyDeferred(ctx: EngineContext, ti: number, sign: number): void {
  const { tasks } = ctx.plan;
  const task = ctx.world.taskInstances.task[ti]!;
  ctx.world.pools.deferred[tasks.pool[task]!]! += sign * tasks.poolSlots[task]!;
}
