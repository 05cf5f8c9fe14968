import { describe, expect, it, test } from 'vitest';
import type { ExecutorName, Scenario } from '../../src/airflow/scenario.ts';
import type { AirflowVersion } from '../../src/airflow/spec.ts';
import { startRun, type EngineRun } from '../../src/explain/engineRun.ts';
import { metricsOfRun } from '../../src/explain/metrics/ofRun.ts';
import { parsePrice } from '../../src/explain/metrics/prices.ts';
import { distributionOf } from '../../src/explain/metrics/samples.ts';
import { metricRows, metricsCsv, metricsJson } from '../../src/explain/metrics/table.ts';
import { dagSpec, scenarioOf, taskSpec } from '../airflow/engine/specs.ts';

/** Fans, a pool of two, retries, a sensor that reschedules; everything ends. */
function mixed(airflow: AirflowVersion, executor: ExecutorName): Scenario {
  const parts = Array.from({ length: 12 }, (_, i) =>
    taskSpec(`part_${i}`, ['first'], {
      pool: i < 6 ? 'two' : 'default_pool',
      retries: 1,
      retry_delay_s: 10,
    }),
  );
  const dag = dagSpec('mixed, "all"', [
    taskSpec('first'),
    ...parts,
    taskSpec(
      'last',
      parts.map(({ task_id }) => task_id),
      { trigger_rule: 'all_done' },
    ),
  ]);
  return scenarioOf([dag, dagSpec('small', [taskSpec('one')])], {
    airflow,
    executor,
    pools: { two: { slots: 2, include_deferred: false } },
    behaviour: {
      by_kind: {},
      rules: [
        { duration: { kind: 'exponential', mean_s: 8 } },
        { task_id: 'part_3', outcomes: ['failed', 'success'] },
        { task_id: 'part_8', outcomes: ['failed'] },
      ],
    },
  });
}

function runOf(scenario: Scenario): EngineRun {
  const started = startRun(scenario);
  if (!started.ok) throw new Error(JSON.stringify(started.error));
  started.value.advance();
  return started.value;
}

/** Seconds from the creation of each task instance to its end, by the tables. */
function livesOf({ engine }: EngineRun): number {
  const { taskInstances: tis, dagRuns } = engine.ctx.world;
  let all = 0;
  for (let ti = 0; ti < tis.rows; ti++) {
    all += tis.end_date[ti]! - dagRuns.queued_at[tis.dag_run[ti]!]!;
  }
  return all / 1e6;
}

const LANES: [AirflowVersion, ExecutorName][] = [
  ['3.3.2', 'local'],
  ['3.3.2', 'celery'],
  ['3.3.2', 'kubernetes'],
  ['2.11.2', 'sequential'],
  ['2.11.2', 'local'],
  ['2.11.2', 'celery'],
  ['2.11.2', 'kubernetes'],
];

describe.each(LANES)('metrics of %s %s', (airflow, executor) => {
  const run = runOf(mixed(airflow, executor));
  const metrics = metricsOfRun(run);

  test('the causes of all task instances sum up to their lives', () => {
    const all = Object.values(metrics.time_by_cause).reduce((sum, value) => sum + value, 0);
    expect(all).toBeCloseTo(livesOf(run), 3);
  });

  test('Little: how many wait on average is how often times how long', () => {
    const { wait, duration, depth, span_s } = metrics;
    expect(depth.waiting.mean * span_s).toBeCloseTo((wait?.mean ?? 0) * (wait?.count ?? 0), 4);
    expect(depth.running.mean * span_s).toBeCloseTo(
      (duration?.mean ?? 0) * (duration?.count ?? 0),
      4,
    );
  });

  test('a held slot is start-up, work, and what is kept after it', () => {
    const { slots } = metrics;
    expect(slots.held_s).toBeCloseTo(slots.start_up_s + slots.work_s + slots.kept_s, 3);
    const groups = slots.groups.reduce((sum, { held_s }) => sum + held_s, 0);
    expect(groups).toBeCloseTo(slots.held_s, 6);
    expect(slots.held_s).toBeLessThanOrEqual(slots.capacity_s + 1e-6);
    expect(slots.useful_share).toBeGreaterThan(0);
    expect(slots.useful_share).toBeLessThan(1);
  });

  test('tries, runs, landing times', () => {
    const { world } = run.engine.ctx;
    expect(metrics.runs).toEqual({ success: 2, failed: 0, open: 0 });
    expect(metrics.tries).toBe(metrics.wait?.count);
    expect(metrics.tries).toBeGreaterThanOrEqual(world.taskInstances.rows + 2);
    expect(Object.keys(metrics.landing_by_dag)).toEqual(['mixed, "all"', 'small']);
    expect((metrics.landing?.max ?? 0) <= metrics.span_s).toBe(true);
  });
});

