/** Runs one task instance of a runs case from its start to its end, as its script says. */
import type { EngineContext } from '../../airflow/context.ts';
import { TI_EVENT } from '../../machines/index.ts';
import { TASK } from '../../airflow/plan/index.ts';
import { NONE } from '../../airflow/rows.ts';
import type { TaskEnd } from '../../airflow/runner/port.ts';
import { changeTi } from '../../airflow/taskInstance/change.ts';
import { followLatest } from '../../airflow/taskInstance/latestOnly.ts';
import { followBranch, shortCircuit } from '../../airflow/taskInstance/skipping.ts';
import { finishTi, startTi } from '../../airflow/workerApi.ts';
import type { RunsGiven, RunsTask, ScriptEntry } from '../sets/runsSpecs.ts';
import { argumentOf, raisedBy, returnValue } from './arguments.ts';

/** What the user's code came to: how it ends, and what it returns (undefined: nothing). */
interface Ended {
  readonly end: TaskEnd;
  readonly value?: unknown;
}

export function runTask(ctx: EngineContext, given: RunsGiven, ti: number): void {
  const { taskInstances: tis } = ctx.world;
  changeTi(ctx, ti, TI_EVENT.queue);
  if (startTi(ctx, ti, tis.try_number[ti]!) !== 'started') return;
  const task = given.dag.tasks[ctx.plan.tasks.position[tis.task[ti]!]!]!;
  const ended = execute(ctx, given, task, ti);
  const { end, value } = checked(ctx, ti, ended);
  finishTi(ctx, ti, tis.try_number[ti]!, end, value, lengthOf(value));
}

function execute(ctx: EngineContext, given: RunsGiven, task: RunsTask, ti: number): Ended {
  const raised = argumentRaises(ctx, given, task, ti);
  if (raised !== null) return { end: raised };
  const entry = scriptOf(ctx, given, task, ti);
  if (task.operator === 'latest_only') return latestOnly(ctx, ti);
  const ends: Readonly<Record<string, TaskEnd>> = {
    fail: 'fail',
    fail_no_retry: 'fail_without_retry',
    skip: 'skip',
  };
  if (typeof entry === 'string' && ends[entry]) return { end: ends[entry] };
  if (task.operator === 'branch') return branch(ctx, ti, entry);
  if (task.operator === 'short_circuit') return circuit(ctx, ti, task, entry);
  if (entry === 'return_x') return { end: 'succeed', value: argumentX(ctx, given, task, ti) };
  return {
    end: 'succeed',
    value: typeof entry === 'object' ? (entry as { return: unknown }).return : null,
  };
}

function branch(ctx: EngineContext, ti: number, entry: ScriptEntry): Ended {
  const chosen = typeof entry === 'object' && 'branch' in entry ? entry.branch : null;
  const ids = typeof chosen === 'string' ? [chosen] : chosen;
  return follow(ctx, ti, ids, chosen);
}

function follow(
  ctx: EngineContext,
  ti: number,
  ids: readonly string[] | null,
  value: unknown,
): Ended {
  const answer = followBranch(ctx, ti, ids);
  if (answer === 'unknown id') return { end: 'fail' };
  const pushes = ctx.profile.branchPushesReturnValue || answer === 'followed all';
  return { end: 'succeed', value: pushes ? value : null };
}

function circuit(ctx: EngineContext, ti: number, task: RunsTask, entry: ScriptEntry): Ended {
  const condition = typeof entry === 'object' && 'condition' in entry ? entry.condition : null;
  if (condition) return { end: 'succeed', value: condition };
  const skipped = shortCircuit(ctx, ti, task.ignore_downstream_trigger_rules ?? true);
  const pushes = ctx.profile.branchPushesReturnValue || !skipped;
  return { end: 'succeed', value: pushes ? condition : null };
}

function latestOnly(ctx: EngineContext, ti: number): Ended {
  const { answer, chosen } = followLatest(ctx, ti);
  const pushes = ctx.profile.branchPushesReturnValue || answer === 'followed all';
  return { end: 'succeed', value: pushes ? chosen : null };
}

/** Entry of this try; a key with the index wins over the bare task id. */
function scriptOf(ctx: EngineContext, given: RunsGiven, task: RunsTask, ti: number): ScriptEntry {
  const { taskInstances: tis, dagRuns, texts } = ctx.world;
  const runId = texts.get(dagRuns.run_id[tis.dag_run[ti]!]!);
  const script = given.script[runId] ?? {};
  const list = script[`${task.task_id}[${tis.map_index[ti]!}]`] ?? script[task.task_id];
  if (list === undefined || list.length === 0) return 'success';
  return list[Math.min(tis.try_number[ti]! - 1, list.length - 1)]!;
}

function argumentRaises(
  ctx: EngineContext,
  given: RunsGiven,
  task: RunsTask,
  ti: number,
): 'skip' | 'fail' | null {
  if (!task.expand) return null;
  const { taskInstances: tis } = ctx.world;
  const run = tis.dag_run[ti]!;
  const { firstTask } = ctx.plan.dags[0]!;
  return raisedBy(task.expand, tis.map_index[ti]!, (id) => {
    const place = given.dag.tasks.findIndex((each) => each.task_id === id);
    return returnValue(ctx, run, firstTask + place, given.dag.tasks[place]!.expand !== undefined);
  });
}

function argumentX(ctx: EngineContext, given: RunsGiven, task: RunsTask, ti: number): unknown {
  const { taskInstances: tis } = ctx.world;
  const found = argumentOf(
    ctx,
    tis.dag_run[ti]!,
    ctx.plan.dags[0]!.firstTask,
    given.dag.tasks,
    given.dag.task_groups ?? [],
    task,
    tis.map_index[ti]!,
    'x',
  );
  return 'value' in found ? found.value : null;
}

/** A source of a mapping must return a list or a dict (semantics 12); an index may return anything. */
function checked(ctx: EngineContext, ti: number, ended: Ended): Ended {
  const { taskInstances: tis } = ctx.world;
  const { end, value = null } = ended;
  const isSource = (ctx.plan.tasks.flags[tis.task[ti]!]! & TASK.isMapSource) !== 0;
  const plain = value === null ? { end } : { end, value };
  if (end !== 'succeed' || !isSource || tis.map_index[ti] !== NONE) return plain;
  return lengthOf(value) < 0 ? { end: 'fail' } : plain;
}

function lengthOf(value: unknown): number {
  if (Array.isArray(value)) return value.length;
  if (typeof value !== 'object' || value === null) return NONE;
  return Object.keys(value).length;
}

/** XComs of a task instance as the case writes them; null when it pushed nothing. */
export function xcomsOf(ctx: EngineContext, ti: number): Record<string, unknown> | null {
  const { xcoms, xcomsOf: heads, texts, json } = ctx.world;
  const found: Record<string, unknown> = {};
  for (let row = heads.get(ti); row !== NONE; row = xcoms.next[row]!) {
    found[texts.get(xcoms.key[row]!)] = json.get(xcoms.value[row]!);
  }
  return Object.keys(found).length > 0 ? found : null;
}
