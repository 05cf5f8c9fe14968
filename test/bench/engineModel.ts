/**
 * Workload W on the whole engine: the same DAG, runs, slots, failures and tries under an executor,
 * with scheduler loops, dependencies, pool, workers and log. Its draws are its own, so it is
 * compared by time only; an event of W is counted as seven a try.
 */
import { createEngine, type Engine } from '../../src/airflow/engine.ts';
import type { ExecutorName, Scenario } from '../../src/airflow/scenario.ts';
import { dagSpec, taskSpec } from '../airflow/engine/specs.ts';
import { checksumOf, SLOTS, TASKS, TRIES } from './workload.ts';
import type { Outcome, Results, Workload } from './workload.ts';

export const EVENTS_PER_TRY = 7;
const FAILURE_CHANCE = 0.05;

export function runOnEngine(load: Workload, executor: ExecutorName = 'celery'): Outcome {
  const made = createEngine(wScenario(load, executor));
  if (!made.ok) throw new Error(made.error.map((problem) => problem.code).join(', '));
  const { simulation, ctx } = made.value;
  const end = simulation.run({ stop: () => made.value.done() });
  const { taskInstances: tis, dagRuns } = ctx.world;
  const tries = triesOf(made.value);
  if (dagRuns.rows !== load.runs || tis.rows !== load.count || end.reason !== 'stopped') {
    throw new Error(`W did not end: ${dagRuns.rows} runs, ${tis.rows} rows, ${end.reason}`);
  }
  return { events: tries * EVENTS_PER_TRY, checksum: checksumOf(tis.rows, resultsOf(tis)) };
}

/** Tries of all task instances. */
export function triesOf(engine: Engine): number {
  const { taskInstances: tis } = engine.ctx.world;
  let tries = 0;
  for (let ti = 0; ti < tis.rows; ti++) tries += tis.try_number[ti]!;
  return tries;
}

/** The columns that the other variants sum up too, as far as the engine has them. */
function resultsOf(tis: Engine['ctx']['world']['taskInstances']): Results {
  return {
    final: (ti) => tis.state[ti]!,
    tries: tis.try_number,
    scheduled: tis.queued_dttm,
    queued: tis.queued_dttm,
    start: tis.start_date,
    end: tis.end_date,
    heartbeat: tis.end_date,
    worker: tis.queued_by_job_id,
  };
}

/** In 3.3.2, but for SequentialExecutor, which it has no more. */
function wScenario(load: Workload, executor: ExecutorName): Scenario {
  const big = load.count;
  return {
    format: 1,
    airflow: executor === 'sequential' ? '2.11.2' : '3.3.2',
    executor,
    dags: [dagSpec('w', tasksOf(load), { max_active_tasks: big, max_active_runs: load.runs })],
    start: '2026-01-01T00:00:00Z',
    until_s: 10_000_000,
    seed: 1,
    config: { 'core.parallelism': SLOTS },
    pools: { default_pool: { slots: -1, include_deferred: false } },
    fleet: {
      workers: [{ name: 'worker', count: 1, concurrency: SLOTS, queues: null }],
      broker: 'redis',
      nodes: [{ name: 'node', count: 1, pods: SLOTS, image_cached: true }],
      schedulers: 1,
      triggerers: 1,
    },
    behaviour: { by_kind: {}, rules: [{ failure_chance: FAILURE_CHANCE }] },
    actions: Array.from({ length: load.runs }, (_, i) => ({
      at_s: 0,
      action: 'trigger' as const,
      dag_id: 'w',
      run_id: `manual__${i}`,
    })),
    faults: [],
    latencies: {},
  };
}

function tasksOf(load: Workload): ReturnType<typeof taskSpec>[] {
  const upstream: string[][] = Array.from({ length: TASKS }, () => []);
  for (let task = 0; task < TASKS; task++) {
    for (let i = load.edgeStart[task]!; i < load.edgeStart[task + 1]!; i++) {
      upstream[load.edges[i]!]!.push(`t${task}`);
    }
  }
  return upstream.map((before, task) =>
    taskSpec(`t${task}`, before, {
      trigger_rule: 'all_done',
      retries: TRIES - 1,
      retry_delay_s: 1,
      behaviour: { kind: 'bash', duration_s: 5, duration_source: 'bash_sleep' },
    }),
  );
}