describe('waiting by cause', () => {
  it('a pool that is full is the cause of what waits for it', () => {
    const { time_by_cause } = metricsOfRun(runOf(mixed('3.3.2', 'local')));
    expect(time_by_cause['limit.pool_wait']).toBeGreaterThan(10);
    expect(time_by_cause['retry_delay']).toBeGreaterThan(19);
  });

  it('pods without a node are unschedulable, not queued in the executor', () => {
    const base = mixed('3.3.2', 'kubernetes');
    const nodes = [{ name: 'node', count: 1, pods: 2, image_cached: true }];
    const { time_by_cause } = metricsOfRun(runOf({ ...base, fleet: { ...base.fleet, nodes } }));
    expect(time_by_cause['unschedulable']).toBeGreaterThan(30);
  });
});

describe('cost', () => {
  const base = mixed('3.3.2', 'kubernetes');

  it('hours times price, reserved whether used or not', () => {
    const metrics = metricsOfRun(runOf(base), { node: 3.6, scheduler: 36 });
    expect(metrics.cost.by_part['node']).toBeCloseTo((2 * metrics.span_s * 3.6) / 3600, 6);
    expect(metrics.cost.by_part['scheduler']).toBeCloseTo((metrics.span_s * 36) / 3600, 6);
    const parts = Object.values(metrics.cost.by_part).reduce((sum, cost) => sum + cost, 0);
    expect(metrics.cost.total).toBeCloseTo(parts, 9);
  });

  it('an autoscaled group is paid from the order to the return of each node', () => {
    const nodes = [{ name: 'node', count: 1, pods: 2, image_cached: true, min: 1, max: 4 }];
    const cluster = { autoscaler: { scale_down_after_s: 30 } };
    const run = runOf({ ...base, fleet: { ...base.fleet, nodes, cluster } });
    const { reserved, span_s } = metricsOfRun(run);
    expect(reserved.node_s).toBeGreaterThan(span_s);
    expect(reserved.node_s).toBeLessThan(4 * span_s);
  });

  it('prices: part and number, else a problem', () => {
    expect(parsePrice('node=0.34')).toEqual({ ok: true, value: ['node', 0.34] });
    expect(parsePrice('house=1').ok).toBe(false);
    expect(parsePrice('node=').ok).toBe(false);
    expect(parsePrice('node=-1').ok).toBe(false);
  });
});

describe('export', () => {
  const metrics = metricsOfRun(runOf(mixed('3.3.2', 'celery')), { worker: 1 });

  it('CSV: one row a number, names with commas and quotes survive', () => {
    const lines = metricsCsv([{ lane: 'celery@3.3.2', metrics }])
      .trimEnd()
      .split('\r\n');
    expect(lines[0]).toBe('lane,metric,of,value,unit');
    expect(lines).toHaveLength(metricRows(metrics).length + 1);
    expect(lines.some((line) => line.includes('"mixed, ""all"""'))).toBe(true);
  });

  it('JSON: the same numbers, no NaN', () => {
    const text = metricsJson([{ lane: 'celery@3.3.2', metrics }]);
    expect(JSON.parse(text)).toEqual({ lanes: [{ lane: 'celery@3.3.2', ...metrics }] });
  });
});

describe('percentiles', () => {
  it('nearest rank', () => {
    const values = Array.from({ length: 100 }, (_, i) => 100 - i);
    expect(distributionOf(values)).toEqual({
      count: 100,
      mean: 50.5,
      min: 1,
      p50: 50,
      p90: 90,
      p95: 95,
      p99: 99,
      max: 100,
    });
    expect(distributionOf([])).toBeNull();
    expect(distributionOf([7])).toMatchObject({ p50: 7, p99: 7 });
  });
});
