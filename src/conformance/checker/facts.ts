/** What the checker knows of the DAGs beforehand, read from their specs and nothing else. */
import type { Scenario } from '../../airflow/scenario.ts';
import type { DagSpec, TaskSpec } from '../../airflow/spec.ts';

export interface TaskFacts {
  readonly spec: TaskSpec;
  readonly dag: DagFacts;
  readonly up: readonly TaskFacts[];
  readonly down: readonly TaskFacts[];
  /** Number of those that would count before it in the order: priority_weight as it takes effect. */
  readonly weight: number;
}

export interface DagFacts {
  readonly spec: DagSpec;
  readonly tasks: ReadonlyMap<string, TaskFacts>;
  /** Tasks that decide how a run ends. */
  readonly leaves: readonly TaskFacts[];
}

export function factsOf(scenario: Scenario): ReadonlyMap<string, DagFacts> {
  return new Map(scenario.dags.map((spec) => [spec.dag_id, dagFacts(spec)]));
}

interface Draft {
  spec: TaskSpec;
  dag: DagFacts;
  up: Draft[];
  down: Draft[];
  weight: number;
}

function dagFacts(spec: DagSpec): DagFacts {
  const tasks = new Map<string, Draft>();
  const leaves: Draft[] = [];
  const dag: DagFacts = { spec, tasks, leaves };
  for (const task of spec.tasks) {
    tasks.set(task.task_id, { spec: task, dag, up: [], down: [], weight: 0 });
  }
  for (const task of tasks.values()) {
    for (const id of new Set(task.spec.upstream_task_ids)) {
      const before = tasks.get(id);
      if (before === undefined) continue;
      task.up.push(before);
      before.down.push(task);
    }
  }
  for (const task of tasks.values()) task.weight = weightOf(task);
  leaves.push(...leavesOf([...tasks.values()]));
  return dag;
}

function weightOf(task: Draft): number {
  const { priority_weight: own, weight_rule: rule } = task.spec;
  if (rule !== 'downstream' && rule !== 'upstream') return own;
  const next = (at: Draft): Draft[] => (rule === 'upstream' ? at.up : at.down);
  const seen = new Set<Draft>();
  const open = [...next(task)];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (seen.has(at)) continue;
    seen.add(at);
    open.push(...next(at));
  }
  return [...seen].reduce((sum, each) => sum + each.spec.priority_weight, own);
}

/** Teardowns do not count unless they are told to; what only they follow is a leaf. */
function leavesOf(tasks: readonly Draft[]): Draft[] {
  const ignored = ({ spec }: Draft): boolean => spec.is_teardown && !spec.on_failure_fail_dagrun;
  const leaves = tasks.filter((task) => !ignored(task) && task.down.every(ignored));
  return leaves.length > 0 ? leaves : tasks.filter((task) => task.down.length === 0);
}
