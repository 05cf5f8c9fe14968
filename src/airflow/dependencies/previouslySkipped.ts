/** Not Previously Skipped: a branch or short circuit before it decided against it (10.5). */
import type { EngineContext } from '../context.ts';
import { TASK } from '../plan/index.ts';
import { NONE } from '../rows.ts';
import { FINISHED, isIn } from '../taskInstance/states.ts';
import { findXCom, SKIP_KEY } from '../world/xcoms.ts';
import { eachTi, findTi } from '../world/lookup.ts';
import { put, type Gate } from './gate.ts';

/** XCom `skipmixin_key`: task ids. */
export interface SkipDecision {
  readonly followed?: readonly string[];
  readonly skipped?: readonly string[];
}

/** For tasks that have a branch or a short circuit directly above them (TASK.afterSkipper). */
export function checkPreviouslySkipped(ctx: EngineContext, ti: number, gate: Gate): boolean {
  put(gate, true, 'skipped_by_branch', '');
  const { up, flags } = ctx.plan.tasks;
  const task = ctx.world.taskInstances.task[ti]!;
  for (let i = up.from[task]!; i < up.from[task + 1]!; i++) {
    const parent = up.to[i]!;
    if ((flags[parent]! & TASK.skipsDownstream) === 0 || !decidesAgainst(ctx, ti, parent)) continue;
    put(gate, false, 'skipped_by_branch', '');
    gate.task = parent;
    return false;
  }
  return true;
}

function decidesAgainst(ctx: EngineContext, ti: number, parent: number): boolean {
  const { taskInstances: tis } = ctx.world;
  const run = tis.dag_run[ti]!;
  let finished = false;
  eachTi(ctx, run, parent, (row) => {
    if (isIn(FINISHED, tis.state[row]!)) finished = true;
  });
  if (!finished) return false;
  const source = findTi(ctx, run, parent, indexAsked(ctx, ti, parent));
  const xcom = source === NONE ? NONE : findXCom(ctx, source, SKIP_KEY);
  if (xcom === NONE) return false;
  const decision = ctx.world.json.get(ctx.world.xcoms.value[xcom]!) as SkipDecision;
  const name = ctx.plan.taskIds[tis.task[ti]!]!;
  if (decision.followed) return !decision.followed.includes(name);
  return decision.skipped?.includes(name) === true;
}

/** Map index under which the decision is looked up. */
function indexAsked(ctx: EngineContext, ti: number, parent: number): number {
  const own = ctx.world.taskInstances.map_index[ti]!;
  if (ctx.profile.skipDecisionByOwnIndex) return own;
  return (ctx.plan.tasks.flags[parent]! & TASK.isMapped) !== 0 ? own : NONE;
}
