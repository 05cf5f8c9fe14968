/**
 * Timers of the scheduler (semantics 5.7), in the order in which it registers them. All are armed
 * at the first loop; one that has run is due again an interval after the time at which it ran.
 * One that the version or the configuration does not have is never due.
 */
import type { EngineContext } from '../context.ts';
import { completeBackfills } from '../actions/backfillEnd.ts';
import { checkHeartbeats } from './heartbeats.ts';
import { adoptOrResetOrphans } from './orphans.ts';
import { updatePausedRuns } from './pausedRuns.ts';
import { handleStuckInQueued } from './stuckInQueued.ts';
import { checkTriggerTimeouts } from './triggerTimeouts.ts';

interface Timer {
  readonly interval: (ctx: EngineContext) => number;
  readonly run: (ctx: EngineContext) => void;
}

const SECOND = 1_000_000;

/** It changes no row, but the loop wakes for it, which cuts its sleep short. */
const wakes = (interval: Timer['interval']): Timer => ({ interval, run: () => {} });

const TIMERS: readonly Timer[] = [
  { interval: ({ options }) => options.orphanedTasksCheckInterval, run: adoptOrResetOrphans },
  { interval: ({ options }) => options.triggerTimeoutCheckInterval, run: checkTriggerTimeouts },
  { interval: ({ options }) => options.backfillCheckInterval, run: completeBackfills },
  wakes(({ options }) => options.poolMetricsInterval),
  wakes(({ options }) => options.tiMetricsInterval),
  { interval: ({ options }) => options.heartbeatCheckInterval, run: checkHeartbeats },
  { interval: () => 60 * SECOND, run: updatePausedRuns },
  { interval: ({ options }) => options.taskQueuedCheckInterval, run: handleStuckInQueued },
  wakes(({ options }) => options.parsingCleanupInterval),
];

/** Arms all timers: a scheduler has started. */
export function armTimers(ctx: EngineContext): void {
  const { timers } = ctx.world;
  if (timers.rows === 0) timers.addRows(TIMERS.length);
  TIMERS.forEach((timer, i) => (timers.due[i] = ctx.sim.now + timer.interval(ctx)));
}

export function runDueTimers(ctx: EngineContext): void {
  const { timers } = ctx.world;
  for (let i = 0; i < TIMERS.length; i++) {
    if (timers.due[i]! > ctx.sim.now) continue;
    TIMERS[i]!.run(ctx);
    timers.due[i] = ctx.sim.now + TIMERS[i]!.interval(ctx);
  }
}

/** SimTime of the next timer. */
export function nextTimer(ctx: EngineContext): number {
  const { timers } = ctx.world;
  let next = Infinity;
  for (let i = 0; i < timers.rows; i++) next = Math.min(next, timers.due[i]!);
  return next;
}
