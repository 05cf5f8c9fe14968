/** Task instances of a run: made with the run, or later when a mapped task expands. */
import { TI } from '../../machines/index.ts';
import { CORE_RECORD } from '../records.ts';
import type { EngineContext } from '../context.ts';
import { TASK } from '../plan/index.ts';
import { NONE, NULL_TIME, RUN_TYPE } from '../rows.ts';
import { markNew } from '../taskInstance/candidates.ts';
import { addToMapping, countNew } from '../taskInstance/counters.ts';
import { entryOf } from '../world/lookup.ts';
import { wantedLength } from '../world/lengths.ts';
import { dagOfRun } from '../world/versions.ts';

const MAPPED = TASK.isMapped | TASK.inMappedGroup;

/** The rows of a new run (semantics 2.6): literal mappings at once, others one placeholder. */
export function createTis(ctx: EngineContext, run: number): void {
  const { dagRuns, runTasks } = ctx.world;
  const dag = dagOfRun(ctx, run);
  dagRuns.first_task[run] = runTasks.addRows(dag.taskCount);
  for (let i = 0; i < dag.taskCount; i++) {
    const task = dag.firstTask + i;
    if (isInDates(ctx, run, task)) createTask(ctx, run, task);
  }
}

/** Rows of tasks that have none yet; returns how many tasks. */
export function createMissing(ctx: EngineContext, run: number): number {
  const dag = dagOfRun(ctx, run);
  let made = 0;
  for (let task = dag.firstTask; task < dag.firstTask + dag.taskCount; task++) {
    if (entryOf(ctx, run, task) !== NONE || !isInDates(ctx, run, task)) continue;
    createTask(ctx, run, task);
    made += 1;
  }
  return made;
}

/** A task outside its start and end date has no task instance, except in a backfill. */
function isInDates(ctx: EngineContext, run: number, task: number): boolean {
  const { dagRuns } = ctx.world;
  const { startDate, endDate } = ctx.plan.tasks;
  const date = dagRuns.logical_date[run]!;
  if (dagRuns.run_type[run] === RUN_TYPE.backfill || date === NULL_TIME) return true;
  return startDate[task]! <= date && date <= endDate[task]!;
}

function createTask(ctx: EngineContext, run: number, task: number): void {
  const mapped = (ctx.plan.tasks.flags[task]! & MAPPED) !== 0;
  const length = mapped ? wantedLength(ctx, run, task) : NONE;
  const ti = newTi(ctx, run, task, length > 0 ? 0 : NONE);
  setEntry(ctx, run, task, ti);
  if (length > 0) {
    makeMapping(ctx, run, task, ti);
    growTo(ctx, run, task, length);
  }
}

/** Makes the missing indexes up to `length`; `made` is called with each new row. */
export function growTo(
  ctx: EngineContext,
  run: number,
  task: number,
  length: number,
  made?: (ti: number) => void,
): void {
  const { mappings, mappedTis } = ctx.world;
  const mapping = -2 - entryOf(ctx, run, task);
  reserve(ctx, mapping, length);
  for (let index = mappings.count[mapping]!; index < length; index++) {
    const ti = newTi(ctx, run, task, index);
    mappedTis.ti[mappings.first[mapping]! + index] = ti;
    mappings.count[mapping] = index + 1;
    made?.(ti);
  }
}

/** The placeholder becomes index 0. */
export function expandPlaceholder(ctx: EngineContext, ti: number): void {
  const { taskInstances: tis } = ctx.world;
  tis.map_index[ti] = 0;
  makeMapping(ctx, tis.dag_run[ti]!, tis.task[ti]!, ti);
  ctx.sim.record(ti, CORE_RECORD.tiExpanded);
}

function makeMapping(ctx: EngineContext, run: number, task: number, ti: number): void {
  const { mappings, mappedTis, taskInstances: tis } = ctx.world;
  const mapping = mappings.addRow();
  reserve(ctx, mapping, 1);
  mappedTis.ti[mappings.first[mapping]!] = ti;
  mappings.count[mapping] = 1;
  addToMapping(ctx, mapping, tis.state[ti]!, 1);
  setEntry(ctx, run, task, -2 - mapping);
}

/** Room for `length` indexes in one stretch; a longer one is put at the end. */
function reserve(ctx: EngineContext, mapping: number, length: number): void {
  const { mappings, mappedTis } = ctx.world;
  if (length <= mappings.room[mapping]!) return;
  const count = mappings.count[mapping]!;
  const old = mappings.first[mapping]!;
  const first = mappedTis.addRows(length);
  for (let i = 0; i < count; i++) mappedTis.ti[first + i] = mappedTis.ti[old + i]!;
  mappings.first[mapping] = first;
  mappings.room[mapping] = length;
}

function setEntry(ctx: EngineContext, run: number, task: number, entry: number): void {
  const { dagRuns, runTasks } = ctx.world;
  runTasks.ti[dagRuns.first_task[run]! + ctx.plan.tasks.position[task]!] = entry;
}

function newTi(ctx: EngineContext, run: number, task: number, mapIndex: number): number {
  const { taskInstances: tis, dagRuns } = ctx.world;
  const { tasks } = ctx.plan;
  const ti = tis.addRow();
  tis.dag_run[ti] = run;
  tis.task[ti] = task;
  if (mapIndex !== NONE) tis.map_index[ti] = mapIndex;
  tis.state[ti] = TI.none;
  tis.max_tries[ti] = tasks.retries[task]!;
  tis.priority_weight[ti] = tasks.weight[task]!;
  countNew(ctx, ti);
  dagRuns.touched[run] = 1;
  ctx.sim.record(ti, CORE_RECORD.tiCreated);
  markNew(ctx, ti);
  return ti;
}
