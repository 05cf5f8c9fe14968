/** max_active_runs and the creation of runs: may the DAG get a further one? (semantics 5.2) */
import type { EngineContext } from '../context.ts';
import { isLive } from '../live.ts';
import { NULL_TIME } from '../rows.ts';
import { storedDag } from '../world/versions.ts';

/** 3.x: recomputes the flag that holds creation back, queued and running runs at the limit. */
export function setExceeds(ctx: EngineContext, dag: number): void {
  const { dags } = ctx.world;
  const active = dags.queued_regular[dag]! + dags.running_regular[dag]!;
  dags.exceeds_max_non_backfill[dag] = active >= storedDag(ctx, dag).maxActiveRuns ? 1 : 0;
  refreshDue(ctx, dag);
}

/** 2.x: queued and running runs of all kinds are at the limit. */
export function isFull(ctx: EngineContext, dag: number): boolean {
  const { dags } = ctx.world;
  const active = dags.queued_runs[dag]! + dags.running_runs[dag]!;
  return active > 0 && active >= storedDag(ctx, dag).maxActiveRuns;
}

/** Puts the DAG where it belongs among those that wait for their next run's time. */
export function refreshDue(ctx: EngineContext, dag: number): void {
  const { dags, dueDags } = ctx.world;
  const date = dags.next_dagrun_create_after[dag]!;
  const waits = isLive(ctx, dag) && dags.exceeds_max_non_backfill[dag] === 0;
  if (waits && date !== NULL_TIME) dueDags.add(dag, date);
  else dueDags.remove(dag);
}
