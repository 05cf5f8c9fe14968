/** Which version of a DAG counts: a run has its own, and the metadata database has the newest. */
import type { EngineContext } from '../context.ts';
import { taskInVersion, type DagPlan } from '../plan/index.ts';

/** The version that decides the run. */
export function dagOfRun({ plan, world }: EngineContext, run: number): DagPlan {
  return plan.versions[world.dagRuns.dag_version[run]!]!;
}

/** The version that the DAG processor stored last. */
export function storedDag({ plan, world }: EngineContext, dag: number): DagPlan {
  return plan.versions[world.dags.dag_version[dag]!]!;
}

/** What people and Airflow read for the run: a run that is not pinned has the newest version. */
export function readDag(ctx: EngineContext, run: number): DagPlan {
  const own = dagOfRun(ctx, run);
  return own.pinsRuns ? own : storedDag(ctx, own.index);
}

/** The task as the run has it, which may go by another version; -1 when it has no such task. */
export function taskInRun({ plan, world }: EngineContext, run: number, task: number): number {
  return taskInVersion(plan, task, world.dagRuns.dag_version[run]!);
}
