/**
 * 2.11.2's mini-scheduler: when a task's process has ended, its LocalTaskJob looks at the whole run,
 * writes marks and expansions, and makes ready direct downstreams scheduled, without waiting for
 * the scheduler's loop and whatever the state of the run is. Empty operators are left to the loop.
 * (set `scheduler-mixed`, cases `mini`; semantics 5.1 says the part downstream only.)
 */
import { TI_EVENT } from '../../machines/index.ts';
import type { EngineContext } from '../context.ts';
import { decide } from '../dagRun/decide.ts';
import { EVENT } from '../eventKinds.ts';
import { TASK } from '../plan/index.ts';
import { putBack } from '../taskInstance/candidates.ts';
import { changeTi } from '../taskInstance/change.ts';

/** To be called when a task's process has ended by itself, deferrals excepted. */
export function afterTaskEnd(ctx: EngineContext, ti: number): void {
  if (ctx.options.miniScheduler) ctx.sim.after(0, EVENT.miniScheduler, ti);
}

/** Returns how many task instances became scheduled. */
export function miniSchedule(ctx: EngineContext, ti: number): number {
  const { taskInstances: tis, dagRuns, dags } = ctx.world;
  const { down, flags, position } = ctx.plan.tasks;
  const run = tis.dag_run[ti]!;
  const task = tis.task[ti]!;
  // A stale DAG has no row in serialized_dag: nothing of it is scheduled.
  if (dags.is_stale[dagRuns.dag[run]!] === 1) return 0;
  const { ready } = decide(ctx, run);
  if (ready.length === 0) return 0;
  const next = down.to.subarray(down.from[task], down.from[task + 1]);
  const direct = new Set(Array.from(next, (each) => position[each]!));
  let scheduled = 0;
  for (const each of ready) {
    const mine = direct.has(position[tis.task[each]!]!);
    const empty = (flags[tis.task[each]!]! & TASK.isEmpty) !== 0;
    if (mine && !empty && changeTi(ctx, each, TI_EVENT.schedule)) scheduled += 1;
    else putBack(ctx, each);
  }
  return scheduled;
}
