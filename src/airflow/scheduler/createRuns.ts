/** Runs that are due by time or by assets (semantics 5.1 A2, 5.2, 9.10): one per DAG and loop. */
import { clearQueue, eventsBetween, isConditionMet, triggeredAt } from '../assets.ts';
import type { EngineContext } from '../context.ts';
import { createAssetRun } from '../dagRun/assetRun.ts';
import { createRun, runAtDate } from '../dagRun/createRun.ts';
import { pythonIso } from '../dates.ts';
import { isLive } from '../live.ts';
import { createPartitionRuns } from '../partitions/waiting.ts';
import { NONE, NULL_TIME, RUN_TYPE } from '../rows.ts';
import { afterCreation } from './nextRun.ts';
import { partitionAt, type NextRun } from './timetable.ts';
import { storedDag } from '../world/versions.ts';

/** DAGs that got a run for a partition in this loop: none. */
const NOBODY: ReadonlySet<number> = new Set();

const byTime: number[] = [];
const byAssets: number[] = [];

/** Returns how many runs were made. */
export function createRuns(ctx: EngineContext): number {
  const { dueDags, assetDags, partitionRunsPending } = ctx.world;
  const first = ctx.world.dagRuns.rows;
  const served = partitionRunsPending.size > 0 ? createPartitionRuns(ctx) : NOBODY;
  const made = ctx.world.dagRuns.rows - first;
  if (assetDags.size === 0 && !(dueDags.size > 0 && isDue(ctx, dueDags.first()))) return made;
  choose(ctx);
  for (const dag of byTime) if (!served.has(dag)) createScheduled(ctx, dag);
  for (const dag of byAssets) if (!served.has(dag)) createAssetTriggered(ctx, dag);
  return ctx.world.dagRuns.rows - first;
}

function isDue(ctx: EngineContext, dag: number): boolean {
  return ctx.world.dags.next_dagrun_create_after[dag]! <= ctx.sim.now;
}

/** DAGs by next date, those without one last; at most max_dagruns_to_create_per_loop. */
function choose(ctx: EngineContext): void {
  const { dueDags, assetDags } = ctx.world;
  const most = ctx.options.maxDagrunsToCreatePerLoop;
  byTime.length = byAssets.length = 0;
  const ready = new Set<number>();
  for (let dag = assetDags.next(0); dag >= 0; dag = assetDags.next(dag + 1)) {
    if (isAssetReady(ctx, dag)) ready.add(dag);
  }
  for (let dag = dueDags.first(); dag >= 0; dag = dueDags.after(dag)) {
    const due = isDue(ctx, dag);
    if (!due && ready.size === 0) break;
    if (!due && !ready.has(dag)) continue;
    if (byTime.length + byAssets.length >= most) return;
    (ready.delete(dag) ? byAssets : byTime).push(dag);
  }
  for (const dag of ready) {
    if (byTime.length + byAssets.length >= most) return;
    byAssets.push(dag);
  }
}

function isAssetReady(ctx: EngineContext, dag: number): boolean {
  const { dags } = ctx.world;
  if (!isLive(ctx, dag) || dags.exceeds_max_non_backfill[dag] === 1) return false;
  const active = dags.queued_runs[dag]! + dags.running_runs[dag]!;
  return active < storedDag(ctx, dag).maxActiveRuns && isConditionMet(ctx, dag);
}

