/** max_consecutive_failed_dag_runs: pauses a DAG whose newest runs all failed (semantics 2.5). */
import { DAG_RUN } from '../../machines/index.ts';
import { CORE_RECORD } from '../records.ts';
import type { EngineContext } from '../context.ts';
import { NONE } from '../rows.ts';
import { setPaused } from './runLists.ts';
import { storedDag } from '../world/versions.ts';

export function pauseAfterFailures(ctx: EngineContext, run: number): void {
  const { dagRuns } = ctx.world;
  const dag = dagRuns.dag[run]!;
  const limit = storedDag(ctx, dag).maxConsecutiveFailedRuns;
  if (limit <= 0) return;
  const newest = newestRuns(ctx, dag, limit);
  const allFailed = newest.every((each) => dagRuns.state[each] === DAG_RUN.failed);
  if (newest.length < limit || !allFailed) return;
  ctx.sim.record(dag, CORE_RECORD.dagPaused);
  setPaused(ctx, dag, true);
}

/** The newest runs by run_after (2.x: by logical date), of all types. */
function newestRuns(ctx: EngineContext, dag: number, count: number): number[] {
  const { dagRuns, dags } = ctx.world;
  const date = ctx.profile.hasRunAfter ? dagRuns.run_after : dagRuns.logical_date;
  const runs: number[] = [];
  let run = dags.last_run[dag]!;
  for (; run !== NONE; run = dagRuns.previous_created[run]!) runs.push(run);
  return runs.sort((a, b) => date[b]! - date[a]! || b - a).slice(0, count);
}
