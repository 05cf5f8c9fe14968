/** What is written straight (taskInstance/straight.ts) equals the general way, to the last column. */
import { expect, test } from 'vitest';
import { createEngine } from '../../../src/airflow/engine.ts';
import type { SimTime } from '../../../src/base/time.ts';
import type { Scenario } from '../../../src/airflow/scenario.ts';
import { mixedScenario } from '../../bench/mixedModel.ts';
import { dagSpec, scenarioOf, taskSpec } from './specs.ts';

/** Four hours: what depends on a past that has failed never ends. */
const END = (4 * 3600 * 1_000_000) as SimTime;

/** Digest of the log, and hash of the whole world; whoever observes makes all go the general way. */
function outcomeOf(scenario: Scenario, observed: boolean): string {
  const made = createEngine(scenario, { observers: observed ? [{}] : [] });
  if (!made.ok) throw new Error(made.error.map(({ code }) => code).join());
  const { simulation, done } = made.value;
  simulation.run({ until: END, stop: done });
  return `${simulation.log.length} ${simulation.log.digest()} ${simulation.hash()}`;
}

test('straight changes: 50 DAGs of all kinds -> the same log and world as the general way', () => {
  const scenario = mixedScenario(2);
  expect(outcomeOf(scenario, false)).toBe(outcomeOf(scenario, true));
});

test.each(['2.11.2', '3.3.2'] as const)(
  'straight changes: limits, deferrals, retries under %s -> as the general way',
  (airflow) => {
    const tasks = [
      taskSpec('a', [], { retries: 2, retry_delay_s: 5 }),
      taskSpec('b', ['a'], { deferrable: true }),
      taskSpec('c', ['a'], { max_active_tis_per_dag: 1 }),
      taskSpec('d', ['b', 'c'], { depends_on_past: true, pool: 'small', pool_slots: 2 }),
      taskSpec('e', ['d'], { trigger_rule: 'all_done' }),
    ];
    const dag = dagSpec('d', tasks, { max_active_tasks: 2, max_active_runs: 3 });
    const scenario = scenarioOf([dag], {
      airflow,
      executor: 'celery',
      pools: { small: { slots: 3, include_deferred: true } },
      behaviour: { by_kind: {}, rules: [{ failure_chance: 0.3 }] },
      actions: Array.from({ length: 6 }, (_, i) => ({
        at_s: i,
        action: 'trigger' as const,
        dag_id: 'd',
      })),
    });
    expect(outcomeOf(scenario, false)).toBe(outcomeOf(scenario, true));
  },
);
