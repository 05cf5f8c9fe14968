/** Finding rows: the task instances of a task in a run, runs by id, texts. */
import type { EngineContext } from '../context.ts';
import { NONE } from '../rows.ts';
import { dagOfRun, taskInRun } from './versions.ts';

/** Entry of `run_task`: row of the task instance, -1 for none, below that -2 - (mapping row). */
export function entryOf(ctx: EngineContext, run: number, task: number): number {
  const { dagRuns, runTasks } = ctx.world;
  return runTasks.ti[dagRuns.first_task[run]! + ctx.plan.tasks.position[task]!]!;
}

/** Calls `look` with every task instance of the task in the run, by map index. */
export function eachTi(
  ctx: EngineContext,
  run: number,
  task: number,
  look: (ti: number) => void,
): void {
  const { mappings, mappedTis } = ctx.world;
  const entry = entryOf(ctx, run, task);
  if (entry >= 0) return look(entry);
  if (entry === NONE) return;
  const mapping = -2 - entry;
  const first = mappings.first[mapping]!;
  for (let i = 0; i < mappings.count[mapping]!; i++) look(mappedTis.ti[first + i]!);
}

/** The same for a task of any version of the run's DAG. */
export function eachTiIn(
  ctx: EngineContext,
  run: number,
  task: number,
  look: (ti: number) => void,
): void {
  const own = taskInRun(ctx, run, task);
  if (own !== NONE) eachTi(ctx, run, own, look);
}

/** Every task instance of a run, by task and map index. */
export function eachTiOfRun(ctx: EngineContext, run: number, look: (ti: number) => void): void {
  const dag = dagOfRun(ctx, run);
  for (let i = 0; i < dag.taskCount; i++) eachTi(ctx, run, dag.firstTask + i, look);
}

/** The task instance with this map index (-1: not mapped, or not expanded), -1 when none. */
export function findTi(ctx: EngineContext, run: number, task: number, mapIndex: number): number {
  const { mappings, mappedTis, taskInstances: tis } = ctx.world;
  const entry = entryOf(ctx, run, task);
  if (entry >= 0) return tis.map_index[entry] === mapIndex ? entry : NONE;
  if (entry === NONE || mapIndex < 0) return NONE;
  const mapping = -2 - entry;
  return mapIndex < mappings.count[mapping]!
    ? mappedTis.ti[mappings.first[mapping]! + mapIndex]!
    : NONE;
}

/** Run of a DAG by its run id, newest first; -1 when there is none. */
export function findRun(ctx: EngineContext, dag: number, runId: string): number {
  const { dagRuns, dags, texts } = ctx.world;
  const text = texts.find(runId);
  if (text < 0) return NONE;
  let run = dags.last_run[dag]!;
  while (run !== NONE && dagRuns.run_id[run] !== text) run = dagRuns.previous_created[run]!;
  return run;
}
