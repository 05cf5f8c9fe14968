/** A run's tables as plain rows: Airflow's column names, seconds since the start of the scenario. */
import { dagRun, taskInstance } from '../../machines/index.ts';
import { NULL_TIME, RUN_TYPES } from '../../airflow/rows.ts';
import type { EngineRun } from '../../explain/engineRun.ts';
import type { LaneResult } from './lanes.ts';

export interface DagRunRow {
  dag_id: string;
  run_id: string;
  run_type: string;
  state: string;
  logical_date: number | null;
  queued_at: number | null;
  start_date: number | null;
  end_date: number | null;
}

export interface TaskInstanceRow {
  dag_id: string;
  run_id: string;
  task_id: string;
  map_index: number;
  state: string | null;
  try_number: number;
  max_tries: number;
  pool: string;
  queue: string;
  priority_weight: number;
  queued_dttm: number | null;
  start_date: number | null;
  end_date: number | null;
  duration: number | null;
}

export interface LaneRows {
  executor: string;
  airflow: string;
  /** Seconds at which the last DAG run ended; null when one never did. */
  makespan: number | null;
  hash: string;
  dag_runs: DagRunRow[];
  task_instances: TaskInstanceRow[];
}

export function rowsOf({ lane, run }: LaneResult): LaneRows {
  const { makespan } = run;
  return {
    executor: lane.executor,
    airflow: lane.airflow,
    makespan: makespan === null ? null : makespan / 1_000_000,
    hash: run.engine.simulation.hash(),
    dag_runs: dagRunRows(run),
    task_instances: taskInstanceRows(run),
  };
}

function dagRunRows({ engine }: EngineRun): DagRunRow[] {
  const { world, plan } = engine.ctx;
  const { dagRuns, texts } = world;
  return rowsLeft(dagRuns.rows, (run) => dagRuns.deleted[run]! === 1).map((run) => ({
    dag_id: plan.dags[dagRuns.dag[run]!]!.dagId,
    run_id: texts.get(dagRuns.run_id[run]!),
    run_type: RUN_TYPES[dagRuns.run_type[run]!]!,
    state: dagRun.states[dagRuns.state[run]!]!,
    logical_date: seconds(dagRuns.logical_date[run]!),
    queued_at: seconds(dagRuns.queued_at[run]!),
    start_date: seconds(dagRuns.start_date[run]!),
    end_date: seconds(dagRuns.end_date[run]!),
  }));
}

function taskInstanceRows({ engine }: EngineRun): TaskInstanceRow[] {
  const { world, plan } = engine.ctx;
  const { taskInstances: tis, dagRuns, texts } = world;
  const left = rowsLeft(tis.rows, (ti) => dagRuns.deleted[tis.dag_run[ti]!]! === 1);
  return left.map((ti) => {
    const run = tis.dag_run[ti]!;
    const task = tis.task[ti]!;
    const state = taskInstance.states[tis.state[ti]!]!;
    const start = seconds(tis.start_date[ti]!);
    const end = seconds(tis.end_date[ti]!);
    return {
      dag_id: plan.dags[dagRuns.dag[run]!]!.dagId,
      run_id: texts.get(dagRuns.run_id[run]!),
      task_id: plan.taskIds[task]!,
      map_index: tis.map_index[ti]!,
      state: state === 'none' ? null : state,
      try_number: tis.try_number[ti]!,
      max_tries: tis.max_tries[ti]!,
      pool: plan.poolNames[plan.tasks.pool[task]!]!,
      queue: plan.queueNames[plan.tasks.queue[task]!]!,
      priority_weight: tis.priority_weight[ti]!,
      queued_dttm: seconds(tis.queued_dttm[ti]!),
      start_date: start,
      end_date: end,
      duration: start === null || end === null ? null : (end * 1e6 - start * 1e6) / 1e6,
    };
  });
}

/** Rows that nobody has deleted. */
function rowsLeft(rows: number, isDeleted: (row: number) => boolean): number[] {
  return Array.from({ length: rows }, (_, row) => row).filter((row) => !isDeleted(row));
}

/** Microseconds to seconds; null for what is not set. */
function seconds(time: number): number | null {
  return time === NULL_TIME || time === -NULL_TIME ? null : time / 1_000_000;
}
