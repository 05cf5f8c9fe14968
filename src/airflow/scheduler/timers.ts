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

/** Arms all timers: the present scheduler has started. */
export function armTimers(ctx: EngineContext): void {
  const { timers } = ctx.world;
  const first = firstTimer(ctx);
  const end = first + TIMERS.length;
  if (timers.rows < end) timers.addRows(end - timers.rows);
  TIMERS.forEach((timer, i) => (timers.due[first + i] = ctx.sim.now + timer.interval(ctx)));
}

/** Row of the present scheduler's first timer. */
function firstTimer(ctx: EngineContext): number {
  return ctx.world.counters.scheduler * TIMERS.length;
}

export function runDueTimers(ctx: EngineContext): void {
  const { timers } = ctx.world;
  const first = firstTimer(ctx);
  for (let i = 0; i < TIMERS.length; i++) {
    if (timers.due[first + i]! > ctx.sim.now) continue;
    TIMERS[i]!.run(ctx);
    timers.due[first + i] = ctx.sim.now + TIMERS[i]!.interval(ctx);
  }
}

/** SimTime of the present scheduler's next timer. */
export function nextTimer(ctx: EngineContext): number {
  const { timers } = ctx.world;
  let next = Infinity;
  const first = firstTimer(ctx);
  for (let i = first; i < first + TIMERS.length; i++) next = Math.min(next, timers.due[i]!);
  return next;
}
