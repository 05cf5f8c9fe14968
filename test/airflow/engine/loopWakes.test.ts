import { describe, expect, it } from 'vitest';
import { CORE_RECORD } from '../../../src/airflow/records.ts';
import type { Scenario } from '../../../src/airflow/scenario.ts';
import { Rig } from '../faults/rig.ts';
import { dagSpec, scenarioOf, taskSpec } from './specs.ts';

const LATE = [{ at_s: 200, action: 'trigger', dag_id: 'd' } as const];

function loopsOf(more: Partial<Scenario>): number[] {
  const dag = dagSpec('d', [taskSpec('a')]);
  return new Rig(scenarioOf([dag], { actions: LATE, ...more }), 100).times('loopBegins');
}

/** Sleeps that something has cut short: gaps below the idle sleep of a second. */
function cuts(loops: readonly number[]): number {
  return loops.slice(1).filter((at, i) => at - loops[i]! < 0.99).length;
}

describe('timers of the scheduler', () => {
  it('3.3.2 without metrics: nothing wakes the idle loop each 5 s', () => {
    // Timers of 10, 15, 30 and 60 s, and the first loops.
    expect(cuts(loopsOf({}))).toBeLessThan(22);
  });

  it('2.11.2, and 3.3.2 with metrics.statsd_on: the metrics of the pools do', () => {
    const quiet = cuts(loopsOf({}));
    expect(cuts(loopsOf({ airflow: '2.11.2' }))).toBeGreaterThan(quiet);
    expect(cuts(loopsOf({ config: { 'metrics.statsd_on': true } }))).toBeGreaterThan(quiet + 10);
  });
});

describe('a shared machine', () => {
  const wide = dagSpec(
    'd',
    Array.from({ length: 16 }, (_, i) => taskSpec(`t${i}`)),
  );
  const longest = (cores: number): number => {
    const rig = new Rig(scenarioOf([wide], { latencies: { 'host.cores': cores } }), 30);
    const begins = rig.times('loopBegins');
    const ends = rig.times('loopEnds');
    return Math.max(...ends.map((end, i) => end - begins[i]!));
  };

  it('sixteen tasks start on one core: the loop of the scheduler is slow meanwhile', () => {
    expect(longest(0)).toBeLessThan(0.08);
    expect(longest(1)).toBeGreaterThan(0.2);
  });

  it('log: the scheduler works under its own names whatever the machine', () => {
    const rig = new Rig(scenarioOf([wide], { latencies: { 'host.cores': 2 } }), 30);
    expect(rig.records('loopBegins').length).toBeGreaterThan(5);
    expect(CORE_RECORD.loopEnds).toBeGreaterThan(0);
    expect(rig.runState()).toBe('success');
  });
});