function createScheduled(ctx: EngineContext, dag: number): void {
  const { dags } = ctx.world;
  const date = dags.next_dagrun[dag]!;
  const existing = date === NULL_TIME ? NONE : runAtDate(ctx, dag, date);
  if (existing !== NONE) {
    // 2.x goes on from the interval that it would have had, 3.x from that of the run it found.
    return afterCreation(ctx, dag, ctx.profile.datesNullWhenFull ? plannedRun(ctx, dag) : existing);
  }
  const runAfter = dags.next_dagrun_create_after[dag]!;
  const named = ctx.profile.hasRunAfter ? runAfter : date;
  const partition = partitionAt(ctx, dag, runAfter);
  const stamp = pythonIso(named + ctx.plan.origin);
  const run = createRun(ctx, {
    dag,
    runId: partition
      ? `scheduled__${stamp}__${partition.key}__${dags.runs[dag]! + 1}`
      : `scheduled__${stamp}`,
    type: RUN_TYPE.scheduled,
    logicalDate: date,
    intervalStart: dags.next_dagrun_data_interval_start[dag]!,
    intervalEnd: dags.next_dagrun_data_interval_end[dag]!,
    runAfter: named,
    partitionKey: partition?.key,
    partitionDate: partition?.date ?? NULL_TIME,
  });
  afterCreation(ctx, dag, run);
}

/** The stored next run. */
function plannedRun({ world: { dags } }: EngineContext, dag: number): NextRun {
  return {
    logicalDate: dags.next_dagrun[dag]!,
    start: dags.next_dagrun_data_interval_start[dag]!,
    end: dags.next_dagrun_data_interval_end[dag]!,
    runAfter: dags.next_dagrun_create_after[dag]!,
  };
}

function createAssetTriggered(ctx: EngineContext, dag: number): void {
  const { dagRuns } = ctx.world;
  const time = triggeredAt(ctx, dag);
  const events = eventsBetween(ctx, dag, eventFloor(ctx, dag, time), time);
  const run = ctx.profile.runsWithoutLogicalDate
    ? createAssetRun(ctx, dag, time)
    : createDatasetTriggered(ctx, dag, time, events);
  if (run !== NONE) dagRuns.consumed_events[run] = events.length;
  clearQueue(ctx, dag);
}

/** 2.x: dated by the last event; its interval spans those of the runs that sent the events. */
function createDatasetTriggered(
  ctx: EngineContext,
  dag: number,
  time: number,
  events: readonly number[],
): number {
  if (runAtDate(ctx, dag, time) !== NONE) return NONE;
  const spans = events.map((event) => spanOfEvent(ctx, event));
  return createRun(ctx, {
    dag,
    runId: `dataset_triggered__${pythonIso(time + ctx.plan.origin)}`,
    type: RUN_TYPE.datasetTriggered,
    logicalDate: time,
    intervalStart: spans.length === 0 ? time : Math.min(...spans.map((span) => span.start)),
    intervalEnd: spans.length === 0 ? time : Math.max(...spans.map((span) => span.end)),
    runAfter: time,
  });
}

function spanOfEvent(ctx: EngineContext, event: number): { start: number; end: number } {
  const { assetEvents, taskInstances: tis, dagRuns } = ctx.world;
  const ti = assetEvents.source_ti[event]!;
  const time = assetEvents.timestamp[event]!;
  if (ti === NONE) return { start: time, end: time };
  const run = tis.dag_run[ti]!;
  return { start: dagRuns.data_interval_start[run]!, end: dagRuns.data_interval_end[run]! };
}

/** Events up to here belong to earlier asset runs, or to the time before the DAG had its assets. */
function eventFloor(ctx: EngineContext, dag: number, time: number): number {
  const { dagRuns, dags } = ctx.world;
  let floor = -Infinity;
  for (let run = dags.last_run[dag]!; run !== NONE; run = dagRuns.previous_created[run]!) {
    const type = dagRuns.run_type[run]!;
    if (type !== RUN_TYPE.assetTriggered && type !== RUN_TYPE.datasetTriggered) continue;
    if (dagRuns.run_after[run]! < time) floor = Math.max(floor, dagRuns.run_after[run]!);
  }
  if (floor > -Infinity) return floor;
  const first = ctx.profile.assetFloorIsFirstReference && !storedDag(ctx, dag).catchup;
  return first ? dags.first_asset_reference[dag]! : -Infinity;
}
