/** Names of related tasks that are not finished in the run, for an explanation. */
import type { EngineContext } from '../context.ts';
import type { Csr } from '../plan/index.ts';
import { FINISHED, isIn } from '../taskInstance/states.ts';
import { eachTi } from './lookup.ts';

const SHOWN = 3;

/** `a, b, c +2`; all related ones when every one of them is finished. */
export function waitingFor(ctx: EngineContext, ti: number, related: Csr): string {
  const open = openOf(ctx, ti, related);
  const named = (open.length > 0 ? open : allOf(ctx, ti, related)).map(
    (each) => ctx.plan.taskIds[each]!,
  );
  const rest = named.length > SHOWN ? ` +${named.length - SHOWN}` : '';
  return named.slice(0, SHOWN).join(', ') + rest;
}

/** Related tasks of which a task instance is not finished. */
export function openOf(ctx: EngineContext, ti: number, related: Csr): number[] {
  const { taskInstances: tis } = ctx.world;
  return allOf(ctx, ti, related).filter((each) => {
    let unfinished = false;
    eachTi(ctx, tis.dag_run[ti]!, each, (row) => {
      if (!isIn(FINISHED, tis.state[row]!)) unfinished = true;
    });
    return unfinished;
  });
}

function allOf(ctx: EngineContext, ti: number, related: Csr): number[] {
  const task = ctx.world.taskInstances.task[ti]!;
  return [...related.to.subarray(related.from[task], related.from[task + 1])];
}
