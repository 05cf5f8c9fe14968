/**
 * The order of the critical section in installations that are larger than the recorded ones: among
 * all that wait, whatever is queued stands before whatever is left (semantics 5.4).
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createEngine, type Engine } from '../../../src/airflow/engine.ts';
import type { Scenario } from '../../../src/airflow/scenario.ts';
import type { DagSpec } from '../../../src/airflow/spec.ts';
import { listLiteral, mapOver } from '../../../src/conformance/chaos/expansions.ts';
import { TI } from '../../../src/machines/index.ts';
import { seconds } from '../../../src/base/time.ts';
import { dagSpec, scenarioOf, taskSpec } from './specs.ts';

const CONFIG = {
  'core.parallelism': 60,
  'scheduler.max_tis_per_query': 16,
  'scheduler.max_dagruns_per_loop_to_schedule': 1000,
  'core.default_pool_task_slot_count': 1000,
};
const POOLS = { other: { slots: 1000, include_deferred: false } };

/** One drawn task: its weight, its pool, and how many indexes it is mapped to. */
const TASK = fc.record({
  weight: fc.integer({ min: 1, max: 4 }),
  pool: fc.constantFrom('default_pool', 'other'),
  mapped: fc.integer({ min: 0, max: 3 }),
});
const DAGS = fc.array(
  fc.record({
    day: fc.integer({ min: 1, max: 9 }),
    tasks: fc.array(TASK, { minLength: 1, maxLength: 3 }),
  }),
  {
    minLength: 70,
    maxLength: 90,
  },
);

interface Drawn {
  day: number;
  tasks: { weight: number; pool: string; mapped: number }[];
}

function dagOf({ tasks }: Drawn, number: number): DagSpec {
  const specs = tasks.map(({ weight, pool, mapped }, i) => {
    const task = taskSpec(`t${i}`, [], { priority_weight: weight, weight_rule: 'absolute', pool });
    if (mapped > 0) mapOver(task, listLiteral(mapped));
    return task;
  });
  return dagSpec(`d${number}`, specs);
}

/** Keys of the order: weight down, date up, index up, then as they were made. */
function before(engine: Engine, a: number, b: number): boolean {
  const { taskInstances: tis, dagRuns } = engine.ctx.world;
  const keys = [a, b].map((ti) => {
    const run = tis.dag_run[ti]!;
    return [-tis.priority_weight[ti]!, dagRuns.logical_date[run]!, tis.map_index[ti]!, run, ti];
  });
  const differs = keys[0]!.findIndex((key, i) => key !== keys[1]![i]);
  return keys[0]![differs]! < keys[1]![differs]!;
}

test('70 to 90 DAGs, two pools, mapped tasks -> queued in order, nothing overtakes', () => {
  fc.assert(
    fc.property(DAGS, (drawn) => {
      const actions: Scenario['actions'] = drawn.map(({ day }, i) => ({
        at_s: 0,
        action: 'trigger',
        dag_id: `d${i}`,
        logical_date: `2025-01-0${day}T00:00:00Z`,
      }));
      const queued: number[] = [];
      const wrong: string[] = [];
      const scenario = scenarioOf(drawn.map(dagOf), { actions, config: CONFIG, pools: POOLS });
      const made = createEngine(scenario, { observers: [{ queued: (ti) => note(ti) }] });
      if (!made.ok) throw new Error(JSON.stringify(made.error));
      const engine = made.value;
      const note = (ti: number): void => {
        queued.push(ti);
        const { state, rows } = engine.ctx.world.taskInstances;
        for (let row = 0; row < rows; row++) {
          if (state[row] === TI.scheduled && before(engine, row, ti)) wrong.push(`${row}, ${ti}`);
        }
      };
      engine.simulation.run({ until: seconds(60) });
      const sections = engine.ctx.world.taskInstances.queued_dttm;
      queued.forEach((ti, i) => {
        const next = queued[i + 1];
        if (next === undefined || sections[next] !== sections[ti]) return;
        if (before(engine, next, ti)) wrong.push(`${next} after ${ti}`);
      });
      expect(wrong).toEqual([]);
      expect(queued.length).toBeGreaterThan(60);
    }),
    { numRuns: 5 },
  );
});
