/**
 * One pass over a run's task instances (semantics 2.4): which are ready, and what the rules mark.
 *
 * Every answer is given for the states as they were when the pass began: marks are collected and
 * written at its end, so that the next level sees them in the next examination. Only candidates
 * are asked (taskInstance/candidates.ts).
 */
import { TI } from '../../machines/index.ts';
import { CORE_RECORD } from '../records.ts';
import type { EngineContext } from '../context.ts';
import { addMark, writeMarks } from '../dependencies/passMarks.ts';
import { checkTaskDeps, type DepsAnswer } from '../dependencies/taskDeps.ts';
import { TASK, type Csr } from '../plan/index.ts';
import { EARLY } from '../rules/index.ts';
import { takeCandidates } from '../taskInstance/candidates.ts';
import { changeTi } from '../taskInstance/change.ts';
import { isIn, SCHEDULABLE } from '../taskInstance/states.ts';
import { eachTi } from '../world/lookup.ts';
import { dagOfRun } from '../world/versions.ts';
import { EARLY_EVENT } from './earlyEvents.ts';
import { expand, expandMarked, revise } from './expand.ts';

/** What a pass found; lent, valid until the next pass. */
export interface Decision {
  readonly ready: readonly number[];
  /** A task instance that did not pass was marked, or a mapping was expanded. */
  readonly changed: boolean;
  readonly expanded: boolean;
  /** A task instance that passed was marked all the same (2.11.2): it counts as runnable. */
  readonly passedMarked: boolean;
}

const MAPPED = TASK.isMapped | TASK.inMappedGroup;

const answer: DepsAnswer = { passes: false, early: 0, heldBy: 0 };
/** Rows to look at, in the order in which Airflow reads them. */
const looked: number[] = [];
/** Rows that an expansion has made; looked at after all others. */
const made: number[] = [];
const ready: number[] = [];
const revised = new Set<number>();
const found = { ready, changed: false, expanded: false, passedMarked: false };

/** Looks at all candidates of the run: what is ready, and marks and expansions, which it writes. */
export function decide(ctx: EngineContext, run: number): Decision {
  // Setting the length of an array is slow, and most are short.
  while (looked.length > 0) looked.pop();
  while (ready.length > 0) ready.pop();
  if (made.length > 0) made.length = 0;
  if (revised.size > 0) revised.clear();
  found.changed = found.expanded = found.passedMarked = false;
  takeCandidates(ctx, run, looked);
  byTaskId = dagOfRun(ctx, run).looksByTaskId;
  if (byTaskId) looked.sort((a, b) => (comesAfter(ctx, a, b) ? 1 : -1));
  else sortRows(looked);
  // Both lists can grow while they are walked.
  for (let i = 0; i < looked.length; i++) look(ctx, looked[i]!, i);
  for (let i = 0; i < made.length; i++) look(ctx, made[i]!, looked.length);
  writeMarks((ti, early) => changeTi(ctx, ti, EARLY_EVENT[early]!));
  if (found.expanded) found.changed = true;
  return found;
}

/** Of the pass that is going on. */
let byTaskId = false;

function comesAfter(ctx: EngineContext, a: number, b: number): boolean {
  if (!byTaskId) return a > b;
  const { task, map_index } = ctx.world.taskInstances;
  const { idRank } = ctx.plan.tasks;
  const places = idRank[task[a]!]! - idRank[task[b]!]!;
  return places === 0 ? map_index[a]! > map_index[b]! : places > 0;
}

const SHORT = 24;

/** Ascending. Most lists are short and nearly in order: then insertion is the quickest way. */
function sortRows(rows: number[]): void {
  if (rows.length > SHORT) {
    rows.sort((a, b) => a - b);
    return;
  }
  for (let i = 1; i < rows.length; i++) {
    const row = rows[i]!;
    let at = i;
    for (; at > 0 && rows[at - 1]! > row; at--) rows[at] = rows[at - 1]!;
    rows[at] = row;
  }
}

function look(ctx: EngineContext, ti: number, place: number): void {
  const { taskInstances: tis } = ctx.world;
  if (!isIn(SCHEDULABLE, tis.state[ti]!)) return;
  checkTaskDeps(ctx, ti, false, answer);
  note(ctx, ti, answer.heldBy);
  if (answer.early !== EARLY.none) {
    if (!answer.passes) found.changed = true;
    else if (isPlaceholder(ctx, ti)) expandMarkedOne(ctx, ti, place);
    else found.passedMarked = true;
    return mark(ctx, ti, answer.early, place);
  }
  if (!answer.passes) return;
  if ((ctx.plan.tasks.flags[tis.task[ti]!]! & MAPPED) === 0) ready.push(ti);
  else lookAtMapped(ctx, ti, place);
}

/** Who is mapped over a marked task and comes after it sees the mark in the same pass. */
function mark(ctx: EngineContext, ti: number, early: number, place: number): void {
  const { flags, watchers } = ctx.plan.tasks;
  addMark(ti, early);
  const task = ctx.world.taskInstances.task[ti]!;
  if ((flags[task]! & TASK.isMapSource) !== 0) lookAtLater(ctx, ti, watchers, place);
}

/** Rows of related tasks that come after this one are looked at in the same pass. */
function lookAtLater(ctx: EngineContext, ti: number, related: Csr, place: number): void {
  const { taskInstances: tis } = ctx.world;
  const task = tis.task[ti]!;
  for (let i = related.from[task]!; i < related.from[task + 1]!; i++) {
    eachTi(ctx, tis.dag_run[ti]!, related.to[i]!, (row) => {
      if (comesAfter(ctx, row, ti) && isIn(SCHEDULABLE, tis.state[row]!)) insert(ctx, row, place);
    });
  }
}

function expandMarkedOne(ctx: EngineContext, ti: number, place: number): void {
  found.expanded = true;
  const early = answer.early;
  const expanded = expandMarked(ctx, ti, (row) => addMark(row, early));
  if (expanded) lookAtLater(ctx, ti, ctx.plan.tasks.down, place);
}

/** A mapped task instance that is not expanded yet: looking at it counts as an expansion. */
function isPlaceholder(ctx: EngineContext, ti: number): boolean {
  const { taskInstances: tis } = ctx.world;
  return tis.map_index[ti]! < 0 && (ctx.plan.tasks.flags[tis.task[ti]!]! & MAPPED) !== 0;
}

function insert(ctx: EngineContext, row: number, place: number): void {
  let at = place + 1;
  while (at < looked.length && comesAfter(ctx, row, looked[at]!)) at += 1;
  if (looked[at] !== row) looked.splice(at, 0, row);
}

function lookAtMapped(ctx: EngineContext, ti: number, place: number): void {
  const { taskInstances: tis } = ctx.world;
  if (tis.map_index[ti]! < 0) {
    const early = expand(ctx, ti, (row) => made.push(row));
    found.expanded = true;
    if (early !== EARLY.none) mark(ctx, ti, early, place);
    else lookAtLater(ctx, ti, ctx.plan.tasks.down, place);
    return;
  }
  const task = tis.task[ti]!;
  if (!revised.has(task)) {
    revised.add(task);
    revise(ctx, ti, (row) => ready.push(row));
  }
  if (tis.state[ti] !== TI.removed) ready.push(ti);
}

/** What holds a task instance goes into the log when it changes. */
function note(ctx: EngineContext, ti: number, reason: number): void {
  const { held_by } = ctx.world.taskInstances;
  if (held_by[ti] === reason) return;
  held_by[ti] = reason;
  if (reason !== 0) ctx.sim.record(ti, CORE_RECORD.held, reason);
}
