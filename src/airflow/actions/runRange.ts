/** Which runs an action with past or future reaches (semantics 14). The run itself is among them. */
import type { EngineContext } from '../context.ts';
import { NONE, NULL_TIME } from '../rows.ts';
import { runsBetween } from '../timetables/index.ts';
import { dagOfRun } from '../world/versions.ts';

/** By logical date, whatever the timetable says. */
export function runsInRange(
  ctx: EngineContext,
  run: number,
  past: boolean,
  future: boolean,
): number[] {
  const { dagRuns } = ctx.world;
  const runs = [run];
  if (past)
    for (let at = dagRuns.earlier[run]!; at !== NONE; at = dagRuns.earlier[at]!) runs.push(at);
  if (future)
    for (let at = dagRuns.later[run]!; at !== NONE; at = dagRuns.later[at]!) runs.push(at);
  return runs.sort((a, b) => a - b);
}

/**
 * Runs that a clear reaches. With both directions 3.x asks for no date at all, so runs without one
 * are in; 2.x never reaches a date that is still to come.
 */
export function runsToClear(
  ctx: EngineContext,
  run: number,
  past: boolean,
  future: boolean,
): number[] {
  const { dagRuns, dags } = ctx.world;
  if (past && future && ctx.profile.runsWithoutLogicalDate) {
    const all: number[] = [];
    let at = dags.last_run[dagRuns.dag[run]!]!;
    for (; at !== NONE; at = dagRuns.previous_created[at]!) all.push(at);
    return all.reverse();
  }
  const runs = runsInRange(ctx, run, past, future);
  if (ctx.profile.runsWithoutLogicalDate || !future || ctx.options.allowTriggerInFuture) {
    return runs;
  }
  return runs.filter((each) => dagRuns.logical_date[each]! <= ctx.sim.now);
}

const MOST_RUNS = 10_000;

/**
 * Runs that a mark reaches: those of the range that lie on the timetable. A schedule without a
 * rhythm reaches the one run only, a DAG without schedule every run of the range.
 */
export function runsToMark(
  ctx: EngineContext,
  run: number,
  past: boolean,
  future: boolean,
): number[] {
  const { dagRuns } = ctx.world;
  const { spec, timetable } = dagOfRun(ctx, run);
  const runs = runsInRange(ctx, run, past, future);
  if (runs.length === 1 || !spec.schedule.can_be_scheduled) return runs;
  if (!spec.schedule.periodic) return [run];
  const { origin } = ctx.plan;
  const dates = runs.map((each) => dagRuns.logical_date[each]!);
  const first = Math.min(...dates);
  const last = Math.max(...dates);
  const now = ctx.sim.now + origin;
  const infos = runsBetween(ctx.profile, timetable, first + origin, last + origin, now, MOST_RUNS);
  const taken = new Set(infos.map((info) => (info.interval?.start ?? NULL_TIME) - origin));
  // 3.x adds the run's own date, 2.x the first one of the range.
  taken.add(ctx.profile.runsWithoutLogicalDate ? dagRuns.logical_date[run]! : first);
  return runs.filter((each) => taken.has(dagRuns.logical_date[each]!));
}
