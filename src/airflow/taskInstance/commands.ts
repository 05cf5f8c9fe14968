/** The commands of the task-instance machine: what each writes. Pool slots are counted here. */
import { TI_ACTION } from '../../machines/index.ts';
import type { EngineContext } from '../context.ts';
import { NULL_TIME, TI_FLAG } from '../rows.ts';
import { addReschedule, forgetReschedules } from './reschedules.ts';

type Command = (ctx: EngineContext, ti: number) => void;

const nothing: Command = () => {};
const RESUME_BITS = TI_FLAG.resuming | TI_FLAG.resumeFailed;

const commands: Readonly<Record<keyof typeof TI_ACTION, Command>> = {
  increment_try_number: ({ world }, ti) => {
    world.taskInstances.try_number[ti]! += 1;
  },
  // scheduled_dttm is the time of the log record.
  set_scheduled_dttm: nothing,
  set_queued_dttm: ({ world, sim }, ti) => {
    world.taskInstances.queued_dttm[ti] = sim.now;
    world.taskInstances.queued_by_job_id[ti] = world.counters.job;
  },
  take_pool_slots: (ctx, ti) => occupy(ctx, ti, 1),
  free_pool_slots: (ctx, ti) => occupy(ctx, ti, -1),
  take_deferred_slots: (ctx, ti) => occupyDeferred(ctx, ti, 1),
  free_deferred_slots: (ctx, ti) => occupyDeferred(ctx, ti, -1),
  set_start_date: ({ world, sim }, ti) => {
    world.taskInstances.start_date[ti] = sim.now;
  },
  clear_queued_dttm: ({ world }, ti) => {
    world.taskInstances.queued_dttm[ti] = NULL_TIME;
  },
  // Host and process are the executor's; the first heartbeat is set on entering running.
  record_worker: ({ world }, ti) => {
    world.stuckCount.delete(ti);
    world.taskInstances.end_date[ti] = NULL_TIME;
  },
  set_end_date: ({ world, sim }, ti) => {
    world.taskInstances.end_date[ti] = sim.now;
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
  set_next_method: ({ world }, ti) => {
    world.taskInstances.flags[ti]! |= TI_FLAG.resuming;
  },
  clear_next_method: ({ world }, ti) => {
    world.taskInstances.flags[ti]! &= ~RESUME_BITS;
  },
  // Triggers run in the triggerer, which is told by who sends the event.
  create_trigger: nothing,
  remove_trigger: nothing,
  add_task_reschedule: addReschedule,
  fail_in_executor: (ctx, ti) => ctx.executor.fail(ti),
  disown: ({ world }, ti) => {
    world.taskInstances.queued_by_job_id[ti] = 255;
  },
};

const byCode: Command[] = [];
for (const [name, code] of Object.entries(TI_ACTION)) {
  byCode[code] = commands[name as keyof typeof TI_ACTION];
}

export function runCommand(ctx: EngineContext, ti: number, code: number): void {
  byCode[code]!(ctx, ti);
}

function occupy(ctx: EngineContext, ti: number, sign: number): void {
  const { tasks } = ctx.plan;
  const task = ctx.world.taskInstances.task[ti]!;
  ctx.world.pools.occupied[tasks.pool[task]!]! += sign * tasks.poolSlots[task]!;
}

function occupyDeferred(ctx: EngineContext, ti: number, sign: number): void {
  const { tasks } = ctx.plan;
  const task = ctx.world.taskInstances.task[ti]!;
  ctx.world.pools.deferred[tasks.pool[task]!]! += sign * tasks.poolSlots[task]!;
}
