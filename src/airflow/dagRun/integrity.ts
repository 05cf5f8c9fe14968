/**
 * Repair of a run's task instances (semantics 2.6) as 2.11.2 does it before a mark: removed rows
 * come back, indexes beyond a mapping go, and so does the placeholder of a literal one.
 */
import { TI, TI_EVENT } from '../../machines/index.ts';
import type { EngineContext } from '../context.ts';
import { dagOfTask, literalLength, TASK } from '../plan/index.ts';
import { changeTi } from '../taskInstance/change.ts';
import { eachTiOfRun } from '../world/lookup.ts';
import { wantedLength } from '../world/lengths.ts';

const MAPPED = TASK.isMapped | TASK.inMappedGroup;

export function verifyIntegrity(ctx: EngineContext, run: number): void {
  const { taskInstances: tis } = ctx.world;
  const rows: number[] = [];
  eachTiOfRun(ctx, run, (ti) => void rows.push(ti));
  for (const ti of rows) {
    if (tis.state[ti] === TI.removed) changeTi(ctx, ti, TI_EVENT.restore);
    if ((ctx.plan.tasks.flags[tis.task[ti]!]! & MAPPED) === 0) continue;
    if (!belongs(ctx, ti)) changeTi(ctx, ti, TI_EVENT.remove);
  }
}

/** The row's index is one that the mapping has, as far as that is known. */
export function belongs(ctx: EngineContext, ti: number): boolean {
  const { taskInstances: tis } = ctx.world;
  const task = tis.task[ti]!;
  const index = tis.map_index[ti]!;
  if (isLiteral(ctx, task)) return index >= 0 && index < wantedLength(ctx, tis.dag_run[ti]!, task);
  return index < Math.max(0, wantedLength(ctx, tis.dag_run[ti]!, task));
}

/** The length is known when the file is parsed. */
function isLiteral(ctx: EngineContext, task: number): boolean {
  const { tasks } = ctx.plan;
  const own = tasks.expand[task];
  if (own && literalLength(own) < 0) return false;
  const groups = dagOfTask(ctx.plan, task).mappedGroups;
  for (let at = tasks.mappedGroup[task]!; at >= 0; at = groups[at]!.parent) {
    if (literalLength(groups[at]!.length) < 0) return false;
  }
  return true;
}
