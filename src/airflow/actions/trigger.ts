/** Runs that somebody asks for: a user, or TriggerDagRunOperator (semantics 9.9). */
import type { EngineContext } from '../context.ts';
import { createRun, runAtDate } from '../dagRun/createRun.ts';
import { pythonIso } from '../dates.ts';
import { NONE, NULL_TIME, RUN_TYPE } from '../rows.ts';
import { manualInterval } from '../scheduler/timetable.ts';
import { findRun } from '../world/lookup.ts';

export interface TriggerRequest {
  readonly dag: number;
  readonly runId: string | null;
  /** SimTime; NULL_TIME when none was given. */
  readonly logicalDate: number;
  /** SimTime; NULL_TIME: now. */
  readonly runAfter: number;
  readonly conf?: Readonly<Record<string, unknown>> | undefined;
  readonly byOperator?: boolean;
}

/** The new run; -1 when its id or logical date is taken. */
export function triggerRun(ctx: EngineContext, request: TriggerRequest): number {
  const { dag } = request;
  const runAfter = request.runAfter === NULL_TIME ? ctx.sim.now : request.runAfter;
  const logicalDate = logicalDateOf(ctx, request);
  const runId = request.runId ?? freeId(ctx, dag, logicalDate, runAfter);
  if (findRun(ctx, dag, runId) !== NONE) return NONE;
  if (logicalDate !== NULL_TIME && runAtDate(ctx, dag, logicalDate) !== NONE) return NONE;
  const moment = ctx.profile.hasRunAfter ? runAfter : logicalDate;
  const interval =
    logicalDate === NULL_TIME
      ? { start: NULL_TIME, end: NULL_TIME }
      : manualInterval(ctx, dag, moment);
  return createRun(ctx, {
    dag,
    runId,
    type:
      request.byOperator && ctx.profile.hasRunAfter ? RUN_TYPE.operatorTriggered : RUN_TYPE.manual,
    logicalDate,
    intervalStart: interval.start,
    intervalEnd: interval.end,
    runAfter: ctx.profile.hasRunAfter ? runAfter : logicalDate,
    conf: request.conf,
  });
}

/** TriggerDagRunOperator: -1 when there is no such DAG, or its id is taken. */
export function triggerByOperator(ctx: EngineContext, _ti: number, dagId: string): number {
  const dag = ctx.plan.dagIndex.get(dagId) ?? NONE;
  if (dag === NONE) return NONE;
  const now = ctx.sim.now;
  return triggerRun(ctx, {
    dag,
    runId: null,
    logicalDate: freeDate(ctx, dag, now),
    runAfter: now,
    byOperator: true,
  });
}

/** 2.x: a run without a date gets the present one. */
function logicalDateOf(ctx: EngineContext, request: TriggerRequest): number {
  if (request.logicalDate !== NULL_TIME || ctx.profile.runsWithoutLogicalDate) {
    return request.logicalDate;
  }
  return freeDate(ctx, request.dag, ctx.sim.now);
}

/** Real clocks never give one date twice; ours moves on by a microsecond. */
function freeDate(ctx: EngineContext, dag: number, date: number): number {
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
