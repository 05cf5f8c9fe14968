/** Backfills as people ask for them, hold them and cancel them (semantics 9.9). */
import { DAG_RUN, DAG_RUN_EVENT } from '../../machines/index.ts';
import type { EngineContext } from '../context.ts';
import { changeRun } from '../dagRun/changeRun.ts';
import { NONE, NULL_TIME } from '../rows.ts';
import type { BackfillAction, BackfillControlAction } from '../scenarioActions.ts';
import { createBackfill, refusalOfBackfill, type BackfillRequest } from './backfill.ts';
import { dagOf, timeOf } from './onRuns.ts';
import type { Refusal } from './refusals.ts';

const MAX_ACTIVE_RUNS = 10;

export function startBackfill(ctx: EngineContext, action: BackfillAction): Refusal {
  const dag = dagOf(ctx, action.dag_id);
  if (dag === NONE) return 'dag_unknown';
  const request: BackfillRequest = {
    dag,
    from: timeOf(ctx, action.from_date),
    to: timeOf(ctx, action.to_date),
    maxActiveRuns: action.max_active_runs ?? MAX_ACTIVE_RUNS,
    reverse: action.run_backwards === true,
    reprocess: action.reprocess_behavior ?? 'none',
    conf: action.dag_run_conf,
  };
  const refusal = refusalOfBackfill(ctx, request);
  if (refusal !== '') return refusal;
  return createBackfill(ctx, request) === NONE ? 'backfill_empty' : '';
}

/** Pause: queued runs are not started. Cancel: they fail, without an end date, and it is over. */
export function controlBackfill(ctx: EngineContext, action: BackfillControlAction): Refusal {
  const dag = dagOf(ctx, action.dag_id);
  const { backfills } = ctx.world;
  const row = openBackfill(ctx, dag);
  if (row === NONE) return 'backfill_unknown';
  backfills.is_paused[row] = action.action === 'unpause_backfill' ? 0 : 1;
  if (action.action === 'cancel_backfill') cancel(ctx, dag, row);
  return '';
}

function openBackfill(ctx: EngineContext, dag: number): number {
  const { backfills } = ctx.world;
  for (let row = backfills.rows - 1; row >= 0; row--) {
    if (backfills.dag[row] === dag && backfills.completed_at[row] === NULL_TIME) return row;
  }
  return NONE;
}

function cancel(ctx: EngineContext, dag: number, row: number): void {
  const { backfills, dagRuns, dags } = ctx.world;
  for (let run = dags.last_run[dag]!; run !== NONE; run = dagRuns.previous_created[run]!) {
    if (dagRuns.backfill[run] !== row || dagRuns.state[run] !== DAG_RUN.queued) continue;
    changeRun(ctx, run, DAG_RUN_EVENT.mark_failed);
    dagRuns.end_date[run] = NULL_TIME;
  }
  backfills.completed_at[row] = ctx.sim.now;
}
