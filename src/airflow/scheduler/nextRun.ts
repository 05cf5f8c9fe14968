/** The stored next run of a DAG: computed at each parse and after each created run (9.7). */
import { CORE_RECORD } from '../records.ts';
import type { EngineContext } from '../context.ts';
import { NONE, NULL_TIME, RUN_TYPE } from '../rows.ts';
import { refreshDue, setExceeds } from './runLimits.ts';
import { nextRunOf } from './timetable.ts';

/** Computes and stores the run after `last` (-1: there was none). */
export function storeNextRun(ctx: EngineContext, dag: number, last: number): void {
  const { dags } = ctx.world;
  const next = nextRunOf(ctx, dag, last);
  dags.next_dagrun[dag] = next?.logicalDate ?? NULL_TIME;
  dags.next_dagrun_data_interval_start[dag] = next?.start ?? NULL_TIME;
  dags.next_dagrun_data_interval_end[dag] = next?.end ?? NULL_TIME;
  dags.next_dagrun_create_after[dag] = next?.runAfter ?? NULL_TIME;
  refreshDue(ctx, dag);
}

/** The DAG's file is parsed: from the first time on it exists for the scheduler. */
export function parseDag(ctx: EngineContext, dag: number): void {
  const { dags } = ctx.world;
  if (dags.is_parsed[dag] === 0) {
    dags.is_parsed[dag] = 1;
    dags.is_paused[dag] = ctx.plan.dags[dag]!.spec.is_paused_upon_creation === true ? 1 : 0;
    dags.first_asset_reference[dag] = ctx.sim.now;
  }
  ctx.sim.record(dag, CORE_RECORD.dagParsed);
  storeNextRun(ctx, dag, newestAutomated(ctx, dag));
  setExceeds(ctx, dag);
}

/** Newest scheduled or backfill run by logical date, -1 when there is none. */
function newestAutomated(ctx: EngineContext, dag: number): number {
  const { dagRuns, dags } = ctx.world;
  let run = dags.latest_run[dag]!;
  while (run !== NONE && !isAutomated(dagRuns.run_type[run]!)) run = dagRuns.earlier[run]!;
  return run;
}

function isAutomated(type: number): boolean {
  return type === RUN_TYPE.scheduled || type === RUN_TYPE.backfill;
}
