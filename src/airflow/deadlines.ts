/**
 * Deadline alerts (3.1 and later; semantics 17.3): rows are made with the run, the scheduler looks
 * at them once per loop, and a missed one queues its callback once. Nothing is stopped by it.
 * Source: models/deadline.py, serialization/definitions/deadline.py, jobs/scheduler_job_runner.py.
 */
import { DAG_RUN } from '../machines/index.ts';
import type { EngineContext } from './context.ts';
import { isoToMicros } from './dates.ts';
import { CORE_RECORD } from './records.ts';
import { NONE, NULL_TIME } from './rows.ts';
import type { DeadlineSpec } from './spec.ts';
import { dagOfRun } from './world/versions.ts';

function alertsOf(ctx: EngineContext, run: number): readonly DeadlineSpec[] {
  if (!ctx.profile.hasDeadlineAlerts) return [];
  return dagOfRun(ctx, run).spec.deadline_alerts ?? [];
}

/** To be called when a run was created. */
export function makeDeadlines(ctx: EngineContext, run: number): void {
  alertsOf(ctx, run).forEach((alert, i) => {
    const base = baseOf(ctx, run, alert);
    if (base === NULL_TIME) return;
    const { deadlines, deadlineTimes } = ctx.world;
    const row = deadlines.addRow();
    deadlines.dag_run[row] = run;
    deadlines.alert[row] = i;
    deadlines.deadline_time[row] = base + micros(alert.interval_s);
    deadlineTimes.push(deadlines.deadline_time[row]!, 0, row);
  });
}

/** Moment that the interval is counted from; NULL_TIME: there is no deadline. */
function baseOf(ctx: EngineContext, run: number, alert: DeadlineSpec): number {
  const { dagRuns } = ctx.world;
  switch (alert.reference) {
    case 'DAGRUN_QUEUED_AT':
      return dagRuns.queued_at[run]!;
    case 'DAGRUN_LOGICAL_DATE':
      return dagRuns.logical_date[run]!;
    case 'FIXED_DATETIME':
      return alert.datetime === undefined
        ? NULL_TIME
        : isoToMicros(alert.datetime) - ctx.plan.origin;
    case 'AVERAGE_RUNTIME':
      return averageFromNow(ctx, dagRuns.dag[run]!, alert);
  }
}

const RUNS = 10;

/** Now and the mean length of the newest successful runs, when there are enough of them. */
function averageFromNow(ctx: EngineContext, dag: number, alert: DeadlineSpec): number {
  const { dagRuns, dags } = ctx.world;
  const { max_runs = RUNS } = alert;
  const spans: number[] = [];
  let run = dags.latest_run[dag]!;
  for (; run !== NONE && spans.length < max_runs; run = dagRuns.earlier[run]!) {
    const ended = dagRuns.end_date[run]! - dagRuns.start_date[run]!;
    if (dagRuns.state[run] === DAG_RUN.success && Number.isFinite(ended)) spans.push(ended);
  }
  if (spans.length < (alert.min_runs ?? max_runs)) return NULL_TIME;
  return ctx.sim.now + Math.round(spans.reduce((a, b) => a + b, 0) / spans.length);
}

/** Once per loop: what has passed is missed, once. */
export function checkDeadlines(ctx: EngineContext): void {
  const { deadlines, deadlineTimes } = ctx.world;
  while (deadlineTimes.nextTime < ctx.sim.now) {
    deadlineTimes.pop();
    const row = deadlineTimes.subject;
    if (deadlines.is_over[row] === 1) continue;
    if (deadlines.deadline_time[row] !== deadlineTimes.time) continue;
    deadlines.is_over[row] = 1;
    deadlines.missed[row] = 1;
    const record = deadlines.alert[row]! + 1;
    ctx.sim.record(deadlines.dag_run[row]!, CORE_RECORD.deadlineMissed, record);
  }
}

/** A run has succeeded: deadlines that it kept are gone. One that failed keeps them all. */
export function pruneDeadlines(ctx: EngineContext, run: number): void {
  if (alertsOf(ctx, run).length === 0) return;
  const { deadlines, dagRuns } = ctx.world;
  for (let row = 0; row < deadlines.rows; row++) {
    const kept = dagRuns.end_date[run]! <= deadlines.deadline_time[row]!;
    if (deadlines.dag_run[row] === run && kept) deadlines.is_over[row] = 1;
  }
}

/** A run was cleared and queued again: deadlines that count from there move. */
export function moveDeadlines(ctx: EngineContext, run: number): void {
  const alerts = alertsOf(ctx, run);
  if (alerts.length === 0) return;
  const { deadlines, deadlineTimes, dagRuns } = ctx.world;
  for (let row = 0; row < deadlines.rows; row++) {
    const alert = alerts[deadlines.alert[row]!];
    if (deadlines.dag_run[row] !== run || deadlines.is_over[row] === 1) continue;
    if (alert?.reference !== 'DAGRUN_QUEUED_AT') continue;
    deadlines.deadline_time[row] = dagRuns.queued_at[run]! + micros(alert.interval_s);
    deadlineTimes.push(deadlines.deadline_time[row]!, 0, row);
  }
}

function micros(seconds: number): number {
  return Math.round(seconds * 1_000_000);
}
