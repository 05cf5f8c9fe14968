/** Backfills of 3.x: all runs made at once, with a limit of their own (semantics 9.9). */
import { DAG_RUN } from '../../machines/index.ts';
import type { EngineContext } from '../context.ts';
import { createRun, runAtDate } from '../dagRun/createRun.ts';
import { pythonIso } from '../dates.ts';
import { TASK } from '../plan/index.ts';
import { NONE, NULL_TIME, RUN_TYPE } from '../rows.ts';
import { runsBetween } from '../timetables/index.ts';
import { eachTiOfRun } from '../world/lookup.ts';
import { clearTis } from './clear.ts';
import type { Refusal } from './refusals.ts';
import { storedDag } from '../world/versions.ts';

export interface BackfillRequest {
  readonly dag: number;
  /** SimTime, both ends included. */
  readonly from: number;
  readonly to: number;
  readonly maxActiveRuns: number;
  readonly reverse: boolean;
  readonly reprocess: 'none' | 'failed' | 'completed';
  readonly conf?: Readonly<Record<string, unknown>> | undefined;
}

const MOST_RUNS = 10_000;

/** The new backfill; -1 when Airflow refuses it or no run lies in the range. */
export function createBackfill(ctx: EngineContext, request: BackfillRequest): number {
  if (refusalOfBackfill(ctx, request) !== '') return NONE;
  const { origin, dags } = ctx.plan;
  const { dag } = request;
  const now = ctx.sim.now + origin;
  const { timetable } = dags[dag]!;
  const infos = runsBetween(
    ctx.profile,
    timetable,
    request.from + origin,
    request.to + origin,
    now,
    MOST_RUNS,
  ).filter((info) => info.partition !== null || (info.interval?.end ?? info.runAfter) < now);
  if (infos.length === 0) return NONE;
  if (request.reverse) infos.reverse();
  const backfill = addRow(ctx, request);
  infos.forEach((info, i) => {
    const start = (info.interval?.start ?? info.runAfter) - origin;
    const end = (info.interval?.end ?? info.runAfter) - origin;
    const runAfter = info.runAfter - origin;
    if (info.partition) addPartition(ctx, request, backfill, i + 1, runAfter, info.partition);
    else addRun(ctx, request, backfill, i + 1, { start, end, runAfter });
  });
  return backfill;
}

/** A schedule without a period, another backfill, or a way that depends_on_past cannot go. */
export function refusalOfBackfill(ctx: EngineContext, request: BackfillRequest): Refusal {
  const { backfills } = ctx.world;
  const { spec, firstTask, taskCount } = storedDag(ctx, request.dag);
  if (!spec.schedule.periodic) return 'backfill_not_periodic';
  for (let row = 0; row < backfills.rows; row++) {
    const open = backfills.completed_at[row] === NULL_TIME;
    if (open && backfills.dag[row] === request.dag) return 'backfill_active';
  }
  const flags = ctx.plan.tasks.flags.subarray(firstTask, firstTask + taskCount);
  const looksBack = flags.some((each) => (each & TASK.dependsOnPast) !== 0);
  const refused = looksBack && (request.reverse || request.reprocess === 'none');
  return refused ? 'backfill_depends_on_past' : '';
}

function addRow(ctx: EngineContext, request: BackfillRequest): number {
  const { backfills } = ctx.world;
  const row = backfills.addRow();
  backfills.dag[row] = request.dag;
  backfills.from_date[row] = request.from;
  backfills.to_date[row] = request.to;
  backfills.max_active_runs[row] = request.maxActiveRuns;
  backfills.created_at[row] = ctx.sim.now;
  return row;
}

interface Slot {
  readonly start: number;
  readonly end: number;
  readonly runAfter: number;
}

function addRun(
  ctx: EngineContext,
  request: BackfillRequest,
  backfill: number,
  ordinal: number,
  slot: Slot,
): void {
  const { backfills } = ctx.world;
  const { dag } = request;
  backfills.runs[backfill]! += 1;
  const existing = runAtDate(ctx, dag, slot.start);
  if (existing !== NONE) {
    reprocess(ctx, request, backfill, ordinal, existing);
    return;
  }
  createRun(ctx, {
    dag,
    backfill,
    ordinal,
    runId: `backfill__${pythonIso(slot.runAfter + ctx.plan.origin)}`,
    type: RUN_TYPE.backfill,
    logicalDate: slot.start,
    intervalStart: slot.start,
    intervalEnd: slot.end,
    runAfter: slot.runAfter,
    conf: request.conf,
  });
}

/** Existing runs of the partition are never cleared: where it is asked for, another is made. */
function addPartition(
  ctx: EngineContext,
  request: BackfillRequest,
  backfill: number,
  ordinal: number,
  runAfter: number,
  partition: { readonly key: string; readonly date: number },
): void {
  const { backfills, dags, dagRuns, texts } = ctx.world;
  const { dag } = request;
  backfills.runs[backfill]! += 1;
  const key = texts.find(partition.key);
  let existing = key < 0 ? NONE : dags.last_run[dag]!;
  while (existing !== NONE && dagRuns.partition_key[existing] !== key) {
    existing = dagRuns.previous_created[existing]!;
  }
  if (existing !== NONE && !isReprocessed(ctx, request, existing)) return;
  const stamp = pythonIso(runAfter + ctx.plan.origin);
  createRun(ctx, {
    dag,
    backfill,
    ordinal,
    runId: `backfill__${stamp}__${partition.key}__${dags.runs[dag]! + 1}`,
    type: RUN_TYPE.backfill,
    logicalDate: NULL_TIME,
    intervalStart: NULL_TIME,
    intervalEnd: NULL_TIME,
    runAfter,
    partitionKey: partition.key,
    partitionDate: partition.date - ctx.plan.origin,
    conf: request.conf,
  });
}

/** Runs under way are left alone, finished ones taken as the request says. */
function isReprocessed(ctx: EngineContext, request: BackfillRequest, run: number): boolean {
  const state = ctx.world.dagRuns.state[run]!;
  if (state === DAG_RUN.queued || state === DAG_RUN.running) return false;
  if (request.reprocess === 'none') return false;
  return request.reprocess === 'completed' || state === DAG_RUN.failed;
}

/** A finished run of that date is cleared as a whole and becomes the backfill's, if asked for. */
function reprocess(
  ctx: EngineContext,
  request: BackfillRequest,
  backfill: number,
  ordinal: number,
  run: number,
): void {
  const { dagRuns } = ctx.world;
  if (!isReprocessed(ctx, request, run)) return;
  dagRuns.backfill[run] = backfill;
  dagRuns.sort_ordinal[run] = ordinal;
  dagRuns.run_type[run] = RUN_TYPE.backfill;
  const rows: number[] = [];
  eachTiOfRun(ctx, run, (ti) => {
    rows.push(ti);
  });
  clearTis(ctx, rows);
}
