/** Runs that somebody asks for: a user, or TriggerDagRunOperator (semantics 9.9). */
import type { EngineContext } from '../context.ts';
import { createRun, runAtDate } from '../dagRun/createRun.ts';
import { pythonIso } from '../dates.ts';
import { takesPartitionKey } from '../plan/index.ts';
import { NONE, NULL_TIME, RUN_TYPE } from '../rows.ts';
import { manualInterval, type Interval } from '../scheduler/timetable.ts';
import { findRun } from '../world/lookup.ts';
import type { Refusal } from './refusals.ts';
import { storedDag } from '../world/versions.ts';

export interface TriggerRequest {
  readonly dag: number;
  readonly runId: string | null;
  /** SimTime; NULL_TIME when none was given. */
  readonly logicalDate: number;
  /** SimTime; NULL_TIME: now. */
  readonly runAfter: number;
  readonly conf?: Readonly<Record<string, unknown>> | undefined;
  readonly byOperator?: boolean;
  /** Data interval as given; null: the timetable infers it. */
  readonly interval?: { readonly start: number; readonly end: number } | null;
  readonly note?: string | undefined;
  readonly partitionKey?: string | undefined;
  /** Asked for at the API or a page, which infer the interval from the logical date. */
  readonly throughApi?: boolean;
  /** Code of RUN_TYPE where it is not a manual run. */
  readonly type?: number;
}

/** Why Airflow would answer 400 or 409; '' when it would not. */
export function refusalOfTrigger(ctx: EngineContext, request: TriggerRequest): Refusal {
  const { dag } = request;
  const { logicalDate, runId } = namesOf(ctx, request);
  if (findRun(ctx, dag, runId) !== NONE) return 'run_exists';
  if (logicalDate !== NULL_TIME && runAtDate(ctx, dag, logicalDate) !== NONE) return 'date_exists';
  const takes = takesPartitionKey(storedDag(ctx, dag).spec.schedule);
  return request.partitionKey === undefined || takes ? '' : 'partition_not_taken';
}

/** The new run; -1 when its id or logical date is taken. */
export function triggerRun(ctx: EngineContext, request: TriggerRequest): number {
  if (refusalOfTrigger(ctx, request) !== '') return NONE;
  const { logicalDate, runId, runAfter } = namesOf(ctx, request);
  const interval = intervalOf(ctx, request, logicalDate, runAfter);
  const run = createRun(ctx, {
    dag: request.dag,
    runId,
    type: typeOf(ctx, request),
    logicalDate,
    intervalStart: interval.start,
    intervalEnd: interval.end,
    runAfter: ctx.profile.hasRunAfter ? runAfter : logicalDate,
    conf: request.conf,
    partitionKey: request.partitionKey,
  });
  if (request.note) ctx.world.dagRuns.note[run] = ctx.world.texts.put(request.note);
  return run;
}

function namesOf(
  ctx: EngineContext,
  request: TriggerRequest,
): { logicalDate: number; runId: string; runAfter: number } {
  const runAfter = request.runAfter === NULL_TIME ? ctx.sim.now : request.runAfter;
  const logicalDate = logicalDateOf(ctx, request);
  const runId = request.runId ?? freeId(ctx, request.dag, logicalDate, runAfter);
  return { logicalDate, runId, runAfter };
}

function typeOf(ctx: EngineContext, request: TriggerRequest): number {
  if (request.type !== undefined) return request.type;
  const byOperator = request.byOperator === true && ctx.profile.hasRunAfter;
  return byOperator ? RUN_TYPE.operatorTriggered : RUN_TYPE.manual;
}

/**
 * As given, or inferred: from run_after in Python and at the command line of 3.x, from the logical
 * date at its API and in 2.x. No logical date: none.
 */
function intervalOf(
  ctx: EngineContext,
  request: TriggerRequest,
  logicalDate: number,
  runAfter: number,
): Interval {
  if (logicalDate === NULL_TIME) return { start: NULL_TIME, end: NULL_TIME };
  if (request.interval) return request.interval;
  const byDate = !ctx.profile.hasRunAfter || request.throughApi === true;
  return manualInterval(ctx, request.dag, byDate ? logicalDate : runAfter);
}

/** 2.x: a run without a date gets the present one. */
function logicalDateOf(ctx: EngineContext, request: TriggerRequest): number {
  if (request.logicalDate !== NULL_TIME || ctx.profile.runsWithoutLogicalDate) {
    return request.logicalDate;
  }
  return freeDate(ctx, request.dag, ctx.sim.now);
}

/** Real clocks never give one date twice; ours moves on by a microsecond. */
export function freeDate(ctx: EngineContext, dag: number, date: number): number {
  let free = date;
  while (runAtDate(ctx, dag, free) !== NONE) free += 1;
  return free;
}

/** `manual__<time>`; Airflow adds 8 random characters where there is no logical date: a number. */
function freeId(ctx: EngineContext, dag: number, logicalDate: number, runAfter: number): string {
  const { origin } = ctx.plan;
  if (logicalDate !== NULL_TIME && !ctx.profile.hasRunAfter) {
    return `manual__${pythonIso(logicalDate + origin)}`;
  }
  const number = ctx.world.dags.runs[dag]! + 1;
  const base = `manual__${pythonIso(runAfter + origin)}`;
  return logicalDate === NULL_TIME ? `${base}_${number}` : base;
}
