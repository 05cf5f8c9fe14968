/**
 * What must hold between the fields of DagSpecs before they can be compiled: ids are unique, edges
 * lead somewhere, nothing runs in a circle, names are known to the version. The shape itself (types
 * of fields) is the reader's business. Problems name their field: `dags[0].tasks[3].trigger_rule`
 * (`list` is the name of the list).
 * Timetables and weight rules of one's own are no problem: such a DAG runs when it is triggered,
 * such a task has its own weight.
 */
import { problem, type Problem } from '../base/result.ts';
import type { Profile } from './profile/index.ts';
import { triggerRuleCode } from './rules/index.ts';
import type { DagSpec, ExpandValue, TaskSpec } from './spec.ts';
import { parseIso } from './timetables/index.ts';

export function checkSpecs(dags: readonly DagSpec[], profile: Profile, list = 'dags'): Problem[] {
  const twice = repeated(dags.map((dag) => dag.dag_id));
  return [
    ...twice.map((i) =>
      problem('dag_id_twice', { dag_id: dags[i]!.dag_id }, at(`${list}[${i}].dag_id`)),
    ),
    ...dags.flatMap((dag, i) => checkDag(dag, `${list}[${i}]`, profile)),
  ];
}

function checkDag(dag: DagSpec, path: string, profile: Profile): Problem[] {
  const ids = new Set(dag.tasks.map((task) => task.task_id));
  const groups = new Set(dag.groups.map((group) => group.group_id));
  const twice = repeated(dag.tasks.map((task) => task.task_id));
  const problems = twice.map((i) => {
    const field = `${path}.tasks[${i}].task_id`;
    return problem('task_id_twice', { task_id: dag.tasks[i]!.task_id }, at(field));
  });
  checkDates(dag, (code, field, params) => {
    problems.push(problem(code, params, at(`${path}.${field}`)));
  });
  problems.push(...checkCounts(dag, path));
  dag.tasks.forEach((task, i) => {
    const add: AddProblem = (code, field, params) => {
      problems.push(problem(code, params, at(`${path}.tasks[${i}].${field}`)));
    };
    checkTask(task, add, ids, groups, profile);
  });
  dag.groups.forEach((group, i) => {
    if (group.parent === null || groups.has(group.parent)) return;
    const params = { group: group.group_id, parent: group.parent };
    problems.push(problem('group_unknown', params, at(`${path}.groups[${i}].parent`)));
  });
  if (problems.length > 0) return problems;
  const circle = findCircle(dag.tasks);
  return circle === null ? [] : [problem('dag_cycle', { tasks: circle }, at(`${path}.tasks`))];
}

/** `field` of the task or DAG at hand. */
type AddProblem = (code: string, field: string, params: Record<string, string | number>) => void;

function checkTask(
  task: TaskSpec,
  add: AddProblem,
  ids: ReadonlySet<string>,
  groups: ReadonlySet<string>,
  profile: Profile,
): void {
  for (const id of task.upstream_task_ids) {
    if (!ids.has(id)) add('task_unknown', 'upstream_task_ids', { task_id: id });
  }
  for (const id of sourcesNamed(task)) {
    if (!ids.has(id)) add('task_unknown', 'expand', { task_id: id });
  }
  if (task.group !== null && !groups.has(task.group)) {
    add('group_unknown', 'group', { group: task.group });
  }
  if (triggerRuleCode(profile, task.trigger_rule) < 0) {
    add('trigger_rule_unknown', 'trigger_rule', { rule: task.trigger_rule });
  }
  if (task.behaviour?.hitl && profile.version === '2.11.2') {
    add('operator_not_in_version', 'behaviour', { task_id: task.task_id, airflow: '2.11.2' });
  }
  if (!(task.pool_slots >= 1)) add('pool_slots_low', 'pool_slots', { value: task.pool_slots });
  if (!(task.retries >= 0)) add('number_negative', 'retries', { value: task.retries });
  if (!(task.retry_delay_s >= 0)) {
    add('number_negative', 'retry_delay_s', { value: task.retry_delay_s });
  }
  checkDates(task, add);
}

/** Task ids that an expansion takes its list from. */
function sourcesNamed(task: TaskSpec): string[] {
  if (task.expand === null) return [];
  const values = Object.values(task.expand.items ?? {});
  if (task.expand.value) values.push(task.expand.value);
  return values.flatMap((value: ExpandValue) => (value.ref ? namedIn(value.ref) : []));
}

function namedIn(ref: unknown): string[] {
  if (Array.isArray(ref)) return ref.flatMap(namedIn);
  if (typeof ref !== 'object' || ref === null) return [];
  const fields = ref as Record<string, unknown>;
  const xcom = fields['xcom'] as Record<string, unknown> | undefined;
  if (xcom && typeof xcom['task_id'] === 'string') return [xcom['task_id']];
  return Object.values(fields).flatMap(namedIn);
}

function checkDates(
  of: { start_date: string | null; end_date: string | null },
  add: AddProblem,
): void {
  for (const field of ['start_date', 'end_date'] as const) {
    const text = of[field];
    if (text !== null && parseIso(text) === null) add('date_not_iso', field, { text });
  }
}

function checkCounts(dag: DagSpec, path: string): Problem[] {
  return (['max_active_runs', 'max_active_tasks'] as const).flatMap((field) => {
    const value = dag[field];
    if (Number.isInteger(value) && value >= 0) return [];
    return [problem('number_negative', { value }, at(`${path}.${field}`))];
  });
}

/** Task ids of one circle in order, or null. */
function findCircle(tasks: readonly TaskSpec[]): string[] | null {
  const upstream = new Map(tasks.map((task) => [task.task_id, task.upstream_task_ids]));
  const left = new Map(tasks.map((task) => [task.task_id, task.upstream_task_ids.length]));
  const down = new Map<string, string[]>(tasks.map((task) => [task.task_id, []]));
  for (const task of tasks)
    for (const id of task.upstream_task_ids) down.get(id)!.push(task.task_id);
  const free = tasks.filter((task) => task.upstream_task_ids.length === 0).map((t) => t.task_id);
  for (let id = free.pop(); id !== undefined; id = free.pop()) {
    left.delete(id);
    for (const next of down.get(id)!) {
      const rest = left.get(next)! - 1;
      left.set(next, rest);
      if (rest === 0) free.push(next);
    }
  }
  const start = left.keys().next().value;
  if (start === undefined) return null;
  const path: string[] = [];
  for (let id = start; !path.includes(id);) {
    path.push(id);
    id = upstream.get(id)!.find((each) => left.has(each))!;
  }
  return path.reverse();
}

/** Places of ids that stood before. */
function repeated(ids: readonly string[]): number[] {
  const seen = new Set<string>();
  return ids.flatMap((id, i) => {
    if (!seen.has(id)) {
      seen.add(id);
      return [];
    }
    return [i];
  });
}

function at(field: string): { field: string } {
  return { field };
}
