/** Deletes a run with its task instances (semantics 14.3). */
import { DAG_RUN, TI, TI_EVENT } from '../../machines/index.ts';
import type { EngineContext } from '../context.ts';
import { countRun, dropRun, refreshStartable } from '../dagRun/runLists.ts';
import { CORE_RECORD } from '../records.ts';
import { NONE } from '../rows.ts';
import { markLaterRuns } from '../taskInstance/candidates.ts';
import { changeTi } from '../taskInstance/change.ts';
import { eachTiOfRun } from '../world/lookup.ts';

/**
 * False when Airflow refuses: the run is running. Rows are never freed here (their numbers are
 * names in the log): the run is marked as deleted and leaves every list.
 */
export function deleteRun(ctx: EngineContext, run: number): boolean {
  const { dagRuns, taskInstances: tis } = ctx.world;
  const state = dagRuns.state[run]!;
  if (state === DAG_RUN.running) return false;
  ctx.sim.because(ctx.sim.record(run, CORE_RECORD.runDeleted));
  markLaterRuns(ctx, run);
  const rows: number[] = [];
  eachTiOfRun(ctx, run, (ti) => void rows.push(ti));
  for (const ti of rows) {
    const before = tis.state[ti]!;
    changeTi(ctx, ti, TI_EVENT.remove);
    if (before === TI.running) ctx.workers.abandon(ti);
    if (before === TI.deferred) ctx.workers.cancelTrigger(ti);
  }
  dropRun(ctx, run);
  countRun(ctx, run, state, -1);
  dagRuns.deleted[run] = 1;
  unlinkByDate(ctx, run);
  unlinkByCreation(ctx, run);
  refreshStartable(ctx, dagRuns.dag[run]!);
  return true;
}

function unlinkByDate(ctx: EngineContext, run: number): void {
  const { dagRuns, dags } = ctx.world;
  const dag = dagRuns.dag[run]!;
  const before = dagRuns.earlier[run]!;
  const after = dagRuns.later[run]!;
  if (before !== NONE) dagRuns.later[before] = after;
  if (after !== NONE) dagRuns.earlier[after] = before;
  else if (dags.latest_run[dag] === run) dags.latest_run[dag] = before;
  dagRuns.earlier[run] = NONE;
  dagRuns.later[run] = NONE;
}

function unlinkByCreation(ctx: EngineContext, run: number): void {
  const { dagRuns, dags } = ctx.world;
  const dag = dagRuns.dag[run]!;
  const before = dagRuns.previous_created[run]!;
  if (dags.last_run[dag] === run) {
    dags.last_run[dag] = before;
    return;
  }
  let next = dags.last_run[dag]!;
  while (next !== NONE && dagRuns.previous_created[next] !== run) {
    next = dagRuns.previous_created[next]!;
  }
  if (next !== NONE) dagRuns.previous_created[next] = before;
}
