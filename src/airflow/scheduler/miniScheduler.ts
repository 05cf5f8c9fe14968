/**
 * 2.11.2's mini-scheduler (semantics 5.1): when a task's process has ended, its LocalTaskJob looks
 * at the part of the run downstream of it, writes marks, and makes ready direct downstreams
 * scheduled, without waiting for the scheduler's loop. Empty operators are left to that.
 */
import { DAG_RUN, TI_EVENT } from '../../machines/index.ts';
import type { EngineContext } from '../context.ts';
import { decide } from '../dagRun/decide.ts';
import { EVENT } from '../eventKinds.ts';
import { isBelow } from '../plan/below.ts';
import { TASK } from '../plan/index.ts';
import { putBack } from '../taskInstance/candidates.ts';
import { changeTi } from '../taskInstance/change.ts';
import { dagOfRun } from '../world/versions.ts';

/** To be called when a task's process has ended by itself, deferrals excepted. */
export function afterTaskEnd(ctx: EngineContext, ti: number): void {
  if (ctx.options.miniScheduler) ctx.sim.after(0, EVENT.miniScheduler, ti);
}

/** Returns how many task instances became scheduled. */
export function miniSchedule(ctx: EngineContext, ti: number): number {
  const { taskInstances: tis, dagRuns, dags } = ctx.world;
  const { down, below, flags, position } = ctx.plan.tasks;
  const run = tis.dag_run[ti]!;
  const task = tis.task[ti]!;
  // A stale DAG has no row in serialized_dag: nothing of it is scheduled.
  if (dags.is_stale[dagRuns.dag[run]!] === 1) return 0;
  if (dagRuns.state[run] !== DAG_RUN.running || down.from[task] === down.from[task + 1]) return 0;
  const dag = dagOfRun(ctx, run);
  const bits = below.of(task, dag);
  const { ready } = decide(ctx, run, (each) => isBelow(bits, position[tis.task[each]!]!));
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
