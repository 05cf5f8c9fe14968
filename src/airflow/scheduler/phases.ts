/**
 * One body of the scheduler's loop (semantics 5.1) as its phases, each acting at the present time.
 * The driver decides how long each takes: loop.ts in the product, nothing at all in the recorded
 * cases, where the clock stands still while a loop runs.
 */
import { checkDeadlines } from '../deadlines.ts';
import type { EngineContext } from '../context.ts';
import { checkSlas } from '../sla.ts';
import { createRuns } from './createRuns.ts';
import { criticalSection } from './criticalSection.ts';
import { examineRunningRuns } from './examineRuns.ts';
import { processExecutorEvents } from './executorEvents.ts';
import { startQueuedRuns } from './startRuns.ts';
import { adoptOrResetOrphans } from './orphans.ts';
import { schedulerNow } from './clocks.ts';
import { JOB } from './schedulers.ts';
import { armTimers, runDueTimers } from './timers.ts';

/** What the first half of a loop did: what its duration depends on. */
export interface LoopWork {
  created: number;
  examined: number;
  queued: number;
}

const work: LoopWork = { created: 0, examined: 0, queued: 0 };

/** A scheduler starts: a job of its own, timers armed, orphans of dead ones looked for. */
export function startScheduler(ctx: EngineContext): void {
  const { jobs, counters } = ctx.world;
  counters.job = jobs.addRow();
  jobs.start_date[counters.job] = ctx.sim.now;
  jobs.latest_heartbeat[counters.job] = schedulerNow(ctx);
  counters.lastHeartbeat = ctx.sim.now;
  // The one before it may have died while its executor held it.
  counters.blockedSince = -1;
  adoptOrResetOrphans(ctx);
  armTimers(ctx);
}

/** A: create runs, start queued ones, examine running ones, critical section. */
export function doScheduling(ctx: EngineContext): LoopWork {
  work.created = ctx.options.useJobSchedule ? createRuns(ctx) : 0;
  startQueuedRuns(ctx);
  work.examined = examineRunningRuns(ctx);
  work.queued = criticalSection(ctx);
  return work;
}

/** C to F: executor events, the scheduler's own heartbeat, timers. */
export function afterExecutor(ctx: EngineContext): void {
  processExecutorEvents(ctx);
  if (ctx.world.deadlineTimes.size > 0) checkDeadlines(ctx);
  if (ctx.plan.slaDags.length > 0) checkSlas(ctx);
  beat(ctx);
  runDueTimers(ctx);
  ctx.world.counters.loops += 1;
}

function beat(ctx: EngineContext): void {
  const { jobs, counters } = ctx.world;
  if (ctx.sim.now - counters.lastHeartbeat < ctx.options.schedulerHeartbeat) return;
  counters.lastHeartbeat = ctx.sim.now;
  jobs.latest_heartbeat[counters.job] = schedulerNow(ctx);
  // One that was declared dead while it was silent makes its row running again (semantics 15.1).
  jobs.state[counters.job] = JOB.running;
}
