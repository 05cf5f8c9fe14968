/** Lengths of mapped tasks and groups in a run (semantics 12). */
import type { EngineContext } from '../context.ts';
import { dagOfTask, evaluateLength, type LengthExpression, TASK } from '../plan/index.ts';
import { NONE } from '../rows.ts';
import { FINISHED, isIn } from '../taskInstance/states.ts';
import { eachTi, entryOf } from './lookup.ts';
import { findXCom, RETURN_KEY } from './xcoms.ts';

/** Number of indexes that the task should have in the run; -1 when it is not known yet. */
export function wantedLength(ctx: EngineContext, run: number, task: number): number {
  const { tasks } = ctx.plan;
  const groups = dagOfTask(ctx.plan, task).mappedGroups;
  const own = tasks.expand[task];
  let length = own ? lengthIn(ctx, run, own) : 1;
  for (let group = tasks.mappedGroup[task]!; group >= 0; group = groups[group]!.parent) {
    const part = lengthIn(ctx, run, groups[group]!.length);
    if (part < 0 || length < 0) return NONE;
    length *= part;
  }
  return length;
}

/** Number of expansions of a mapped group around the task, with those around it; -1: unknown. */
export function groupLength(ctx: EngineContext, run: number, task: number, group: number): number {
  const groups = dagOfTask(ctx.plan, task).mappedGroups;
  let length = 1;
  for (let at = group; at >= 0; at = groups[at]!.parent) {
    const part = lengthIn(ctx, run, groups[at]!.length);
    if (part < 0) return NONE;
    length *= part;
  }
  return length;
}

function lengthIn(ctx: EngineContext, run: number, length: LengthExpression): number {
  if (length.kind === 'literal') return length.length;
  return evaluateLength(length, (source) => lengthOfSource(ctx, run, source));
}

/**
 * What a source has pushed: the recorded length of its list, whatever became of it since; a mapped
 * operator: how many of its indexes pushed a value, once none of them is unfinished.
 */
function lengthOfSource(ctx: EngineContext, run: number, source: number): number {
  const entry = entryOf(ctx, run, source);
  if (entry === NONE) return NONE;
  if ((ctx.plan.tasks.flags[source]! & TASK.isMapped) !== 0) return countPushed(ctx, run, source);
  return entry >= 0 ? ctx.world.taskMaps.get(entry) : NONE;
}

function countPushed(ctx: EngineContext, run: number, source: number): number {
  const { taskInstances: tis } = ctx.world;
  let pushed = 0;
  eachTi(ctx, run, source, (ti) => {
    if (!isIn(FINISHED, tis.state[ti]!)) pushed = -Infinity;
    if (tis.map_index[ti]! >= 0 && findXCom(ctx, ti, RETURN_KEY) !== NONE) pushed += 1;
  });
  return pushed < 0 ? NONE : pushed;
}
