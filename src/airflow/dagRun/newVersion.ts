/**
 * A run goes on by a newer version of its DAG (semantics 2.6; run with both releases, the cases are
 * in the set `dag-versions`). Its rows stay: tasks that are gone become removed, new ones get a row,
 * the others change their place in the plan. Pool, queue and weight stay as they were stored.
 */
import { TI, TI_EVENT } from '../../machines/index.ts';
import type { EngineContext } from '../context.ts';
import { TASK, taskInVersion } from '../plan/index.ts';
import { CORE_RECORD } from '../records.ts';
import { NONE } from '../rows.ts';
import { markTi } from '../taskInstance/candidates.ts';
import { changeTi } from '../taskInstance/change.ts';
import { countOwnLimit, HELD } from '../taskInstance/counters.ts';
import { addScheduled, removeScheduled } from '../taskInstance/ordering.ts';
import { isIn, UNFINISHED } from '../taskInstance/states.ts';
import { eachTi, eachTiOfRun, entryOf } from '../world/lookup.ts';
import { dagOfRun } from '../world/versions.ts';
import { createMissing } from './createTis.ts';
import { belongs } from './integrity.ts';

/** The run has to be looked through because its DAG was stored anew. */
export function isOutdated(ctx: EngineContext, run: number): boolean {
  const { dagRuns, dags } = ctx.world;
  const serial = dagRuns.dag_serial[run]!;
  if (serial === dags.dag_serial[dagRuns.dag[run]!]) return false;
  return serial === ASKED || !dagOfRun(ctx, run).pinsRuns;
}

/** dag_serial of a pinned run that somebody has sent to the newest version while it was active. */
const ASKED = -1;

/**
 * 3.x, `run_on_latest_version`: an ended run (queued again by now) is made to fit at once; an active
 * one at its next examination, which only takes away what is gone (recorded: pinned-running-...).
 */
export function goOnByLatest(ctx: EngineContext, run: number, ended: boolean): void {
  const { dagRuns, dags } = ctx.world;
  const dag = dagRuns.dag[run]!;
  dagRuns.created_version[run] = dags.dag_version[dag]!;
  if (ended) {
    takeNewVersion(ctx, run);
    dagRuns.dag_serial[run] = dags.dag_serial[dag]!;
  } else if (dagOfRun(ctx, run).pinsRuns && dagRuns.dag_version[run] !== dags.dag_version[dag]) {
    dagRuns.dag_serial[run] = ASKED;
  }
}

/**
 * The run's rows are made to fit the stored version. 3.x does that again at each examination until
 * a row of the run bears the version: one that was under way, or one that is new.
 */
export function takeNewVersion(ctx: EngineContext, run: number): void {
  const { dagRuns, dags } = ctx.world;
  const dag = dagRuns.dag[run]!;
  const version = dags.dag_version[dag]!;
  const asked = dagRuns.dag_serial[run] === ASKED;
  const borne = asked || !ctx.profile.versionsAreRows || isUnderWay(ctx, run);
  const moves = dagRuns.dag_version[run] !== version;
  if (moves) {
    ctx.sim.because(ctx.sim.record(run, CORE_RECORD.runVersion));
    moveTo(ctx, run, version);
  }
  const repaired = !asked && repair(ctx, run);
  const made = asked ? 0 : createMissing(ctx, run);
  if (moves || repaired || made > 0) lookAtAll(ctx, run);
  if (borne || made > 0) dagRuns.dag_serial[run] = dags.dag_serial[dag]!;
}

/** A row is in a state that is neither NULL nor final. */
function isUnderWay(ctx: EngineContext, run: number): boolean {
  const { state } = ctx.world.taskInstances;
  let found = false;
  eachTiOfRun(ctx, run, (ti) => {
    if (state[ti] !== TI.none && isIn(UNFINISHED, state[ti]!)) found = true;
  });
  return found;
}

