/** fail_fast (2.x fail_stop): the first failure ends the other tasks of the run (semantics 7.5). */
import { TI, TI_EVENT } from '../../machines/index.ts';
import type { EngineContext } from '../context.ts';
import { TASK } from '../plan/index.ts';
import { eachTi } from '../world/lookup.ts';
import { changeTi } from './change.ts';
import { dagOfRun } from '../world/versions.ts';

/** To be called when a task instance may just have become failed by its own end. */
export function failFast(ctx: EngineContext, ti: number): void {
  const { taskInstances: tis, dagRuns } = ctx.world;
  const run = tis.dag_run[ti]!;
  const dag = dagOfRun(ctx, run);
  if (!dag.failFast || tis.state[ti] !== TI.failed) return;
  dagRuns.disturbed[run] = 1;
  for (let i = 0; i < dag.taskCount; i++) {
    const task = dag.firstTask + i;
    if (task === tis.task[ti] || (ctx.plan.tasks.flags[task]! & TASK.isTeardown) !== 0) continue;
    eachTi(ctx, run, task, (other) => {
      const running = tis.state[other] === TI.running;
      changeTi(ctx, other, TI_EVENT.fail_fast);
      if (running) ctx.workers.abandon(other);
    });
  }
}
