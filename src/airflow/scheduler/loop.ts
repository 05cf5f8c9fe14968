/**
 * The scheduler's loop in the product: the phases as events, each at the end of the time it takes
 * (latencies `scheduler.*`), then the sleep.
 *
 *     loop ── plan ──► examine ── critical section ──► queue ──► heartbeat ── held or blocked ──►
 *     events, timers ── min(1 s, next timer), or at once when something was queued ──► loop
 *
 * Several schedulers and their row locks: what a step writes, it writes at one instant, so most of
 * Airflow's locks (DAGs whose runs are made, queued runs, orphans: SKIP LOCKED) have nothing to keep
 * apart. Two last: the runs under examination (examineRuns.ts) and the pools (`sectionUntil`,
 * NOWAIT). The pools are held from the end of the section's query here, in Airflow from its
 * beginning: two that begin within those milliseconds of each other both come through here, one
 * after the other, and neither queues what the other has queued.
 */
import { CORE_RECORD } from '../records.ts';
import type { EngineContext } from '../context.ts';
import { EVENT, type HandlerRegistry } from '../eventKinds.ts';
import type { Timings } from '../runner/timings.ts';
import { unit } from '../../kernel/index.ts';
import { criticalSection } from './criticalSection.ts';
import { createRuns } from './createRuns.ts';
import { examineRunningRuns, lockRuns } from './examineRuns.ts';
import { afterExecutor, startScheduler } from './phases.ts';
import { killScheduler, RESTART, stopScheduler } from './processes.ts';
import { SCHEDULER, setState, switchTo, takesStep, tokenOf } from './schedulers.ts';
import { startQueuedRuns } from './startRuns.ts';
import { nextTimer } from './timers.ts';

export interface Loop {
  /** The scheduler's process starts now, for the first time or again. */
  start(scheduler: number): void;
  /** SequentialExecutor is through with a heartbeat that blocked the loop of the only scheduler. */
  resume(): void;
}

/**
 * The event is due after `before` microseconds of waiting and `span` of a processor's time, which
 * others on the same machine may stretch.
 */
export type Spend = (span: number, kind: number, before: number, subject: number) => void;

export function makeLoop(
  ctx: EngineContext,
  registry: HandlerRegistry,
  timings: Timings,
  spend: Spend,
): Loop {
  const { sim, world } = ctx;
  const { counters } = world;
  const { plan, examineRun, section, queueTi, events } = spansOf(ctx, timings);
  const begin = (): void => {
    sim.because(sim.record(counters.loops, CORE_RECORD.loopBegins));
    spend(plan(), EVENT.plan, 0, counters.token);
  };
  const planRuns = (): void => {
    if (ctx.options.useJobSchedule) createRuns(ctx);
    startQueuedRuns(ctx);
    const further = Math.max(0, examineRunningRuns(ctx) - 1) * examineRun();
    if (further > 0) lockRuns(ctx, further);
    spend(section() + further, EVENT.criticalSection, 0, counters.token);
  };
  const queue = (): void => {
    // Another scheduler holds the pools' rows: NOWAIT, this loop goes on without (semantics 5.9).
    const busy = sim.now < counters.sectionUntil;
    counters.queued = busy ? 0 : criticalSection(ctx);
    const span = counters.queued * queueTi();
    if (busy) sim.record(counters.scheduler, CORE_RECORD.criticalSectionBusy);
    else counters.sectionUntil = sim.now + span;
    spend(span, EVENT.heartbeat, 0, counters.token);
  };
  const heartbeat = (): void => {
    if (world.schedulers.dies_at_hand_off[counters.scheduler] === 1 && counters.queued > 0) {
      killScheduler(ctx, counters.scheduler);
      return;
    }
    const held = ctx.executor.heartbeat(sim.now);
    if (held === 'blocked') counters.blockedSince = sim.now;
    else if (held === 'crashed') exitForNow(ctx);
    else spend(events(), EVENT.afterHeartbeat, held, counters.token);
  };
  const finish = (): void => {
    afterExecutor(ctx);
    sim.record(counters.loops - 1, CORE_RECORD.loopEnds);
    sim.after(counters.queued > 0 ? 0 : idleTime(ctx), EVENT.loop, counters.token);
  };
  const steps = [begin, planRuns, queue, heartbeat, finish];
  registry.register(EVENT.loop, EVENT.afterHeartbeat, (kind, subject) => {
    if (takesStep(ctx, kind, subject)) steps[kind - EVENT.loop]!();
  });

  return {
    start(scheduler) {
      setState(ctx, scheduler, SCHEDULER.running);
      switchTo(ctx, scheduler);
      startScheduler(ctx);
      sim.after(0, EVENT.loop, counters.token);
    },
    resume() {
      counters.blockedSince = -1;
      spend(events(), EVENT.afterHeartbeat, 0, tokenOf(ctx, counters.scheduler));
    },
  };
}

/** An executor's error ends the process; its manager starts it again. */
function exitForNow(ctx: EngineContext): void {
  const { scheduler } = ctx.world.counters;
  if (stopScheduler(ctx, scheduler)) ctx.sim.after(RESTART, EVENT.schedulerStart, scheduler);
}

/** How long each step of a loop takes; longer with a slow database. */
function spansOf(ctx: EngineContext, timings: Timings): Record<Span, () => number> {
  const { sim } = ctx;
  const { counters } = ctx.world;
  const span = (name: string): (() => number) => {
    const { sampler, purpose } = timings.step(name);
    const { constant } = sampler;
    if (constant >= 0) return () => Math.round(constant * counters.slowness);
    return () => {
      const { loops, scheduler, slowness } = counters;
      return Math.round(sampler.draw(unit(sim.seed, loops, scheduler, 0, purpose)) * slowness);
    };
  };
  return {
    plan: span('scheduler.plan'),
    examineRun: span('scheduler.examine_run'),
    section: span('scheduler.critical_section'),
    queueTi: span('scheduler.queue_ti'),
    events: span('scheduler.events'),
  };
}

type Span = 'plan' | 'examineRun' | 'section' | 'queueTi' | 'events';

/** How long a loop that queued nothing sleeps. */
function idleTime(ctx: EngineContext): number {
  const untilTimer = Math.max(0, nextTimer(ctx) - ctx.sim.now);
  return Math.min(ctx.options.schedulerIdleSleep, untilTimer);
}
