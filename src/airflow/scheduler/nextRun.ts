/**
 * The stored next run of a DAG (semantics 5.2, 9.7): computed at each parse and after each created
 * run. 3.x keeps a flag beside it while the DAG is at max_active_runs; 2.x empties the date then,
 * and computes it anew when a scheduled or backfill run ends.
 */
import { CORE_RECORD } from '../records.ts';
import type { EngineContext } from '../context.ts';
import { NONE, NULL_TIME, RUN_TYPE } from '../rows.ts';
import { canBeScheduled } from '../timetables/index.ts';
import { isFull, refreshDue, setExceeds } from './runLimits.ts';
import { nextRunOf, type NextRun } from './timetable.ts';
import { storedDag } from '../world/versions.ts';

/** The DAG's file is parsed: from the first time on it exists for the scheduler. */
export function parseDag(ctx: EngineContext, dag: number): void {
  const { dags } = ctx.world;
  if (dags.is_parsed[dag] === 0) {
    dags.is_parsed[dag] = 1;
    dags.is_paused[dag] = storedDag(ctx, dag).spec.is_paused_upon_creation === true ? 1 : 0;
    dags.first_asset_reference[dag] = ctx.sim.now;
  }
  ctx.sim.record(dag, CORE_RECORD.dagParsed);
  if (ctx.profile.datesNullWhenFull && isFull(ctx, dag)) return emptyDate(ctx, dag);
  storeNextRun(ctx, dag, newestAutomated(ctx, dag));
  if (!ctx.profile.datesNullWhenFull) setExceeds(ctx, dag);
}

/** The scheduler has made the run (its row) by its timetable, or found that it exists. */
export function afterCreation(ctx: EngineContext, dag: number, run: number | NextRun): void {
  if (ctx.profile.datesNullWhenFull) return updateDate(ctx, dag, run);
  storeNextRun(ctx, dag, run);
  setExceeds(ctx, dag);
}

/** A run has ended in an examination. That of an operator makes no room (5.2). */
export function afterEnd(ctx: EngineContext, run: number): void {
  const { dagRuns } = ctx.world;
  const type = dagRuns.run_type[run]!;
  const dag = dagRuns.dag[run]!;
  if (ctx.profile.datesNullWhenFull) {
    if (isAutomated(type)) updateDate(ctx, dag, run);
    return;
  }
  const { scheduled, manual, assetTriggered } = RUN_TYPE;
  if (type === scheduled || type === manual || type === assetTriggered) setExceeds(ctx, dag);
}

/** 2.x: the run after `run`, or no date while the DAG is full. */
function updateDate(ctx: EngineContext, dag: number, run: number | NextRun): void {
  if (!canBeScheduled(storedDag(ctx, dag).timetable)) return;
  if (isFull(ctx, dag)) emptyDate(ctx, dag);
  else storeNextRun(ctx, dag, run);
}

function emptyDate(ctx: EngineContext, dag: number): void {
  ctx.world.dags.next_dagrun_create_after[dag] = NULL_TIME;
  refreshDue(ctx, dag);
}

/** Computes and stores the run after `last` (NONE: there was none). */
function storeNextRun(ctx: EngineContext, dag: number, last: number | NextRun): void {
  const { dags } = ctx.world;
  const next = nextRunOf(ctx, dag, last);
  dags.next_dagrun[dag] = next?.logicalDate ?? NULL_TIME;
  dags.next_dagrun_data_interval_start[dag] = next?.start ?? NULL_TIME;
  dags.next_dagrun_data_interval_end[dag] = next?.end ?? NULL_TIME;
  dags.next_dagrun_create_after[dag] = next?.runAfter ?? NULL_TIME;
  refreshDue(ctx, dag);
}

/** Newest scheduled or backfill run by logical date, NONE when there is none. */
function newestAutomated(ctx: EngineContext, dag: number): number {
  const { dagRuns, dags } = ctx.world;
  if (storedDag(ctx, dag).timetable.kind === 'cron_partition') return newestTick(ctx, dag);
  let run = dags.latest_run[dag]!;
  while (run !== NONE && !isAutomated(dagRuns.run_type[run]!)) run = dagRuns.earlier[run]!;
  return run;
}

/** Runs for partitions have no logical date: the one with the latest run_after. */
function newestTick(ctx: EngineContext, dag: number): number {
  const { dagRuns, dags } = ctx.world;
  let newest = NONE;
  for (let run = dags.last_run[dag]!; run !== NONE; run = dagRuns.previous_created[run]!) {
    if (dagRuns.run_type[run] !== RUN_TYPE.scheduled) continue;
    if (newest === NONE || dagRuns.run_after[run]! > dagRuns.run_after[newest]!) newest = run;
  }
  return newest;
}

function isAutomated(type: number): boolean {
  return type === RUN_TYPE.scheduled || type === RUN_TYPE.backfill;
}
