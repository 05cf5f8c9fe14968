/** What a person can act on in the DAGs of a source, beside runs and tasks. Pure. */
import type { AssetCondition } from '../airflow/spec.ts';
import type { Source } from './comparison.ts';
import type { Question } from './settingsModel.ts';

/** Names (2.x: URIs) of the assets that its tasks write or its DAGs wait for. */
export function assetsOf(source: Source | null): string[] {
  const names = (source?.dags ?? []).flatMap(({ tasks, schedule }) => [
    ...tasks.flatMap((task) => task.outlets.flatMap(namesIn)),
    ...(schedule.asset_condition ? namesIn(schedule.asset_condition) : []),
  ]);
  return [...new Set(names)];
}

function namesIn(condition: AssetCondition): string[] {
  if ('asset' in condition) return [condition.asset.name ?? condition.asset.uri];
  if ('all' in condition) return condition.all.flatMap(namesIn);
  return 'any' in condition ? condition.any.flatMap(namesIn) : [];
}

export function questionsOf(source: Source | null): Question[] {
  return (source?.dags ?? []).flatMap(({ dag_id, tasks }) =>
    tasks.flatMap(({ task_id, behaviour }) => {
      const hitl = behaviour?.hitl;
      return hitl ? [{ dag_id, task_id, options: hitl.options, multiple: hitl.multiple }] : [];
    }),
  );
}
