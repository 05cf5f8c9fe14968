/** A new DAG run with its task instances (semantics 2.1, 2.6): always queued at first. */
import { DAG_RUN } from '../../machines/index.ts';
import { CORE_RECORD } from '../records.ts';
import type { EngineContext } from '../context.ts';
import { makeDeadlines } from '../deadlines.ts';
import { NONE, NULL_TIME } from '../rows.ts';
import { markLaterRuns } from '../taskInstance/candidates.ts';
import { createTis } from './createTis.ts';
import { countRun, listRun } from './runLists.ts';

export interface NewRun {
  readonly dag: number;
  readonly runId: string;
  /** Code of RUN_TYPE. */
  readonly type: number;
  /** SimTime; NULL_TIME where the run has none. */
  readonly logicalDate: number;
  readonly intervalStart: number;
  readonly intervalEnd: number;
  readonly runAfter: number;
  readonly conf?: Readonly<Record<string, unknown>> | undefined;
  readonly backfill?: number;
  readonly ordinal?: number;
  readonly partitionKey?: string | undefined;
  /** SimTime; NULL_TIME when it has none. */
  readonly partitionDate?: number;
}

/** The row of the new run. Run id and logical date must be free (`findRun`, `runAtDate`). */
export function createRun(ctx: EngineContext, given: NewRun): number {
  const { dagRuns, dags, texts, json } = ctx.world;
  const { dag } = given;
  const run = dagRuns.addRow();
  dags.runs[dag]! += 1;
  dagRuns.dag[run] = dag;
  dagRuns.dag_version[run] = dags.dag_version[dag]!;
  dagRuns.created_version[run] = dags.dag_version[dag]!;
  dagRuns.dag_serial[run] = dags.dag_serial[dag]!;
  dagRuns.state[run] = DAG_RUN.queued;
  dagRuns.run_type[run] = given.type;
  dagRuns.run_id[run] = texts.put(given.runId);
  dagRuns.logical_date[run] = given.logicalDate;
  dagRuns.data_interval_start[run] = given.intervalStart;
  dagRuns.data_interval_end[run] = given.intervalEnd;
  dagRuns.run_after[run] = given.runAfter;
  dagRuns.queued_at[run] = ctx.sim.now;
  dagRuns.created_at[run] = ctx.sim.now;
  dagRuns.number[run] = dags.runs[dag]!;
  dagRuns.draw_key[run] = dags.runs[dag]!;
  dagRuns.backfill[run] = given.backfill ?? NONE;
  dagRuns.sort_ordinal[run] = given.ordinal ?? 0;
  dagRuns.conf[run] = given.conf === undefined ? NONE : json.put(given.conf);
  if (given.partitionKey !== undefined) {
    dagRuns.partition_key[run] = texts.put(given.partitionKey);
    dagRuns.partition_date[run] = given.partitionDate ?? NULL_TIME;
  }
  dagRuns.previous_created[run] = dags.last_run[dag]!;
  dags.last_run[dag] = run;
  ctx.sim.because(ctx.sim.record(run, CORE_RECORD.runCreated));
  insertByDate(ctx, run);
  createTis(ctx, run);
  countRun(ctx, run, DAG_RUN.queued, 1);
  listRun(ctx, run);
  markLaterRuns(ctx, run);
  makeDeadlines(ctx, run);
  for (const observer of ctx.observers) observer.runCreated?.(run);
  return run;
}

/** Run of the DAG with this logical date, -1 when there is none. */
export function runAtDate(ctx: EngineContext, dag: number, date: number): number {
  const { dagRuns, dags } = ctx.world;
  let run = dags.latest_run[dag]!;
  while (run !== NONE && dagRuns.logical_date[run]! > date) run = dagRuns.earlier[run]!;
  return run !== NONE && dagRuns.logical_date[run] === date ? run : NONE;
}

function insertByDate(ctx: EngineContext, run: number): void {
  const { dagRuns, dags } = ctx.world;
  const dag = dagRuns.dag[run]!;
  const date = dagRuns.logical_date[run]!;
  if (date === NULL_TIME) return;
  let before = dags.latest_run[dag]!;
  let after = NONE;
  while (before !== NONE && dagRuns.logical_date[before]! > date) {
    after = before;
    before = dagRuns.earlier[before]!;
  }
  dagRuns.earlier[run] = before;
  dagRuns.later[run] = after;
  if (before !== NONE) dagRuns.later[before] = run;
  if (after !== NONE) dagRuns.earlier[after] = run;
  else dags.latest_run[dag] = run;
}
