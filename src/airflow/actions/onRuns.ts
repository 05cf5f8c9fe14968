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
import { clearRequest, clearWholeRun } from './clearRequest.ts';
import { deleteRun } from './deleteRun.ts';
import { markRun, markRunQueued } from './mark.ts';
import type { Refusal } from './refusals.ts';
import { refusalOfTrigger, triggerRun, type TriggerRequest } from './trigger.ts';
import { takeNewVersion } from '../dagRun/newVersion.ts';
import { findTask } from '../plan/index.ts';
import { storedDag } from '../world/versions.ts';

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
  const { dag_version } = ctx.world.dags;
  const dags = new Set<number>();
  for (let task = 0; task < tasks.count; task++) {
    if (dag_version[tasks.dag[task]!] !== tasks.version[task]) continue;
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
  if (action.only_new === true) return clearNew(ctx, run);
  const latest = onLatest(ctx, run, action.run_on_latest_version);
  clearWholeRun(ctx, run, action.only_failed === true, { onLatest: latest });
  return '';
}

/** The run goes by the newest version; only the tasks that its own had not are cleared. */
function clearNew(ctx: EngineContext, run: number): Refusal {
  const { plan, world } = ctx;
  const made = plan.versions[world.dagRuns.created_version[run]!]!;
  const latest = storedDag(ctx, made.index);
  const tasks = latest.spec.tasks.flatMap(({ task_id }, i) =>
    findTask(plan, made, task_id) === NONE ? [latest.firstTask + i] : [],
  );
  if (tasks.length === 0) return '';
  world.dagRuns.created_version[run] = latest.version;
  takeNewVersion(ctx, run);
  world.dagRuns.dag_serial[run] = world.dags.dag_serial[made.index]!;
  const others = { mapIndex: null, upstream: false, downstream: false, onlyFailed: false };
  clearRequest(ctx, { runs: [run], tasks, ...others });
  return '';
}

/** What is said, else the DAG's word, else the configuration's (3.2 and later). */
export function onLatest(ctx: EngineContext, run: number, said: boolean | undefined): boolean {
  const { spec } = storedDag(ctx, ctx.world.dagRuns.dag[run]!);
  return said ?? spec.rerun_with_latest_version ?? ctx.options.rerunWithLatest;
}

export function deleteRunAction(ctx: EngineContext, action: DeleteRunAction): Refusal {
  const run = runOf(ctx, action.dag_id, action.run_id);
  if (run === NONE) return 'run_unknown';
  return deleteRun(ctx, run) ? '' : 'run_active';
}

export function timeOf(ctx: EngineContext, date: string | null | undefined): number {
  return typeof date === 'string' ? isoToMicros(date) - ctx.plan.origin : NULL_TIME;
}
