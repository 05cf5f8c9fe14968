/** What can be said of a lane's plant before anything runs. */
import { all, map, fail, ok, type Problem } from '../../base/result.ts';
import { behaviourProblems } from '../behaviour/check.ts';
import { latencyProblems, resolveLatencies } from '../latencies/index.ts';
import type { Scenario } from '../scenario.ts';
import { choiceNotices, choiceProblem, executorsOf } from './executorChoice.ts';

/**
 * Problems that forbid the lane: an executor that the version does not have, a latency or a rule
 * that nobody can follow. Needs no simulation; ask it before `createPlant`.
 */
export function plantProblems(scenario: Scenario): readonly Problem[] {
  const { airflow, executor } = scenario;
  const checks = [
    executor === 'sequential' && airflow === '3.3.2'
      ? fail('executor_gone', { executor: 'SequentialExecutor', airflow, became: 'LocalExecutor' })
      : ok(null),
    choiceProblem(scenario),
    ...executorsOf(scenario).map((name) =>
      map(resolveLatencies(airflow, name, scenario.latencies), () => null),
    ),
  ];
  const found = all(checks);
  const values = [...latencyProblems(scenario.latencies), ...behaviourProblems(scenario.behaviour)];
  return [...(found.ok ? [] : found.error), ...values];
}

/** Things to tell that stop nothing: tasks that ask for an executor which the lane has not. */
export function plantNotices(scenario: Scenario): readonly Problem[] {
  return choiceNotices(scenario);
}
