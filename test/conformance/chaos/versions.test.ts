/** Random scenarios whose DAG files change again and again: no assertion, no limit passed, no count wrong. */
import { expect, test } from 'vitest';
import { createEngine } from '../../../src/airflow/engine.ts';
import { validateScenario } from '../../../src/airflow/parseScenario.ts';
import type { Fault, Scenario } from '../../../src/airflow/scenario.ts';
import type { DagSpec, TaskSpec } from '../../../src/airflow/spec.ts';
import { seconds } from '../../../src/base/time.ts';
import { auditWorld } from '../../../src/conformance/chaos/audit.ts';
import { drawScenario } from '../../../src/conformance/chaos/drawScenario.ts';
import { Draws } from '../../../src/conformance/chaos/draws.ts';

const SEEDS = Number(process.env['VERSION_SEEDS'] ?? 150);
const STEP_S = 20;
const END_S = 800;

type Edit = (tasks: TaskSpec[], of: TaskSpec, draws: Draws) => TaskSpec[];

const changed =
  (more: (of: TaskSpec, draws: Draws) => Partial<TaskSpec>): Edit =>
  (tasks, of, draws) =>
    tasks.map((task) => (task === of ? { ...task, ...more(of, draws) } : task));

function isFree(task: TaskSpec): boolean {
  return task.group === null && !task.is_setup && !task.is_teardown;
}

/** Somebody's hand on a DAG file. */
const EDITS: readonly Edit[] = [
  (tasks, of) => {
    const mapsOver = (task: TaskSpec): boolean => JSON.stringify(task.expand).includes(of.task_id);
    if (!isFree(of) || tasks.some(mapsOver)) return tasks;
    const without = (ids: readonly string[]): string[] => ids.filter((id) => id !== of.task_id);
    const left = tasks.filter((task) => task !== of);
    return left.map((task) => ({ ...task, upstream_task_ids: without(task.upstream_task_ids) }));
  },
  (tasks, of, draws) => {
    if (!isFree(of) || of.is_mapped) return tasks;
    const task_id = `new_${draws.below(1_000_000)}`;
    return [...tasks, { ...of, task_id, upstream_task_ids: [of.task_id] }];
  },
  changed((_, draws) => ({
    pool: draws.pick(['default_pool', 'p2']),
    queue: draws.pick(['default', 'other']),
    priority_weight: draws.between(1, 9),
  })),
  changed((_, draws) => ({
    retries: draws.below(3),
    max_active_tis_per_dag: draws.chance(50) ? 1 : null,
    depends_on_past: draws.chance(30),
  })),
  changed((of, draws) => {
    if (!isFree(of)) return {};
    const items = { x: { kind: 'literal', length: draws.below(4) } } as const;
    const mapped = of.expand === null;
    return { is_mapped: mapped, expand: mapped ? { style: 'expand', items } : null };
  }),
  changed(({ upstream_task_ids: ids }) => ({ upstream_task_ids: ids.slice(1) })),
];

function edited(draws: Draws, dag: DagSpec): DagSpec {
  let { tasks } = dag;
  for (let left = draws.between(1, 3); left > 0 && tasks.length > 0; left--) {
    tasks = draws.pick(EDITS)(tasks, draws.pick(tasks), draws);
  }
  return { ...dag, tasks };
}

function withVersions(seed: number): Scenario {
  const scenario = drawScenario(seed);
  const draws = new Draws(seed * 7 + 3);
  const content = (): DagSpec[] => scenario.dags.map((dag) => edited(draws, dag));
  const versions = { one: content(), two: content() };
  const changes = scenario.dags.flatMap(({ dag_id }) => {
    const found: Fault[] = [];
    for (let at_s = draws.between(1, 60); at_s < 400; at_s += draws.between(20, 120)) {
      const args = { to: draws.pick(['one', 'two', 'first']) };
      found.push({ at_s, what: 'change', part: `file:${dag_id}`, args });
    }
    return found;
  });
  return {
    ...scenario,
    versions,
    faults: [...scenario.faults, ...changes],
    pools: { ...scenario.pools, p2: { slots: 2, include_deferred: false } },
    bundle: draws.chance(20) ? 'git' : 'local',
  };
}

function problemOf(scenario: Scenario): unknown {
  const valid = validateScenario(scenario);
  if (!valid.ok) return valid.error;
  const made = createEngine(scenario);
  if (!made.ok) return made.error;
  const { simulation, ctx } = made.value;
  for (let at = STEP_S; at <= END_S; at += STEP_S) {
    const end = simulation.run({ until: seconds(at) });
    if (end.reason === 'bound') return end.problem;
    const wrong = auditWorld(ctx);
    if (wrong !== null) return wrong;
  }
  return null;
}

test('files that change in mid-run -> every count and limit holds', { timeout: 600_000 }, () => {
  for (let seed = 0; seed < SEEDS; seed++) {
    expect(problemOf(withVersions(seed)), `seed ${seed}`).toBeNull();
  }
});
