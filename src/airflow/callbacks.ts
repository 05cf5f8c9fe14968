/**
 * Callbacks that the DAG processor carries out (semantics 17.1): those of a DAG when its run ends,
 * and those of a task whose process could not run them itself, because somebody killed it. They
 * change no state; the log says that they were asked for. Those of the worker are the runner's.
 */
import { DAG_RUN_EVENT, TI, triesLeft } from '../machines/index.ts';
import type { EngineContext } from './context.ts';
import { CORE_RECORD } from './records.ts';
import { dagOfRun } from './world/versions.ts';
import { specOfTask } from './plan/index.ts';

/** Reasons of the records. */
export const CALLBACK = {
  on_execute_callback: 1,
  on_success_callback: 2,
  on_failure_callback: 3,
  on_retry_callback: 4,
  on_skipped_callback: 5,
} as const;
export type CallbackName = keyof typeof CALLBACK;

/** An examination has decided the end of a run. Marks by a person call nothing. */
export function runEnded(ctx: EngineContext, run: number, event: number): void {
  const { spec } = dagOfRun(ctx, run);
  const success = event === DAG_RUN_EVENT.succeed;
  const asked = success ? spec.has_on_success_callback : spec.has_on_failure_callback;
  if (asked !== true) return;
  const name: CallbackName = success ? 'on_success_callback' : 'on_failure_callback';
  ctx.sim.record(run, CORE_RECORD.dagCallback, CALLBACK[name]);
}

/** A task instance was ended from outside: by its executor's report, a time-out, its trigger. */
export function endedOutside(ctx: EngineContext, ti: number): void {
  const state = ctx.world.taskInstances.state[ti]!;
  if (state === TI.failed) request(ctx, ti, 'on_failure_callback');
  else if (state === TI.up_for_retry) request(ctx, ti, 'on_retry_callback');
  else if (state === TI.success) request(ctx, ti, 'on_success_callback');
}

/**
 * No heartbeat: 3.x asks for the callback now and once more when the executor's report fails the
 * task instance; 2.x runs it where it changes the state.
 */
export function beatsLost(ctx: EngineContext, ti: number): void {
  const { taskInstances: tis } = ctx.world;
  if (tis.state[ti] !== TI.running) return endedOutside(ctx, ti);
  const again = triesLeft(tis.try_number[ti]!, tis.max_tries[ti]!);
  request(ctx, ti, again ? 'on_retry_callback' : 'on_failure_callback');
}

function request(ctx: EngineContext, ti: number, name: CallbackName): void {
  const task = ctx.world.taskInstances.task[ti]!;
  const { callbacks } = specOfTask(ctx.plan, task);
  if ((callbacks?.[name]?.length ?? 0) === 0) return;
  ctx.sim.record(ti, CORE_RECORD.callbackRequested, CALLBACK[name]);
}
