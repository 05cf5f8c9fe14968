/** Marks: a person sets the state of task instances or of a run (semantics 14.2). */
import { DAG_RUN, DAG_RUN_EVENT, TI, TI_EVENT } from '../../machines/index.ts';
import type { EngineContext } from '../context.ts';
import { verifyIntegrity } from '../dagRun/integrity.ts';
import { changeRun } from '../dagRun/changeRun.ts';
import { TASK } from '../plan/index.ts';
import { changeTi } from '../taskInstance/change.ts';
import { FAILED_STATES, FINISHED, isIn } from '../taskInstance/states.ts';
import { eachTiIn, eachTiOfRun } from '../world/lookup.ts';
import { clearTis, partialSubset, reach } from './clear.ts';
import { dagOfRun } from '../world/versions.ts';

export type MarkState = 'success' | 'failed' | 'skipped';

const TI_MARK: Readonly<Record<MarkState, number>> = {
  success: TI_EVENT.mark_success,
  failed: TI_EVENT.mark_failed,
  skipped: TI_EVENT.mark_skipped,
};
const STOPPED =
  (1 << TI.running) | (1 << TI.deferred) | (1 << TI.up_for_reschedule) | (1 << TI.awaiting_input);

export interface MarkRequest {
  readonly run: number;
  readonly task: number;
  /** null: all indexes. */
  readonly mapIndex: number | null;
  readonly state: MarkState;
  readonly upstream: boolean;
  readonly downstream: boolean;
  /** Asked for in Python, where nothing is refused; else through the API, as the pages do. */
  readonly inPython?: boolean;
}

/**
 * Sets the states, then clears what failed downstream of the task, which puts a finished run back
 * to queued. `runs`: all runs that the request reaches (past, future), its own among them;
 * `cleared`: those in which what failed is cleared. False when the API refuses.
 */
export function markTask(
  ctx: EngineContext,
  request: MarkRequest,
  runs: readonly number[],
  cleared: readonly number[] = runs,
): boolean {
  const altered = setStates(ctx, request, runs);
  // The API of 3.x answers 409 when all have the state already, and takes everything back.
  if (altered === 0 && ctx.profile.markRefusesSameState && request.inPython !== true) return false;
  const { taskInstances: tis } = ctx.world;
  const again: number[] = [];
  for (const run of cleared) {
    for (const each of partialSubset(ctx, [request.task], false, true)) {
      if (each === request.task) continue;
      eachTiIn(ctx, run, each, (ti) => {
        if (isIn(FAILED_STATES, tis.state[ti]!)) again.push(ti);
      });
    }
  }
  clearTis(ctx, again);
  return true;
}

/** Returns how many had another state before. */
function setStates(ctx: EngineContext, request: MarkRequest, runs: readonly number[]): number {
  const { taskInstances: tis } = ctx.world;
  const { task, mapIndex } = request;
  const related = relatives(ctx, request);
  let altered = 0;
  const set = (ti: number): void => {
    const before = tis.state[ti]!;
    markTi(ctx, ti, TI_MARK[request.state]);
    if (tis.state[ti] !== before) altered += 1;
  };
  for (const run of runs) {
    if (ctx.profile.markRepairsRuns) verifyIntegrity(ctx, run);
    eachTiIn(ctx, run, task, (ti) => {
      if (mapIndex === null || tis.map_index[ti] === mapIndex) set(ti);
    });
    for (const each of related) eachTiIn(ctx, run, each, set);
  }
  return altered;
}

function relatives(ctx: EngineContext, request: MarkRequest): number[] {
  const { up, down, flags } = ctx.plan.tasks;
  const below = request.downstream ? reach(down, request.task) : [];
  const kept = ctx.profile.markLeavesTeardowns
    ? below.filter((task) => (flags[task]! & TASK.isTeardown) === 0)
    : below;
  return [...new Set([...kept, ...(request.upstream ? reach(up, request.task) : [])])];
}

/** A running process learns of it at its next heartbeat. */
function markTi(ctx: EngineContext, ti: number, event: number): void {
  const { taskInstances: tis, dagRuns } = ctx.world;
  const before = tis.state[ti]!;
  dagRuns.disturbed[tis.dag_run[ti]!] = 1;
  changeTi(ctx, ti, event);
  if (before === TI.running && tis.state[ti] !== before) ctx.workers.abandon(ti);
  if (before === TI.deferred && tis.state[ti] !== before) ctx.workers.cancelTrigger(ti);
}

/** 3.x keeps ends and skips what has not started; a mark success of 2.x makes all a success. */
export function markRun(ctx: EngineContext, run: number, state: 'success' | 'failed'): void {
  if (state === 'success' && !ctx.profile.markRunSuccessSkips) return markAllSuccess(ctx, run);
  const { taskInstances: tis } = ctx.world;
  const stopped = new Set<number>();
  const waiting: number[] = [];
  let teardownLeft = false;
  eachTiOfRun(ctx, run, (ti) => {
    const was = tis.state[ti]!;
    if (isIn(FINISHED, was)) return;
    const teardown = (ctx.plan.tasks.flags[tis.task[ti]!]! & TASK.isTeardown) !== 0;
    if (teardown) teardownLeft = true;
    else if (isIn(STOPPED, was)) stopped.add(tis.task[ti]!);
    else waiting.push(ti);
  });
  for (const ti of waiting) markTi(ctx, ti, TI_EVENT.mark_skipped);
  if (!teardownLeft) changeRun(ctx, run, RUN_MARK[state]);
  // All indexes of a task with one such index get the state, finished ones too.
  for (const task of stopped) eachTiIn(ctx, run, task, (ti) => markTi(ctx, ti, TI_MARK[state]));
}

const RUN_MARK = {
  success: DAG_RUN_EVENT.mark_success,
  failed: DAG_RUN_EVENT.mark_failed,
} as const;

function markAllSuccess(ctx: EngineContext, run: number): void {
  const { taskInstances: tis } = ctx.world;
  const dag = dagOfRun(ctx, run);
  if (dag.teardowns.length === 0) changeRun(ctx, run, DAG_RUN_EVENT.mark_success);
  verifyIntegrity(ctx, run);
  eachTiOfRun(ctx, run, (ti) => {
    const teardown = (ctx.plan.tasks.flags[tis.task[ti]!]! & TASK.isTeardown) !== 0;
    if (!teardown) markTi(ctx, ti, TI_EVENT.mark_success);
  });
}

/** The run alone: the next loop starts it again. */
export function markRunQueued(ctx: EngineContext, run: number): void {
  const { dagRuns } = ctx.world;
  if (dagRuns.state[run] === DAG_RUN.queued) return;
  changeRun(ctx, run, DAG_RUN_EVENT.mark_queued);
}
