/** Runs by assets: how many one loop makes, what they consume, and their interval in 2.x. */
import { describe, expect, test } from 'vitest';
import { createEngine, type Engine } from '../../../src/airflow/engine.ts';
import type { Scenario, UserAction } from '../../../src/airflow/scenario.ts';
import type { AssetCondition, DagSpec, TaskSpec } from '../../../src/airflow/spec.ts';
import { isoToMicros } from '../../../src/airflow/dates.ts';
import { seconds } from '../../../src/base/time.ts';
import { DAG_RUN } from '../../../src/machines/index.ts';
import { assetSchedule, dagSpec, scenarioOf, taskSpec } from './specs.ts';

const VERSIONS = ['3.3.2', '2.11.2'] as const;
const A = { uri: 's3://a', name: 'a' };
const B = { uri: 's3://b', name: 'b' };
const LONG: Partial<TaskSpec> = {
  behaviour: { kind: 'bash', duration_s: 50, duration_source: 'bash_sleep' },
};

function consumer(
  id: string,
  condition: AssetCondition = { asset: A },
  more: Partial<DagSpec> = {},
  task: Partial<TaskSpec> = {},
): DagSpec {
  return dagSpec(id, [taskSpec('c', [], task)], { schedule: assetSchedule(condition), ...more });
}

const event = (at_s: number, asset = 'a'): UserAction => ({ at_s, action: 'asset_event', asset });

/** The producer, so that the asset is known; nobody triggers it unless the actions say so. */
const producer = (id: string, asset: typeof A): DagSpec =>
  dagSpec(id, [taskSpec('w', [], { outlets: [{ asset }] })]);

interface Made {
  readonly engine: Engine;
  /** Virtual second of the making of each run, in order. */
  readonly times: number[];
}

function run(dags: DagSpec[], more: Partial<Scenario>, until = 120): Made {
  const times: number[] = [];
  const observer = { runCreated: () => times.push(made.ok ? made.value.ctx.sim.now : NaN) };
  const made = createEngine(scenarioOf(dags, more), { observers: [observer] });
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  made.value.simulation.run({ until: seconds(until) });
  return { engine: made.value, times };
}

describe.each(VERSIONS)('runs by assets, %s', (airflow) => {
  test('more DAGs are ready than one loop makes runs for -> the rest in the next loops', () => {
    const dags = [producer('p', A), ...['a', 'b', 'c', 'd', 'e'].map((id) => consumer(id))];
    const config = { 'scheduler.max_dagruns_to_create_per_loop': 2 };
    const { times } = run(dags, { airflow, config, actions: [event(30)] });
    const perLoop = new Map<number, number>();
    for (const at of times) perLoop.set(at, (perLoop.get(at) ?? 0) + 1);
    expect([...perLoop.values()]).toEqual([2, 2, 1]);
  });

  test('a paused DAG -> no run until somebody turns it on', () => {
    const dags = [producer('p', A), consumer('c', { asset: A }, { is_paused_upon_creation: true })];
    const actions = [event(20), { at_s: 60, action: 'unpause' as const, dag_id: 'c' }, event(80)];
    const { times } = run(dags, { airflow, actions });
    expect(times[0]).toBeGreaterThan(seconds(60));
  });

  test('events while all active runs are taken -> up to the first of them; later ones next time', () => {
    // The row in the queue keeps the time of the first event: it dates the run and ends its events.
    const dags = [producer('p', A), consumer('c', { asset: A }, { max_active_runs: 1 }, LONG)];
    const actions = [event(10), event(25), event(35), event(100)];
    const { engine, times } = run(dags, { airflow, actions }, 200);
    const { dagRuns } = engine.ctx.world;
    expect(Array.from(dagRuns.consumed_events.slice(0, dagRuns.rows))).toEqual([1, 1, 2]);
    expect(times[1]).toBeGreaterThanOrEqual(dagRuns.end_date[0]!);
    expect(Array.from(dagRuns.run_after.slice(0, 3))).toEqual([10, 25, 100].map(seconds));
  });

  test('both assets wanted: one event alone -> no run', () => {
    const dags = [
      producer('p', A),
      producer('q', B),
      consumer('c', { all: [{ asset: A }, { asset: B }] }),
    ];
    expect(run(dags, { airflow, actions: [event(10), event(20)] }).times).toEqual([]);
    expect(run(dags, { airflow, actions: [event(10), event(20, 'b')] }).times).toHaveLength(1);
  });
});

describe('2.11.2: the interval of a run by datasets', () => {
  const airflow = '2.11.2';
  const both = { all: [{ asset: A }, { asset: B }] };
  const dags = [producer('p', A), producer('q', B), consumer('c', both)];

  test('events of tasks -> from the first start to the last end of their runs', () => {
    const trigger = (dag_id: string, day: number): UserAction => ({
      at_s: 0,
      action: 'trigger',
      dag_id,
      logical_date: `2025-01-0${day}T00:00:00Z`,
      data_interval_start: `2025-01-0${day}T00:00:00Z`,
      data_interval_end: `2025-01-0${day + 1}T00:00:00Z`,
    });
    const { engine } = run(dags, { airflow, actions: [trigger('p', 5), trigger('q', 2)] });
    const { dagRuns } = engine.ctx.world;
    expect(dagRuns.rows).toBe(3);
    const day = (date: number): number => isoToMicros(`2025-01-0${date}T00:00:00Z`);
    const { origin } = engine.ctx.plan;
    expect(dagRuns.data_interval_start[2]! + origin).toBe(day(2));
    expect(dagRuns.data_interval_end[2]! + origin).toBe(day(6));
    expect(dagRuns.state[2]).toBe(DAG_RUN.success);
  });

  test('events from outside -> from the first event to the last, dated by the last', () => {
    const { engine } = run(dags, { airflow, actions: [event(10), event(40, 'b')] });
    const { dagRuns } = engine.ctx.world;
    expect(dagRuns.data_interval_start[0]).toBe(seconds(10));
    expect(dagRuns.data_interval_end[0]).toBe(seconds(40));
    expect(dagRuns.logical_date[0]).toBe(seconds(40));
  });
});
