/**
 * task_instance.upstreams: how many direct upstreams have not ended, and how many have ended in
 * another state than success (times 2^16), for tasks whose rule reads nothing else
 * (TASK.countsUpstream). 0: all are successes.
 */
import { TI } from '../../machines/index.ts';
import type { EngineContext } from '../context.ts';
import { FINISHED, isIn } from './states.ts';

const OTHER_END = 1 << 16;
const OPEN_MASK = OTHER_END - 1;

/** What an upstream in that state adds. */
function weightOf(state: number): number {
  if (!isIn(FINISHED, state)) return 1;
  return state === TI.success ? 0 : OTHER_END;
}

/** What a change of an upstream's state adds. */
export function upstreamChange(from: number, to: number): number {
  return weightOf(to) - weightOf(from);
}

/** Of a new row: no upstream has ended. One without a task instance never will. */
export function upstreamsAtStart(ctx: EngineContext, task: number): number {
  const { from } = ctx.plan.tasks.up;
  return from[task + 1]! - from[task]!;
}

/** Upstreams that have not ended. */
export function openUpstreams(upstreams: number): number {
  return upstreams & OPEN_MASK;
}
