/** The scenario's user actions, carried out at their time (semantics 14, 9.9). */
import { CORE_RECORD } from '../records.ts';
import type { EngineContext } from '../context.ts';
import { addAssetEvent } from '../assets.ts';
import { setPaused } from '../dagRun/runLists.ts';
import { isoToMicros } from '../dates.ts';
import { findTask } from '../plan/index.ts';
import { NONE, NULL_TIME } from '../rows.ts';
import type { UserAction } from '../scenario.ts';
import { findRun } from '../world/lookup.ts';
import { clearRequest } from './clearRequest.ts';
import { markRun, markTask } from './mark.ts';
import { triggerRun } from './trigger.ts';

/** False when the action names something that does not exist at that time: nothing happens. */
export function carryOut(ctx: EngineContext, action: UserAction, index: number): boolean {
  ctx.sim.because(ctx.sim.record(index, CORE_RECORD.userAction));
  switch (action.action) {
    case 'trigger':
      return trigger(ctx, action);
    case 'pause':
    case 'unpause':
      return pause(ctx, dagOf(ctx, action.dag_id), action.action === 'pause');
    case 'clear':
      return clear(ctx, action);
    case 'mark_task':
      return mark(ctx, action);
    case 'mark_run': {
      const run = runOf(ctx, action.dag_id, action.run_id);
      if (run !== NONE) markRun(ctx, run, action.state);
      return run !== NONE;
    }
    case 'pool':
      return resizePool(ctx, action.pool, action.slots);
    case 'asset_event': {
      const asset = ctx.plan.assetIndex.get(action.asset) ?? NONE;
      if (asset !== NONE) addAssetEvent(ctx, asset, NONE);
      return asset !== NONE;
    }
  }
}

type Of<Name> = Extract<UserAction, { action: Name }>;

function trigger(ctx: EngineContext, action: Of<'trigger'>): boolean {
  const dag = dagOf(ctx, action.dag_id);
  if (dag === NONE) return false;
  const date = action.logical_date ?? null;
  const run = triggerRun(ctx, {
    dag,
    runId: action.run_id ?? null,
    logicalDate: date === null ? NULL_TIME : isoToMicros(date) - ctx.plan.origin,
    runAfter: NULL_TIME,
    conf: action.conf,
  });
  return run !== NONE;
}

export function pause(ctx: EngineContext, dag: number, paused: boolean): boolean {
  if (dag === NONE) return false;
  ctx.sim.record(dag, paused ? CORE_RECORD.dagPaused : CORE_RECORD.dagUnpaused);
  setPaused(ctx, dag, paused);
  return true;
}

function clear(ctx: EngineContext, action: Of<'clear'>): boolean {
  const run = runOf(ctx, action.dag_id, action.run_id);
  if (run === NONE) return false;
  const dag = ctx.plan.dags[ctx.world.dagRuns.dag[run]!]!;
  const all = dag.spec.tasks.map((_, i) => dag.firstTask + i);
  const named = action.task_ids?.map((id) => findTask(ctx.plan, action.dag_id, id)) ?? all;
  clearRequest(ctx, {
    runs: [run],
    tasks: named.filter((task) => task !== NONE),
    mapIndex: null,
    upstream: action.upstream,
    downstream: action.downstream,
    onlyFailed: action.only_failed,
  });
  return true;
}

function mark(ctx: EngineContext, action: Of<'mark_task'>): boolean {
  const run = runOf(ctx, action.dag_id, action.run_id);
  const task = findTask(ctx.plan, action.dag_id, action.task_id);
  if (run === NONE || task === NONE) return false;
  const { upstream = false, downstream = false, state } = action;
  const mapIndex = action.map_index ?? null;
  markTask(ctx, { run, task, mapIndex, state, upstream, downstream }, [run]);
  return true;
}

export function resizePool(ctx: EngineContext, name: string, slots: number): boolean {
  const pool = ctx.plan.poolNames.indexOf(name);
  if (pool < 0) return false;
  const { pools } = ctx.world;
  pools.exists[pool] = 1;
  pools.slots[pool] = slots;
  ctx.sim.record(pool, CORE_RECORD.poolChanged);
  return true;
}

function dagOf(ctx: EngineContext, dagId: string): number {
  return ctx.plan.dagIndex.get(dagId) ?? NONE;
}

function runOf(ctx: EngineContext, dagId: string, runId: string): number {
  const dag = dagOf(ctx, dagId);
  return dag === NONE ? NONE : findRun(ctx, dag, runId);
}
