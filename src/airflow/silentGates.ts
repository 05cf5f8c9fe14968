/**
 * Rows whose process is no more: running, or cleared meanwhile (restarting). They wait for whoever
 * looks for such rows: the heartbeat check of the scheduler that queued them, or the orphan check
 * of another one (semantics 5.9, 15.2, 15.3). Asked by both checks' own conditions.
 */
import { TI } from '../machines/index.ts';
import type { EngineContext } from './context.ts';
import { newGate, put } from './dependencies/gate.ts';
import { loopGate, plain, resultOf, type GateResult } from './gateResult.ts';
import { NO_JOB } from './rows.ts';
import { startGates } from './runGates.ts';
import { isSchedulerUp, runsJob } from './scheduler/schedulers.ts';

/** Empty while the process can be heard, or its end is on its way to the executor's scheduler. */
export function silentGates(ctx: EngineContext, ti: number): GateResult[] {
  const { workers, profile, world } = ctx;
  if (workers.lastBeat(ti) === Infinity) return [];
  const state = world.taskInstances.state[ti];
  if (state === TI.restarting && profile.mismatchOnlyQueued) return ofCleared(ctx, ti);
  if (!isSchedulerUp(ctx)) return [loopGate(ctx)];
  const job = world.taskInstances.queued_by_job_id[ti]!;
  if (job === NO_JOB) return [plain('holds', 'running_lost')];
  if (!runsJob(ctx, job)) return orphanGates(ctx, ti);
  if (world.counters.blockedSince >= 0) return [loopGate(ctx)];
  const hasProcessor = ctx.hasDagProcessor && world.counters.processorDown === 0;
  if (profile.processorEndsZombies && !hasProcessor) return [plain('holds', 'processor_down')];
  return [beatGate(ctx, ti)];
}

/** 2.x: a LocalTaskJob that has ended is found at once, a silent one after the timeout. */
function beatGate(ctx: EngineContext, ti: number): GateResult {
  const { workers, options, profile, sim } = ctx;
  const gate = newGate();
  put(gate, false, 'heartbeat_wait', profile.heartbeatTimeoutOption);
  const due = workers.hasEnded(ti) ? sim.now : workers.lastBeat(ti) + options.heartbeatTimeout;
  return resultOf(false, gate, { until_us: due });
}

/**
 * Queued, and no executor has it: an orphan of a scheduler that died; or its worker found that it
 * may not start and ended without a word (2.x in a pod), then it counts as stuck in queued.
 */
export function ownerlessGates(ctx: EngineContext, ti: number): GateResult[] {
  if (!isSchedulerUp(ctx)) return [loopGate(ctx)];
  const { queued_by_job_id, queued_dttm } = ctx.world.taskInstances;
  if (!runsJob(ctx, queued_by_job_id[ti]!)) return orphanGates(ctx, ti);
  const gate = newGate();
  put(gate, false, 'queued_wait', 'scheduler.task_queued_timeout');
  return [resultOf(false, gate, { until_us: queued_dttm[ti]! + ctx.options.taskQueuedTimeout })];
}

/** The orphan check looks at running runs only: one that was queued again has to start before. */
function orphanGates(ctx: EngineContext, ti: number): GateResult[] {
  if (ctx.world.counters.blockedSince >= 0) return [loopGate(ctx)];
  const held = startGates(ctx, ti);
  if (held.length > 0) return [plain('holds', 'orphan_unseen'), ...held];
  const gate = newGate();
  put(gate, false, 'orphan_wait', 'scheduler.orphaned_tasks_check_interval');
  return [resultOf(false, gate, {})];
}

/**
 * Cleared, and its process was lost before it had noticed. 2.x looks for zombies among running rows
 * and for mismatches among queued ones: only the orphan check of another scheduler can reset it.
 */
function ofCleared(ctx: EngineContext, ti: number): GateResult[] {
  const { workers, options, world } = ctx;
  const silent = workers.lastBeat(ti) < ctx.sim.now - options.heartbeatTimeout;
  if (!silent && !workers.hasEnded(ti)) return [];
  if (!isSchedulerUp(ctx)) return [loopGate(ctx)];
  const job = world.taskInstances.queued_by_job_id[ti]!;
  const found = job !== NO_JOB && !runsJob(ctx, job);
  return found ? orphanGates(ctx, ti) : [plain('holds', 'restarting_lost')];
}
