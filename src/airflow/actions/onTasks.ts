/** What people do to task instances: clear and mark (semantics 14.1, 14.2). */
import type { EngineContext } from '../context.ts';
import { findTask } from '../plan/index.ts';
import { NONE, NULL_TIME } from '../rows.ts';
import { giveAnswer } from '../hitl.ts';
import type { AnswerAction, ClearAction, MarkTaskAction } from '../scenarioActions.ts';
import { eachTiIn, findTi } from '../world/lookup.ts';
import { clearRequest } from './clearRequest.ts';
import { markTask } from './mark.ts';
import { runOf } from './onRuns.ts';
import type { Refusal } from './refusals.ts';
import { runsToClear, runsToMark } from './runRange.ts';
import { readDag } from '../world/versions.ts';
import { onLatest } from './onRuns.ts';

export function clear(ctx: EngineContext, action: ClearAction): Refusal {
  const run = runOf(ctx, action.dag_id, action.run_id);
  if (run === NONE) return 'run_unknown';
  const { past = false, future = false } = action;
  if ((past || future) && ctx.world.dagRuns.logical_date[run] === NULL_TIME) {
    return 'no_logical_date';
  }
  const dag = readDag(ctx, run);
  const all = dag.spec.tasks.map((_, i) => dag.firstTask + i);
  const named = action.task_ids?.map((id) => findTask(ctx.plan, dag, id)) ?? all;
  const done = clearRequest(ctx, {
    runs: past || future ? runsToClear(ctx, run, past, future) : [run],
    tasks: named.filter((task) => task !== NONE),
    mapIndex: action.map_index ?? null,
    upstream: action.upstream === true,
    downstream: action.downstream === true,
    onlyFailed: action.only_failed === true,
    onlyRunning: action.only_running === true,
    leavesRuns: action.reset_dag_runs === false,
    onLatest: onLatest(ctx, run, action.run_on_latest_version),
    refusesRunning: action.prevent_running_task === true,
  });
  return done ? '' : 'task_running';
}

export function mark(ctx: EngineContext, action: MarkTaskAction): Refusal {
  const run = runOf(ctx, action.dag_id, action.run_id);
  if (run === NONE) return 'run_unknown';
  const task = findTask(ctx.plan, readDag(ctx, run), action.task_id);
  const mapIndex = action.map_index ?? null;
  if (!exists(ctx, run, task, mapIndex)) return 'task_instance_unknown';
  const { upstream = false, downstream = false, past = false, future = false, state } = action;
  const runs = runsToMark(ctx, run, past, future);
  const cleared = past || future ? runsToClear(ctx, run, past, future) : [run];
  const request = { run, task, mapIndex, state, upstream, downstream };
  return markTask(ctx, request, runs, cleared) ? '' : 'state_already_set';
}

function exists(ctx: EngineContext, run: number, task: number, mapIndex: number | null): boolean {
  if (task === NONE) return false;
  if (mapIndex !== null) return findTi(ctx, run, task, mapIndex) !== NONE;
  let found = false;
  eachTiIn(ctx, run, task, () => {
    found = true;
  });
  return found;
}

export function answer(ctx: EngineContext, action: AnswerAction): Refusal {
  const run = runOf(ctx, action.dag_id, action.run_id);
  if (run === NONE) return 'run_unknown';
  const task = findTask(ctx.plan, readDag(ctx, run), action.task_id);
  const ti = task === NONE ? NONE : findTi(ctx, run, task, action.map_index ?? NONE);
  return ti === NONE ? 'task_instance_unknown' : giveAnswer(ctx, ti, action.chosen_options);
}
