/**
 * The scheduler's loop in the product: the phases as events, each at the end of the time it takes
 * (latencies `scheduler.*`), then the sleep.
 *
 *     loop ── plan ──► examine ── critical section ──► queue ──► heartbeat ── held or blocked ──►
 *     events, timers ── min(1 s, next timer), or at once when something was queued ──► loop
 */
import { CORE_RECORD } from '../records.ts';
import type { EngineContext } from '../context.ts';
import { EVENT, type HandlerRegistry } from '../eventKinds.ts';
import type { Timings } from '../runner/timings.ts';
import { unit } from '../../kernel/index.ts';
import { criticalSection } from './criticalSection.ts';
import { createRuns } from './createRuns.ts';
import { examineRunningRuns } from './examineRuns.ts';
import { afterExecutor, startScheduler } from './phases.ts';
import { startQueuedRuns } from './startRuns.ts';
import { nextTimer } from './timers.ts';

export interface Loop {
  /** A scheduler starts now. */
  start(): void;
  /** The executor is through with a heartbeat that blocked the loop. */
  resume(): void;
}

/**
 * The event is due after `before` microseconds of waiting and `span` of a processor's time, which
 * others on the same machine may stretch.
 */
export type Spend = (span: number, kind: number, before: number) => void;

export function makeLoop(
  ctx: EngineContext,
  registry: HandlerRegistry,
  timings: Timings,
  spend: Spend,
): Loop {
  const { sim, world } = ctx;
  const { counters } = world;
  const step = (name: string): (() => number) => {
    const { sampler, purpose } = timings.step(name);
    const { constant } = sampler;
    if (constant >= 0) return () => constant;
    return () => sampler.draw(unit(sim.seed, counters.loops, 0, 0, purpose));
  };
  const plan = step('scheduler.plan');
  const examineRun = step('scheduler.examine_run');
  const section = step('scheduler.critical_section');
  const queueTi = step('scheduler.queue_ti');
  const events = step('scheduler.events');

  const begin = (): void => {
    sim.because(sim.record(counters.loops, CORE_RECORD.loopBegins));
    spend(plan(), EVENT.plan, 0);
  };
  const planRuns = (): void => {
    if (ctx.options.useJobSchedule) createRuns(ctx);
    startQueuedRuns(ctx);
    const examined = examineRunningRuns(ctx);
    const further = Math.max(0, examined - 1) * examineRun();
    spend(section() + further, EVENT.criticalSection, 0);
  };
  const queue = (): void => {
    counters.queued = criticalSection(ctx);
    spend(counters.queued * queueTi(), EVENT.heartbeat, 0);
  };
  const heartbeat = (): void => {
    const held = ctx.executor.heartbeat(sim.now);
    if (held === 'blocked') counters.blockedSince = sim.now;
    else spend(events(), EVENT.afterHeartbeat, held);
  };
  const finish = (): void => {
    afterExecutor(ctx);
    sim.record(counters.loops - 1, CORE_RECORD.loopEnds);
    const idle = Math.min(ctx.options.schedulerIdleSleep, Math.max(0, nextTimer(ctx) - sim.now));
    sim.after(counters.queued > 0 ? 0 : idle, EVENT.loop, 0);
  };
  const steps = [begin, planRuns, queue, heartbeat, finish];
  registry.register(EVENT.loop, EVENT.afterHeartbeat, (kind) => steps[kind - EVENT.loop]!());

  return {
    start() {
      startScheduler(ctx);
      sim.after(0, EVENT.loop, 0);
    },
    resume() {
      counters.blockedSince = -1;
      spend(events(), EVENT.afterHeartbeat, 0);
    },
  };
}
