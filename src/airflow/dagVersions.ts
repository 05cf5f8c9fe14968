/**
 * What the DAG files contain at the start and later (Scenario.versions), each DAG of each content a
 * version of its own with a number: the plan's `versions`. First the DAGs of the scenario.
 */
import { problem, type Problem } from '../base/result.ts';
import { checkSpecs } from './checkSpecs.ts';
import type { LaterDag } from './plan/index.ts';
import { profileOf } from './profile/index.ts';
import { NONE } from './rows.ts';
import type { Scenario } from './scenario.ts';
import type { DagSpec } from './spec.ts';

/** What a `change file` goes back to. */
export const FIRST_CONTENT = 'first';

type Contents = Pick<Scenario, 'dags' | 'versions'>;

/** In the order of their numbers, those of the scenario's own DAGs left out. */
export function laterDags({ dags, versions = {} }: Contents): LaterDag[] {
  return Object.values(versions).flatMap((content) =>
    content.flatMap((spec) => {
      const dag = dags.findIndex(({ dag_id }) => dag_id === spec.dag_id);
      return dag < 0 ? [] : [{ dag, spec }];
    }),
  );
}

/** By number of the version. */
export function allSpecs(contents: Contents): readonly DagSpec[] {
  return [...contents.dags, ...laterDags(contents).map(({ spec }) => spec)];
}

/** Number of the DAG's version in a content; NONE when the content does not have the DAG. */
export function versionIn(contents: Contents, name: string, dag: number): number {
  const { dags, versions = {} } = contents;
  if (name === FIRST_CONTENT) return dag;
  const content = versions[name] ?? [];
  const spec = content.find(({ dag_id }) => dag_id === dags[dag]!.dag_id);
  const place = laterDags(contents).findIndex((each) => each.spec === spec);
  return place < 0 ? NONE : dags.length + place;
}

/** Contents that cannot be: a name that means the first one, DAGs that are nowhere else. */
export function versionProblems(scenario: Scenario): Problem[] {
  const { dags, versions = {}, airflow } = scenario;
  const known = dags.map(({ dag_id }) => dag_id);
  return Object.entries(versions).flatMap(([name, content]) => {
    const field = `versions.${name}`;
    const taken =
      name === FIRST_CONTENT ? [problem('version_name_taken', { name }, { field })] : [];
    const strange = content.filter(({ dag_id }) => !known.includes(dag_id));
    return [
      ...taken,
      ...strange.map(({ dag_id }) => problem('version_dag_unknown', { dag_id, known }, { field })),
      ...checkSpecs(content, profileOf(airflow), field),
    ];
  });
}
