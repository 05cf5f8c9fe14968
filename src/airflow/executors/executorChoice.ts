/**
 * Which executor a task goes to: semantics 6.1.7 (several executors, `executor` of the task) and
 * 6.5 (the hybrids of 2.x, queue of the task).
 */
import { fail, ok, problem, type Problem, type Result } from '../../base/result.ts';
import type { Plan } from '../plan/index.ts';
import { EXECUTOR_CLASS } from '../executorList.ts';
import type { ExecutorName, Scenario } from '../scenario.ts';
import type { OptionReader } from './plantConfig.ts';

/** The executors of a lane, in the order in which they beat; the first is the default. */
export function executorsOf(
  scenario: Pick<Scenario, 'executor' | 'beside' | 'hybrid'>,
): ExecutorName[] {
  const { executor, beside = [], hybrid = false } = scenario;
  return hybrid ? [executor, 'kubernetes'] : [executor, ...beside];
}

/** Lists and hybrids that Airflow refuses at its start. */
export function choiceProblem(scenario: Scenario): Result<null> {
  const { airflow, executor, hybrid = false } = scenario;
  const names = executorsOf(scenario);
  const twice = names.find((name, i) => names.indexOf(name) < i);
  const second = (what: string): Result<null> =>
    fail(what, { executor: EXECUTOR_CLASS[twice ?? executor], airflow }, { field: 'beside' });
  if (
    hybrid &&
    (executor === 'sequential' || executor === 'kubernetes' || scenario.beside?.length)
  ) {
    return second('hybrid_of_what');
  }
  if (hybrid && airflow !== '2.11.2') return second('hybrid_gone');
  if (twice !== undefined) return second('executor_twice');
  return names.length > 1 && names.includes('sequential') ? second('executor_alone') : ok(null);
}

/** Tasks that ask for an executor which the lane has not: they go to the default. */
export function choiceNotices(scenario: Scenario): readonly Problem[] {
  if (scenario.hybrid === true) return allThatAsk(scenario, () => true);
  return allThatAsk(scenario, (executor) => positionOf(scenario, executor) < 0);
}

/** A notice for each task that names an executor which is so. */
function allThatAsk(scenario: Scenario, is: (executor: string) => boolean): readonly Problem[] {
  return scenario.dags.flatMap((dag) =>
    dag.tasks
      .filter(({ executor }) => executor !== null && is(executor))
      .map((task) =>
        problem('task_executor_unknown', {
          dag_id: dag.dag_id,
          task_id: task.task_id,
          executor: task.executor,
          lane: EXECUTOR_CLASS[scenario.executor],
          error: 'UnknownExecutorException',
        }),
      ),
  );
}

/** Position of the executor of each task, in the order of the plan; null when there is one. */
export function routesOf(scenario: Scenario, plan: Plan, read: OptionReader): Uint8Array | null {
  const names = executorsOf(scenario);
  if (names.length === 1) return null;
  const section = scenario.executor === 'local' ? 'local' : 'celery';
  const queue = read(`${section}_kubernetes_executor.kubernetes_queue`) ?? 'kubernetes';
  const { tasks, queueNames } = plan;
  return Uint8Array.from(tasks.executor, (executor, task) => {
    if (scenario.hybrid === true) return queueNames[tasks.queue[task]!] === queue ? 1 : 0;
    return executor === null ? 0 : Math.max(0, positionOf(scenario, executor));
  });
}

/** By alias, by class name, or by the path of the class; -1: the lane has it not. */
function positionOf(scenario: Scenario, asked: string): number {
  const named = scenario.executor_aliases?.[asked];
  return executorsOf(scenario).findIndex((name) => {
    const known = EXECUTOR_CLASS[name];
    return name === named || asked === known || asked.endsWith(`.${known}`);
  });
}
