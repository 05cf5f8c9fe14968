/**
 * SLA misses of 2.x (semantics 17.2): the DAG processor looks when the scheduler has examined a
 * run of the DAG. It starts from the newest run in which the task is through, and the interval
 * right after that one is never counted. A miss changes no state.
 * Source: dag_processing/processor.py (manage_slas), 2.11.2.
 */
import type { EngineContext } from './context.ts';
import { CORE_RECORD } from './records.ts';
import { NONE } from './rows.ts';
import { nextAfter } from './scheduler/timetable.ts';
import { isIn, SUCCESS_STATES } from './taskInstance/states.ts';
import { eachTi } from './world/lookup.ts';
import { storedDag } from './world/versions.ts';

/** Once per loop, for the DAGs with running runs. */
export function checkSlas(ctx: EngineContext): void {
  const { dags } = ctx.world;
  for (const dag of ctx.plan.slaDags) {
    if (dags.running_runs[dag] === 0 || dags.is_paused[dag] === 1) continue;
    const { firstTask, spec } = storedDag(ctx, dag);
    spec.tasks.forEach((task, i) => {
      if (typeof task.sla_s !== 'number') return;
      checkTask(ctx, dag, firstTask + i, Math.round(task.sla_s * 1_000_000));
    });
  }
}

function checkTask(ctx: EngineContext, dag: number, task: number, sla: number): void {
  const run = lastThrough(ctx, dag, task);
  if (run === NONE) return;
  const { now } = ctx.sim;
  const noted = datesNoted(ctx, task);
  let next = nextAfter(ctx, dag, run);
  while (next !== null && next.logicalDate < now) {
    next = nextAfter(ctx, dag, next);
    if (next === null || next.logicalDate + sla >= now || noted.has(next.logicalDate)) continue;
    note(ctx, task, next.logicalDate);
  }
}

/** Newest run by date in which the task is a success or skipped. */
function lastThrough(ctx: EngineContext, dag: number, task: number): number {
  const { dagRuns, dags, taskInstances: tis } = ctx.world;
  let run = dags.latest_run[dag]!;
  for (; run !== NONE; run = dagRuns.earlier[run]!) {
    let through = false;
    eachTi(ctx, run, task, (ti) => {
      if (isIn(SUCCESS_STATES, tis.state[ti]!)) through = true;
    });
    if (through) break;
  }
  return run;
}

/** A miss of the same task and date is noted once. */
function datesNoted(ctx: EngineContext, task: number): ReadonlySet<number> {
  const { slaMisses, lastSlaMiss } = ctx.world;
  const dates = new Set<number>();
  for (let row = lastSlaMiss.get(task); row !== NONE; row = slaMisses.previous[row]!) {
    dates.add(slaMisses.logical_date[row]!);
  }
  return dates;
}

function note(ctx: EngineContext, task: number, date: number): void {
  const { slaMisses, lastSlaMiss } = ctx.world;
  const row = slaMisses.addRow();
  slaMisses.previous[row] = lastSlaMiss.get(task);
  lastSlaMiss.set(task, row);
  slaMisses.task[row] = task;
  slaMisses.logical_date[row] = date;
  slaMisses.timestamp[row] = ctx.sim.now;
  ctx.sim.record(row, CORE_RECORD.slaMissed);
}
