/** LatestOnlyOperator: a branch that follows all its direct downstreams, or none (10.3). */
import type { EngineContext } from '../context.ts';
import { NULL_TIME, RUN_TYPE } from '../rows.ts';
import { nextAfter } from '../scheduler/timetable.ts';
import { followBranch, type BranchAnswer } from './skipping.ts';

export interface LatestAnswer {
  readonly answer: BranchAnswer;
  /** Task ids that it follows. */
  readonly chosen: readonly string[];
}

export function followLatest(ctx: EngineContext, ti: number): LatestAnswer {
  const { taskInstances: tis } = ctx.world;
  const { down } = ctx.plan.tasks;
  const task = tis.task[ti]!;
  const direct = [...down.to.subarray(down.from[task], down.from[task + 1])];
  const ids = direct.map((each) => ctx.plan.taskIds[each]!).sort();
  const chosen = isLatest(ctx, tis.dag_run[ti]!) ? ids : [];
  return { answer: followBranch(ctx, ti, chosen), chosen };
}

/** In words: until the next run's fire time has passed. Manual runs always are. */
function isLatest(ctx: EngineContext, run: number): boolean {
  const { dagRuns } = ctx.world;
  if (dagRuns.run_type[run] === RUN_TYPE.manual) return true;
  const next = nextAfter(ctx, dagRuns.dag[run]!, run);
  if (next === null) return true;
  // 2.x: the next interval, which is empty where a trigger timetable has none.
  const start = ctx.profile.hasRunAfter ? dagRuns.data_interval_start[run]! : next.start;
  const from = start === NULL_TIME ? dagRuns.run_after[run]! : start;
  return from < ctx.sim.now && ctx.sim.now <= next.end;
}
