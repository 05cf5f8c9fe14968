/** What the executor has reported (semantics 5.6, 6.1.4): only mismatches change anything. */
import { TI, TI_EVENT } from '../../machines/index.ts';
import { endedOutside } from '../callbacks.ts';
import type { EngineContext } from '../context.ts';
import type { ExecutorEvent } from '../executors/executor.ts';
import { CORE_RECORD } from '../records.ts';
import { TI_FLAG } from '../rows.ts';
import { canChangeTi, changeTi } from '../taskInstance/change.ts';
import { failFast } from '../taskInstance/failFast.ts';
import { specOfTask } from '../plan/index.ts';

const HANDED_OVER = [TI.scheduled, TI.queued, TI.running, TI.restarting];

export function processExecutorEvents(ctx: EngineContext): void {
  ctx.executor.drainEvents((event) => processEvent(ctx, event));
}

/** A task instance that looks handed over though its executor is done with it: mismatch. */
function processEvent(ctx: EngineContext, event: ExecutorEvent): void {
  const { taskInstances: tis } = ctx.world;
  const { ti } = event;
  const state = tis.state[ti]!;
  if (tis.try_number[ti] !== event.try_number || !HANDED_OVER.includes(state)) return;
  if (ctx.profile.mismatchOnlyQueued && state !== TI.queued) return;
  if (isHandedOverAgain(ctx, event)) return;
  const name = event.state === 'success' ? TI_EVENT.executor_success : TI_EVENT.executor_failed;
  if (!canChangeTi(ctx, ti, name)) return;
  const before = tis.state[ti]!;
  ctx.sim.because(ctx.sim.record(ti, CORE_RECORD.stateMismatch));
  if (waitsForProcessor(ctx, ti)) return void ctx.world.awaitProcessor.add(ti);
  changeTi(ctx, ti, name);
  // Its process can live on: one that only could not be heard (F24, F34).
  if (before === TI.running) ctx.workers.abandon(ti);
  endedOutside(ctx, ti);
  if (before !== TI.restarting) failFast(ctx, ti);
}

/** 2.x: for a task with callbacks the DAG processor changes the state, and it is away (F36). */
function waitsForProcessor(ctx: EngineContext, ti: number): boolean {
  if (ctx.world.counters.processorDown === 0 || !ctx.profile.processorEndsZombies) return false;
  const task = ctx.world.taskInstances.task[ti]!;
  const { callbacks } = specOfTask(ctx.plan, task);
  const own = (callbacks?.on_failure_callback ?? []).concat(callbacks?.on_retry_callback ?? []);
  return own.length > 0;
}

function isHandedOverAgain(ctx: EngineContext, event: ExecutorEvent): boolean {
  const { taskInstances: tis, counters } = ctx.world;
  const { ti } = event;
  if (tis.queued_by_job_id[ti] !== counters.job || ctx.executor.hasTask(ti)) return true;
  if (tis.state[ti] !== TI.scheduled || event.state !== 'success') return false;
  return (tis.flags[ti]! & TI_FLAG.resuming) !== 0;
}
