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
import { checkTaskDeps, type DepsAnswer } from '../dependencies/taskDeps.ts';
import { TASK } from '../plan/index.ts';
import { EARLY } from '../rules/index.ts';
import { takeCandidates } from '../taskInstance/candidates.ts';
import { changeTi } from '../taskInstance/change.ts';
import { isIn, SCHEDULABLE } from '../taskInstance/states.ts';
import { EARLY_EVENT } from './earlyEvents.ts';
import { expand, revise } from './expand.ts';

/** What a pass found; lent, valid until the next pass. */
export interface Decision {
  readonly ready: readonly number[];
  /** A task instance that did not pass was marked, or a mapping was expanded. */
  readonly changed: boolean;
  readonly expanded: boolean;
}

const MAPPED = TASK.isMapped | TASK.inMappedGroup;

const answer: DepsAnswer = { passes: false, early: 0, heldBy: 0 };
const looked: number[] = [];
const ready: number[] = [];
const marked: number[] = [];
const marks: number[] = [];
const revised = new Set<number>();
const found = { ready, changed: false, expanded: false };

export function decide(ctx: EngineContext, run: number): Decision {
  looked.length = ready.length = marked.length = marks.length = 0;
  revised.clear();
  found.changed = found.expanded = false;
  takeCandidates(ctx, run, looked);
  // Expansion adds to the list while it is walked: new indexes are looked at in the same pass.
  for (let i = 0; i < looked.length; i++) look(ctx, looked[i]!);
  for (let i = 0; i < marked.length; i++) changeTi(ctx, marked[i]!, EARLY_EVENT[marks[i]!]!);
  if (found.expanded) found.changed = true;
  return found;
}

function look(ctx: EngineContext, ti: number): void {
  const { taskInstances: tis } = ctx.world;
  if (!isIn(SCHEDULABLE, tis.state[ti]!)) return;
  checkTaskDeps(ctx, ti, false, answer);
  note(ctx, ti, answer.heldBy);
  if (answer.early !== EARLY.none) {
    marked.push(ti);
    marks.push(answer.early);
    if (!answer.passes) found.changed = true;
    return;
  }
  if (!answer.passes) return;
  if ((ctx.plan.tasks.flags[tis.task[ti]!]! & MAPPED) === 0) ready.push(ti);
  else lookAtMapped(ctx, ti);
}

function lookAtMapped(ctx: EngineContext, ti: number): void {
  const { taskInstances: tis } = ctx.world;
  if (tis.map_index[ti]! < 0) {
    const early = expand(ctx, ti, (made) => looked.push(made));
    found.expanded = true;
    if (early !== EARLY.none) {
      marked.push(ti);
      marks.push(early);
    }
    return;
  }
  const task = tis.task[ti]!;
  if (!revised.has(task)) {
    revised.add(task);
    revise(ctx, ti, (made) => ready.push(made));
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