/** The rows of a task that the version lacks are kept by its name, for when it comes back. */
function moveTo(ctx: EngineContext, run: number, version: number): void {
  const { dagRuns, runTasks, goneTasks } = ctx.world;
  const { versions, tasks } = ctx.plan;
  const before = dagOfRun(ctx, run);
  const after = versions[version]!;
  const entries = new Map<number, number>();
  for (let i = 0; i < before.taskCount; i++) {
    const task = before.firstTask + i;
    const entry = entryOf(ctx, run, task);
    if (entry === NONE) continue;
    const there = taskInVersion(ctx.plan, task, version);
    if (there < 0) {
      eachTi(ctx, run, task, (ti) => removeTi(ctx, ti));
      goneTasks.set(goneKey(ctx, run, task), entry);
    } else entries.set(tasks.position[there]!, entry);
  }
  eachTiOfRun(ctx, run, (ti) => unhook(ctx, ti));
  const first = runTasks.addRows(after.taskCount);
  for (let i = 0; i < after.taskCount; i++) {
    const key = goneKey(ctx, run, after.firstTask + i);
    runTasks.ti[first + i] = entries.get(i) ?? goneTasks.get(key);
    goneTasks.delete(key);
  }
  dagRuns.first_task[run] = first;
  dagRuns.dag_version[run] = version;
  // A bucket has room for the slots of one version.
  dagRuns.first_bucket[run] = NONE;
  eachTiOfRun(ctx, run, (ti) => hook(ctx, ti, version));
  countHeld(ctx, run);
}

/** Run and task id in one exact number. */
function goneKey(ctx: EngineContext, run: number, task: number): number {
  return run * ctx.plan.tasks.count + ctx.plan.tasks.counter[task]!;
}

function unhook(ctx: EngineContext, ti: number): void {
  if (ctx.world.taskInstances.state[ti] === TI.scheduled) removeScheduled(ctx, ti);
  countOwnLimit(ctx, ti, -1);
}

function hook(ctx: EngineContext, ti: number, version: number): void {
  const { taskInstances: tis } = ctx.world;
  tis.task[ti] = taskInVersion(ctx.plan, tis.task[ti]!, version);
  if (tis.state[ti] === TI.scheduled) addScheduled(ctx, ti);
  countOwnLimit(ctx, ti, 1);
}

function countHeld(ctx: EngineContext, run: number): void {
  const { taskInstances: tis, dagRuns } = ctx.world;
  let held = 0;
  eachTiOfRun(ctx, run, (ti) => {
    const counts = (ctx.plan.tasks.flags[tis.task[ti]!]! & HELD) !== 0;
    if (counts && isIn(UNFINISHED, tis.state[ti]!)) held += 1;
  });
  dagRuns.unfinished_held[run] = held;
}

const MAPPED = TASK.isMapped | TASK.inMappedGroup;

/** Rows that the version wants again or no longer; true when there was one. */
function repair(ctx: EngineContext, run: number): boolean {
  const { taskInstances: tis } = ctx.world;
  const rows: number[] = [];
  eachTiOfRun(ctx, run, (ti) => void rows.push(ti));
  let changed = false;
  for (const ti of rows) {
    const mapped = (ctx.plan.tasks.flags[tis.task[ti]!]! & MAPPED) !== 0;
    const wanted = !mapped || belongs(ctx, ti);
    if (wanted === (tis.state[ti] !== TI.removed)) continue;
    if (wanted) changeTi(ctx, ti, TI_EVENT.restore);
    else removeTi(ctx, ti);
    changed = true;
  }
  return changed;
}

/** Its process learns of it at its next heartbeat. */
function removeTi(ctx: EngineContext, ti: number): void {
  const before = ctx.world.taskInstances.state[ti]!;
  if (before === TI.removed) return;
  changeTi(ctx, ti, TI_EVENT.remove);
  if (before === TI.running) ctx.workers.abandon(ti);
  if (before === TI.deferred) ctx.workers.cancelTrigger(ti);
}

function lookAtAll(ctx: EngineContext, run: number): void {
  const { dagRuns } = ctx.world;
  dagRuns.disturbed[run] = 1;
  dagRuns.touched[run] = 1;
  eachTiOfRun(ctx, run, (ti) => markTi(ctx, ti));
}
