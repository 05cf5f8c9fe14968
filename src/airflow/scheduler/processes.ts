/**
 * What happens to the processes of schedulers (semantics 5.9, 15.1, 15.5): killed, stopped cleanly,
 * silent for a while, started again. Their rows in the job table change only by their own beats, a
 * clean end, and the orphan check of another one.
 */
import { seconds } from '../../base/time.ts';
import type { EngineContext } from '../context.ts';
import { CORE_RECORD } from '../records.ts';
import { NONE } from '../rows.ts';
import { JOB, SCHEDULER, setState, tokenOf } from './schedulers.ts';

/** A process manager starts again what has exited; so long until the process is up. */
export const RESTART = seconds(5);

/**
 * SIGKILL: its row stays running with its last beat, the memory of its executor is gone. With
 * `children` all processes below it die too, as in a container. False when there is none.
 */
export function killScheduler(ctx: EngineContext, scheduler: number, children = false): boolean {
  const { counters, schedulers } = ctx.world;
  if (schedulers.state[scheduler] === SCHEDULER.down) return false;
  ctx.sim.because(ctx.sim.record(scheduler, CORE_RECORD.schedulerDies));
  setState(ctx, scheduler, SCHEDULER.down);
  // Its transaction is rolled back, its locks are free.
  counters.sectionUntil = -Infinity;
  ctx.executors[scheduler]!.crash(children);
  return true;
}

/** SIGTERM: the loop is left at once, no beat any more; the row ends when the executor has. */
export function stopScheduler(ctx: EngineContext, scheduler: number): boolean {
  const { state } = ctx.world.schedulers;
  if (state[scheduler] !== SCHEDULER.running && state[scheduler] !== SCHEDULER.stalled)
    return false;
  setState(ctx, scheduler, SCHEDULER.stopping);
  if (ctx.executors[scheduler]!.end()) schedulerEnds(ctx, scheduler);
  return true;
}

/** The executor of a stopping scheduler waits for nothing any more. */
export function schedulerEnds(ctx: EngineContext, scheduler: number): void {
  const { jobs, counters, schedulers } = ctx.world;
  const job = jobOf(ctx, scheduler);
  if (counters.databaseDown === 0 && schedulers.cut_off[scheduler] === 0) {
    jobs.state[job] = JOB.success;
    jobs.end_date[job] = ctx.sim.now;
  }
  ctx.sim.because(ctx.sim.record(scheduler, CORE_RECORD.schedulerDies));
  setState(ctx, scheduler, SCHEDULER.down);
  ctx.executors[scheduler]!.crash(false);
}

/** SIGSTOP, a paused machine: it does nothing, and notices nothing of it. */
export function stallScheduler(ctx: EngineContext, scheduler: number): boolean {
  if (ctx.world.schedulers.state[scheduler] !== SCHEDULER.running) return false;
  setState(ctx, scheduler, SCHEDULER.stalled);
  return true;
}

/** It goes on where it stood, with the memory that it had. */
export function wakeScheduler(ctx: EngineContext, scheduler: number): boolean {
  const { schedulers } = ctx.world;
  if (schedulers.state[scheduler] !== SCHEDULER.stalled) return false;
  setState(ctx, scheduler, SCHEDULER.running);
  const kind = schedulers.parked[scheduler]!;
  schedulers.parked[scheduler] = NONE;
  if (kind !== NONE) ctx.sim.after(0, kind, tokenOf(ctx, scheduler));
  return true;
}

/** A process is started in the place of one that is gone; false when there is one. */
export function restartScheduler(
  ctx: EngineContext,
  scheduler: number,
  start: (scheduler: number) => void,
): boolean {
  if (ctx.world.schedulers.state[scheduler] !== SCHEDULER.down) return false;
  ctx.sim.because(ctx.sim.record(scheduler, CORE_RECORD.schedulerStarts));
  start(scheduler);
  return true;
}

/** Row of its job, -1 when it has never run. */
export function jobOf(ctx: EngineContext, scheduler: number): number {
  const { counters, schedulers } = ctx.world;
  return counters.scheduler === scheduler ? counters.job : schedulers.job[scheduler]!;
}
