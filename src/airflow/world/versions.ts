/** Which version of a DAG counts: a run has its own, and the metadata database has the newest. */
import type { EngineContext } from '../context.ts';
import type { DagPlan } from '../plan/index.ts';

/** The version that decides the run. */
export function dagOfRun({ plan, world }: EngineContext, run: number): DagPlan {
  return plan.versions[world.dagRuns.dag_version[run]!]!;
}

/** The version that the DAG processor stored last. */
export function storedDag({ plan, world }: EngineContext, dag: number): DagPlan {
  return plan.versions[world.dags.dag_version[dag]!]!;
}
