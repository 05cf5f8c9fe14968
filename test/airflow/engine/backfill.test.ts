import { describe, expect, it } from 'vitest';
import { createBackfill, type BackfillRequest } from '../../../src/airflow/actions/backfill.ts';
import { markRun } from '../../../src/airflow/actions/mark.ts';
import type { EngineContext } from '../../../src/airflow/context.ts';
import { createEngine, type Engine } from '../../../src/airflow/engine.ts';
import { RUN_TYPE } from '../../../src/airflow/rows.ts';
import type { DagSpec, ScheduleSpec } from '../../../src/airflow/spec.ts';
import { minutes } from '../../../src/base/time.ts';
import { DAG_RUN, TI } from '../../../src/machines/index.ts';
import { NO_SCHEDULE } from '../../../src/airflow/plainSpecs.ts';
import { dagSpec, scenarioOf, taskSpec } from './specs.ts';

const MINUTE = 60_000_000;

const EVERY_MINUTE: ScheduleSpec = {
  timetable: 'CronTriggerTimetable',
  summary: '* * * * *',
  data: { expression: '* * * * *', timezone: 'UTC' },
  asset_condition: null,
  can_be_scheduled: true,
  periodic: true,
};

const TASKS = [taskSpec('a'), taskSpec('b', ['a'])];

function engineOf(dag: DagSpec): Engine {
  const made = createEngine(scenarioOf([dag], { actions: [] }));
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  return made.value;
}

/** The three minutes before the start. */
function ask(more: Partial<BackfillRequest> = {}): BackfillRequest {
  return {
    dag: 0,
    from: -3 * MINUTE,
    to: -MINUTE,
    maxActiveRuns: 2,
    reverse: false,
    reprocess: 'none',
    ...more,
  };
}

function runsOf(ctx: EngineContext): number {
  return ctx.world.dagRuns.rows;
}

describe('backfill', () => {
  it('a periodic schedule: all runs at once, queued, of type backfill', () => {
    const { ctx } = engineOf(dagSpec('d', TASKS, { schedule: EVERY_MINUTE }));
    expect(createBackfill(ctx, ask())).toBe(0);
    expect(runsOf(ctx)).toBe(3);
    expect(Array.from(ctx.world.dagRuns.state.slice(0, 3))).toEqual(Array(3).fill(DAG_RUN.queued));
    expect(ctx.world.dagRuns.run_type[0]).toBe(RUN_TYPE.backfill);
  });

  it('no periodic schedule -> refused', () => {
    const { ctx } = engineOf(dagSpec('d', TASKS, { schedule: NO_SCHEDULE }));
    expect(createBackfill(ctx, ask())).toBe(-1);
  });

  it('another one of the DAG is not complete -> refused', () => {
    const { ctx } = engineOf(dagSpec('d', TASKS, { schedule: EVERY_MINUTE }));
    createBackfill(ctx, ask());
    expect(createBackfill(ctx, ask({ from: -9 * MINUTE, to: -8 * MINUTE }))).toBe(-1);
  });

  it('depends_on_past: refused in reverse and without reprocessing, else made', () => {
    const tasks = [taskSpec('a', [], { depends_on_past: true })];
    const { ctx } = engineOf(dagSpec('d', tasks, { schedule: EVERY_MINUTE }));
    expect(createBackfill(ctx, ask())).toBe(-1);
    expect(createBackfill(ctx, ask({ reverse: true, reprocess: 'failed' }))).toBe(-1);
    expect(createBackfill(ctx, ask({ reprocess: 'failed' }))).toBe(0);
  });

  it('reprocess failed: a failed run is cleared with its successful tasks too', () => {
    const dag = dagSpec('d', TASKS, { schedule: EVERY_MINUTE, catchup: true });
    const engine = engineOf({ ...dag, start_date: '2025-01-09T23:59:00Z' });
    const { ctx } = engine;
    engine.simulation.run({ until: minutes(1) });
    const { dagRuns, taskInstances: tis } = ctx.world;
    expect([tis.state[0], tis.state[1]]).toEqual([TI.success, TI.success]);
    const end = dagRuns.end_date[0];
    markRun(ctx, 0, 'failed');
    expect([dagRuns.state[0], dagRuns.end_date[0]]).toEqual([DAG_RUN.failed, end]);
    createBackfill(ctx, ask({ reprocess: 'failed' }));
    expect([tis.state[0], tis.state[1]]).toEqual([TI.none, TI.none]);
    expect(dagRuns.state[0]).toBe(DAG_RUN.queued);
  });
});
