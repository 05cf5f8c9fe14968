/** The tables after the last loop, in the form of the recording. */
import type { EngineContext } from '../../airflow/context.ts';
import { NULL_TIME, RUN_TYPES } from '../../airflow/rows.ts';
import { dagRun } from '../../machines/index.ts';
import { dateOf, runName, tiName, tiState } from '../bench/recorder.ts';
import type { FinalTables } from './recorded.ts';

type Row = Record<string, unknown>;

export function finalTables(ctx: EngineContext): FinalTables {
  const { dagRuns, taskInstances } = ctx.world;
  return {
    dags: ctx.plan.dags.map((dag) => dagRow(ctx, dag.index)),
    runs: Array.from({ length: dagRuns.rows }, (_, run) => runRow(ctx, run)),
    tis: Array.from({ length: taskInstances.rows }, (_, ti) => tiRow(ctx, ti)),
  };
}

function dagRow(ctx: EngineContext, dag: number): Row {
  const { dags } = ctx.world;
  return {
    dag: ctx.plan.dags[dag]!.dagId,
    is_paused: dags.is_paused[dag] === 1,
    next_logical_date: dateOf(ctx, dags.next_dagrun[dag]!),
    next_run_after: dateOf(ctx, dags.next_dagrun_create_after[dag]!),
  };
}

function runRow(ctx: EngineContext, run: number): Row {
  const { dagRuns } = ctx.world;
  const [dag, runId] = runName(ctx, run);
  return {
    dag,
    run_id: runId,
    type: RUN_TYPES[dagRuns.run_type[run]!],
    state: dagRun.states[dagRuns.state[run]!],
    start: secondsOf(dagRuns.start_date[run]!),
    end: secondsOf(dagRuns.end_date[run]!),
  };
}

function tiRow(ctx: EngineContext, ti: number): Row {
  const { taskInstances: tis } = ctx.world;
  const [dag, runId, task, mapIndex] = tiName(ctx, ti);
  return {
    dag,
    run_id: runId,
    task,
    map_index: mapIndex,
    state: tiState(tis.state[ti]!),
    try_number: tis.try_number[ti],
    max_tries: tis.max_tries[ti],
    priority_weight: tis.priority_weight[ti],
    start: secondsOf(tis.start_date[ti]!),
    end: secondsOf(tis.end_date[ti]!),
  };
}

function secondsOf(time: number): number | null {
  return time === NULL_TIME ? null : time / 1_000_000;
}
