/**
 * How the cost grows: W's DAG run 1 to 1,000 times (10^3 to 10^6 task instances), and a loop of the
 * scheduler that has nothing to do for 1,000 DAGs of 100 tasks.
 */
import { createEngine, type Engine } from '../../src/airflow/engine.ts';
import type { Scenario } from '../../src/airflow/scenario.ts';
import { dagSpec, scenarioOf, taskSpec } from '../airflow/engine/specs.ts';
import { cpuOf } from './cpu.ts';
import { EVENTS_PER_TRY, triesOf, wScenario } from './engineModel.ts';
import type { Outcome, Workload } from './workload.ts';

const IDLE_DAGS = 1000;
const IDLE_TASKS = 100;
const IDLE_SECONDS = 2000;

/** Time of the run itself: compiling the DAG's 1,000 tasks is the same for every size. */
export function runOfSize(load: Workload): Outcome {
  const engine = engineOf(wScenario(load));
  const { cpuUs } = cpuOf(() => engine.simulation.run({ stop: () => engine.done() }));
  return { events: triesOf(engine) * EVENTS_PER_TRY, checksum: 0, cpuUs };
}

/**
 * Each DAG has a run whose first task runs for days; the others wait for it. An event of the
 * outcome is one loop.
 */
export function runIdle(): Outcome {
  const engine = engineOf(idleScenario());
  const { simulation, ctx } = engine;
  simulation.run({ until: seconds(IDLE_SECONDS) });
  const before = ctx.world.counters.loops;
  const { cpuUs } = cpuOf(() => simulation.run({ until: seconds(2 * IDLE_SECONDS) }));
  return { events: ctx.world.counters.loops - before, checksum: 0, cpuUs };
}

function seconds(count: number): Engine['simulation']['now'] {
  return (count * 1_000_000) as Engine['simulation']['now'];
}

function engineOf(scenario: Scenario): Engine {
  const made = createEngine(scenario);
  if (!made.ok) throw new Error(made.error.map((problem) => problem.code).join(', '));
  return made.value;
}

function idleScenario(): Scenario {
  const tasks = Array.from({ length: IDLE_TASKS }, (_, i) =>
    taskSpec(`t${i}`, i === 0 ? [] : ['t0'], {
      behaviour: { kind: 'bash', duration_s: 1_000_000, duration_source: 'bash_sleep' },
    }),
  );
  const dags = Array.from({ length: IDLE_DAGS }, (_, d) => dagSpec(`idle_${d}`, tasks));
  return scenarioOf(dags, {
    executor: 'local',
    until_s: 10_000_000,
    config: { 'core.parallelism': 2 * IDLE_DAGS },
    pools: { default_pool: { slots: -1, include_deferred: false } },
  });
}
