/** Which task instances a person's clear takes, by version (semantics 14.1). */
import { TI } from '../../machines/index.ts';
import type { EngineContext } from '../context.ts';
import { NONE } from '../rows.ts';
import { FAILED_STATES, isIn } from '../taskInstance/states.ts';
import { eachTiIn } from '../world/lookup.ts';
import { readDag } from '../world/versions.ts';
import { clearTis, partialSubset, reach, type OfRuns } from './clear.ts';

export interface ClearRequest extends OfRuns {
  readonly runs: readonly number[];
  readonly tasks: readonly number[];
  /** Only this index of the tasks; null: all of them. */
  readonly mapIndex: number | null;
  readonly upstream: boolean;
  readonly downstream: boolean;
  readonly onlyFailed: boolean;
  /** With onlyFailed: running ones too. */
  readonly onlyRunning?: boolean;
  /** Nothing is done when one of the task instances is running. */
  readonly refusesRunning?: boolean;
}

/** False when it is refused. */
export function clearRequest(ctx: EngineContext, request: ClearRequest): boolean {
  const { taskInstances: tis } = ctx.world;
  const { whole, single } = chosenTasks(ctx, request);
  const states = statesAsked(request);
  const chosen: number[] = [];
  for (const run of request.runs) {
    const add = (ti: number): void => {
      if (states === 0 || isIn(states, tis.state[ti]!)) chosen.push(ti);
    };
    for (const task of whole) eachTiIn(ctx, run, task, add);
    for (const task of single) {
      if (whole.has(task)) continue;
      eachTiIn(ctx, run, task, (ti) => {
        if (tis.map_index[ti] === request.mapIndex) add(ti);
      });
    }
  }
  const running = chosen.some((ti) => tis.state[ti] === TI.running);
  if (request.refusesRunning && running) return false;
  clearTis(ctx, chosen, request);
  return true;
}

/** All tasks of the run, or those that failed. */
export function clearWholeRun(
  ctx: EngineContext,
  run: number,
  onlyFailed: boolean,
  of: OfRuns = {},
): void {
  const dag = readDag(ctx, run);
  clearRequest(ctx, {
    runs: [run],
    tasks: dag.spec.tasks.map((_, i) => dag.firstTask + i),
    mapIndex: null,
    upstream: false,
    downstream: false,
    onlyFailed,
    ...of,
  });
}

/** Bits of the states that are asked for, 0 for all. */
function statesAsked(request: ClearRequest): number {
  return (request.onlyFailed ? FAILED_STATES : 0) | (request.onlyRunning ? 1 << TI.running : 0);
}

interface Chosen {
  /** Tasks with all their indexes. */
  readonly whole: Set<number>;
  /** Tasks of which only the asked index is taken. */
  readonly single: Set<number>;
}

function chosenTasks(ctx: EngineContext, request: ClearRequest): Chosen {
  const { tasks, mapIndex, upstream, downstream } = request;
  if (mapIndex !== null) return withIndex(ctx, request);
  if (!ctx.profile.clearByRelatives || !(upstream || downstream)) {
    return { whole: partialSubset(ctx, tasks, upstream, downstream), single: new Set() };
  }
  let whole = new Set(tasks);
  if (upstream) whole = new Set([...whole, ...partialSubset(ctx, [...whole], true, false)]);
  if (downstream) whole = new Set([...whole, ...partialSubset(ctx, [...whole], false, true)]);
  return { whole, single: new Set() };
}

/** One index: inside the same mapped group its relatives have it too, others go as a whole. */
function withIndex(ctx: EngineContext, request: ClearRequest): Chosen {
  const { tasks, upstream, downstream } = request;
  const { up, down, mappedGroup } = ctx.plan.tasks;
  const single = new Set(tasks);
  const whole = new Set<number>();
  for (const task of tasks) {
    const related = [
      ...(upstream ? reach(up, task) : []),
      ...(downstream ? reach(down, task) : []),
    ];
    for (const each of related) {
      const same = mappedGroup[each] === mappedGroup[task] && mappedGroup[task] !== NONE;
      if (same) single.add(each);
      else whole.add(each);
    }
  }
  return { whole, single };
}
