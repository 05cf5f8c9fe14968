/** What people do to DAGs and runs: trigger, pause, mark, clear, delete (semantics 9.9, 14). */
import { CORE_RECORD } from '../records.ts';
import type { EngineContext } from '../context.ts';
import { setPaused } from '../dagRun/runLists.ts';
import { isoToMicros } from '../dates.ts';
import { NONE, NULL_TIME, RUN_TYPE } from '../rows.ts';
import type {
  ClearRunAction,
  DeleteRunAction,
  MarkRunAction,
  MaterializeAction,
  PauseAction,
  TriggerAction,
} from '../scenarioActions.ts';
import { findRun } from '../world/lookup.ts';
import { clearWholeRun } from './clearRequest.ts';
import { deleteRun } from './deleteRun.ts';
import { markRun, markRunQueued } from './mark.ts';
import type { Refusal } from './refusals.ts';
import { refusalOfTrigger, triggerRun, type TriggerRequest } from './trigger.ts';

export function dagOf(ctx: EngineContext, dagId: string): number {
  return ctx.plan.dagIndex.get(dagId) ?? NONE;
}

export function runOf(ctx: EngineContext, dagId: string, runId: string): number {
  const dag = dagOf(ctx, dagId);
  return dag === NONE ? NONE : findRun(ctx, dag, runId);
}

export function trigger(ctx: EngineContext, action: TriggerAction): Refusal {
  const dag = dagOf(ctx, action.dag_id);
  if (dag === NONE) return 'dag_unknown';
  return create(ctx, {
    dag,
    runId: action.run_id ?? null,
    logicalDate: timeOf(ctx, action.logical_date),
    runAfter: timeOf(ctx, action.run_after),
    interval:
      action.data_interval_start === undefined
        ? null
        : {
            start: timeOf(ctx, action.data_interval_start),
            end: timeOf(ctx, action.data_interval_end),
          },
    conf: action.conf,
    note: action.note,
    partitionKey: action.partition_key,
    throughApi: true,
  });
}

function create(ctx: EngineContext, request: TriggerRequest): Refusal {
  const refusal = refusalOfTrigger(ctx, request);
  if (refusal === '') triggerRun(ctx, request);
  return refusal;
}

/** A run of the one DAG that has a task with this outlet. */
export function materialize(ctx: EngineContext, action: MaterializeAction): Refusal {
  const asset = ctx.plan.assetIndex.get(action.asset) ?? NONE;
  if (asset === NONE) return 'asset_unknown';
  const { outlets, tasks } = ctx.plan;
  const dags = new Set<number>();
  for (let task = 0; task < tasks.count; task++) {
    const writes = outlets.to.subarray(outlets.from[task], outlets.from[task + 1]);
    if (writes.includes(asset)) dags.add(tasks.dag[task]!);
  }
  const [dag, ...others] = dags;
  if (dag === undefined) return 'asset_no_producer';
  if (others.length > 0) return 'asset_producers_differ';
  return create(ctx, {
    dag,
    runId: null,
    logicalDate: NULL_TIME,
    runAfter: NULL_TIME,
    partitionKey: action.partition_key,
    throughApi: true,
    type: RUN_TYPE.assetMaterialization,
  });
}

export function pauseAction(ctx: EngineContext, action: PauseAction): Refusal {
  return pause(ctx, dagOf(ctx, action.dag_id), action.action === 'pause') ? '' : 'dag_unknown';
}

function pause(ctx: EngineContext, dag: number, paused: boolean): boolean {
  if (dag === NONE) return false;
  ctx.sim.record(dag, paused ? CORE_RECORD.dagPaused : CORE_RECORD.dagUnpaused);
  setPaused(ctx, dag, paused);
  return true;
}

export function markRunAction(ctx: EngineContext, action: MarkRunAction): Refusal {
  const run = runOf(ctx, action.dag_id, action.run_id);
  if (run === NONE) return 'run_unknown';
  if (action.state === 'queued') markRunQueued(ctx, run);
  else markRun(ctx, run, action.state);
  return '';
}

export function clearRun(ctx: EngineContext, action: ClearRunAction): Refusal {
  const run = runOf(ctx, action.dag_id, action.run_id);
  if (run === NONE) return 'run_unknown';
  if (action.only_new !== true) clearWholeRun(ctx, run, action.only_failed === true);
  return '';
}

export function deleteRunAction(ctx: EngineContext, action: DeleteRunAction): Refusal {
  const run = runOf(ctx, action.dag_id, action.run_id);
  if (run === NONE) return 'run_unknown';
  return deleteRun(ctx, run) ? '' : 'run_active';
}

export function timeOf(ctx: EngineContext, date: string | null | undefined): number {
  return typeof date === 'string' ? isoToMicros(date) - ctx.plan.origin : NULL_TIME;
}
