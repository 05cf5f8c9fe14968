/**
 * The scheduler processes of a lane, and which of them the present step belongs to. Everything in
 * src/airflow/scheduler acts as the scheduler of `counters.scheduler`, with `counters.job` as its
 * job row and `ctx.executor` as its executor; an event of another one changes those first. With
 * one scheduler that is a comparison of two numbers per step.
 *
 * The subject of a step's event names scheduler and life: `scheduler + MOST_SCHEDULERS x epoch`.
 */
import type { EngineContext } from '../context.ts';
import type { Executor } from '../executors/executor.ts';
import { NONE } from '../rows.ts';

export const SCHEDULER = { down: 0, running: 1, stalled: 2, stopping: 3 } as const;

/** State of a row of the job table. */
export const JOB = { running: 0, success: 1, failed: 2 } as const;

export const MOST_SCHEDULERS = 64;

/** Of this event: is its scheduler there to do the step? If so it is the present one from now on. */
export function takesStep(ctx: EngineContext, kind: number, subject: number): boolean {
  const { counters, schedulers } = ctx.world;
  if (subject === counters.token) return true;
  const scheduler = subject % MOST_SCHEDULERS;
  if (subject !== tokenOf(ctx, scheduler)) return false;
  if (schedulers.state[scheduler] === SCHEDULER.stalled) schedulers.parked[scheduler] = kind;
  if (schedulers.state[scheduler] !== SCHEDULER.running) return false;
  switchTo(ctx, scheduler);
  return true;
}

/** Makes it the present one: its counters, its executor. */
export function switchTo(ctx: EngineContext, scheduler: number): void {
  const { counters, schedulers } = ctx.world;
  if (counters.scheduler !== scheduler) {
    keepCounters(ctx);
    counters.scheduler = scheduler;
    counters.job = schedulers.job[scheduler]!;
    counters.loops = schedulers.loops[scheduler]!;
    counters.lastHeartbeat = schedulers.last_heartbeat[scheduler]!;
    counters.queued = schedulers.queued[scheduler]!;
    counters.blockedSince = schedulers.blocked_since[scheduler]!;
    ctx.executor = ctx.executors[scheduler]!;
  }
  const runs = schedulers.state[scheduler] === SCHEDULER.running;
  counters.token = runs ? tokenOf(ctx, scheduler) : NONE;
}

/** Subject of the events of its present life. */
export function tokenOf(ctx: EngineContext, scheduler: number): number {
  return scheduler + MOST_SCHEDULERS * ctx.world.schedulers.epoch[scheduler]!;
}

/** Steps of a process that is gone, or silent, find that out. */
export function setState(ctx: EngineContext, scheduler: number, state: number): void {
  const { counters, schedulers } = ctx.world;
  schedulers.state[scheduler] = state;
  if (state === SCHEDULER.down || state === SCHEDULER.stopping) {
    schedulers.epoch[scheduler]! += 1;
    schedulers.parked[scheduler] = NONE;
    schedulers.dies_at_hand_off[scheduler] = 0;
  }
  if (counters.scheduler === scheduler) switchTo(ctx, scheduler);
}

/** A scheduler runs its loop; without schedulers (recorded cases) there is always the one. */
export function isSchedulerUp(ctx: EngineContext): boolean {
  const { schedulers, counters } = ctx.world;
  for (let each = 0; each < schedulers.rows; each++) {
    if (schedulers.state[each] === SCHEDULER.running) return true;
  }
  return schedulers.rows === 0 && counters.job >= 0;
}

/** The executor of the scheduler that can take most now; that of the present one without others. */
export function roomiest(ctx: EngineContext): Executor {
  const { executors, world } = ctx;
  let best: Executor | null = null;
  for (let each = 0; executors.length > 1 && each < executors.length; each++) {
    if (world.schedulers.state[each] !== SCHEDULER.running) continue;
    const room = executors[each]!.slotsAvailable();
    if (best === null || room > best.slotsAvailable()) best = executors[each]!;
  }
  return best ?? ctx.executor;
}

/** The job is that of a scheduler that goes round; without schedulers it is the one there is. */
export function runsJob(ctx: EngineContext, job: number): boolean {
  const { schedulers, counters } = ctx.world;
  for (let each = 0; each < schedulers.rows; each++) {
    const own = each === counters.scheduler ? counters.job : schedulers.job[each]!;
    if (own === job) return schedulers.state[each] === SCHEDULER.running;
  }
  return schedulers.rows === 0 && job === counters.job;
}

function keepCounters(ctx: EngineContext): void {
  const { counters, schedulers } = ctx.world;
  const { scheduler } = counters;
  schedulers.job[scheduler] = counters.job;
  schedulers.loops[scheduler] = counters.loops;
  schedulers.last_heartbeat[scheduler] = counters.lastHeartbeat;
  schedulers.queued[scheduler] = counters.queued;
  schedulers.blocked_since[scheduler] = counters.blockedSince;
}
