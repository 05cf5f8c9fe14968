/**
 * How the cost grows: a DAG of 100 tasks run 10 to 10,000 times at once (10^3 to 10^6 task
 * instances), and a loop of the scheduler that has nothing to do for 1,000 DAGs of 100 tasks.
 */
import { createEngine, type Engine } from '../../src/airflow/engine.ts';
import type { Scenario } from '../../src/airflow/scenario.ts';
import { dagSpec, scenarioOf, taskSpec } from '../airflow/engine/specs.ts';
import { cpuOf } from './cpu.ts';
import { EVENTS_PER_TRY, triesOf } from './engineModel.ts';
import { draw, type Outcome } from './workload.ts';

const SIZED_TASKS = 100;
const SIZED_SLOTS = 16;
const IDLE_DAGS = 1000;
const IDLE_TASKS = 100;
const IDLE_SECONDS = 2000;

/**
 * So many runs of a DAG of 100 tasks, through 16 slots. Time of the run itself: compiling the DAG
 * is the same for every size.
 */
export function runOfSize(runs: number): Outcome {
  const engine = engineOf(sizedScenario(runs));
  const { cpuUs } = cpuOf(() => engine.simulation.run({ stop: () => engine.done() }));
  return { events: triesOf(engine) * EVENTS_PER_TRY, checksum: 0, cpuUs };
}

function sizedScenario(runs: number): Scenario {
  const tasks = Array.from({ length: SIZED_TASKS }, (_, i) => {
    const wanted = i === 0 ? 0 : 1 + (draw(i, 0, 20) % 3);
    const before = Array.from({ length: wanted }, (__, k) => `t${draw(i, k, 21) % i}`);
    return taskSpec(`t${i}`, [...new Set(before)], { retries: 2, retry_delay_s: 1 });
  });
  const dag = dagSpec('sized', tasks, { max_active_tasks: 1_000_000, max_active_runs: runs });
  return scenarioOf([dag], {
    executor: 'celery',
    until_s: 100_000_000,
    config: { 'core.parallelism': SIZED_SLOTS },
    fleet: {
      workers: [{ name: 'worker', count: 1, concurrency: SIZED_SLOTS, queues: null }],
      broker: 'redis',
      nodes: [],
      schedulers: 1,
      triggerers: 1,
    },
    actions: Array.from({ length: runs }, (_, i) => ({
      at_s: 0,
      action: 'trigger' as const,
      dag_id: 'sized',
      run_id: `manual__${i}`,
    })),
  });
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
