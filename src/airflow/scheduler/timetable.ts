/** The timetables (src/airflow/timetables) over the tables of the engine: SimTime in and out. */
import type { EngineContext } from '../context.ts';
import { NONE, NULL_TIME } from '../rows.ts';
import { partitionOfTick } from '../timetables/triggerTimetables.ts';
import {
  manualInterval as inferInterval,
  nextRun,
  type LastRun,
  type RunInfo,
} from '../timetables/index.ts';
import { storedDag } from '../world/versions.ts';

export interface Interval {
  readonly start: number;
  readonly end: number;
}

export interface NextRun extends Interval {
  readonly logicalDate: number;
  readonly runAfter: number;
}

/** Next run after a run (its row; NONE: none was made yet) or a planned one as of now, or null. */
export function nextRunOf(ctx: EngineContext, dag: number, last: number | NextRun): NextRun | null {
  const { timetable, restriction } = storedDag(ctx, dag);
  const before = last === NONE ? null : lastRun(ctx, last);
  const now = ctx.sim.now + ctx.plan.origin;
  const { run } = nextRun(ctx.profile, timetable, before, restriction, now);
  return run === null ? null : inSimTime(ctx, run);
}

/** Data interval of a manual run that is triggered at `moment`. */
export function manualInterval(ctx: EngineContext, dag: number, moment: number): Interval {
  const { origin, dags } = ctx.plan;
  const { interval } = inferInterval(dags[dag]!.timetable, moment + origin);
  if (interval === null) return { start: moment, end: moment };
  return { start: interval.start - origin, end: interval.end - origin };
}

/** Partition of a run of a cron partition timetable; null for other timetables. */
export function partitionAt(
  ctx: EngineContext,
  dag: number,
  runAfter: number,
): { readonly key: string; readonly date: number } | null {
  const { timetable } = storedDag(ctx, dag);
  if (timetable.kind !== 'cron_partition') return null;
  const { origin } = ctx.plan;
  const partition = partitionOfTick(timetable, runAfter + origin);
  return { key: partition.key, date: partition.date - origin };
}

/** The run after a run (its row) or after a planned one, whatever the DAG's dates and catchup say. */
export function nextAfter(ctx: EngineContext, dag: number, last: number | NextRun): NextRun | null {
  const { timetable } = storedDag(ctx, dag);
  const { origin } = ctx.plan;
  const before = lastRun(ctx, last);
  const unbounded = { earliest: null, latest: null, catchup: true };
  const { run } = nextRun(ctx.profile, timetable, before, unbounded, ctx.sim.now + origin);
  return run === null ? null : inSimTime(ctx, run);
}

function lastRun(ctx: EngineContext, run: number | NextRun): LastRun {
  const { dagRuns } = ctx.world;
  const { origin } = ctx.plan;
  if (typeof run !== 'number') {
    const interval = { start: run.start + origin, end: run.end + origin };
    return { interval, runAfter: run.runAfter + origin };
  }
  const start = dagRuns.data_interval_start[run]!;
  const end = dagRuns.data_interval_end[run]!;
  const interval = start === NULL_TIME ? null : { start: start + origin, end: end + origin };
  return { interval, runAfter: dagRuns.run_after[run]! + origin };
}

function inSimTime(ctx: EngineContext, run: RunInfo): NextRun {
  const { origin } = ctx.plan;
  const start = run.interval === null ? NULL_TIME : run.interval.start - origin;
  const end = run.interval === null ? NULL_TIME : run.interval.end - origin;
  return { start, end, logicalDate: start, runAfter: run.runAfter - origin };
}
