import { describe, expect, it } from 'vitest';
import { createEngine } from '../../../src/airflow/engine.ts';
import type { UserAction } from '../../../src/airflow/scenario.ts';
import type { ScheduleSpec, TaskSpec } from '../../../src/airflow/spec.ts';
import { seconds } from '../../../src/base/time.ts';
import { taskInstance } from '../../../src/machines/index.ts';
import { dagSpec, scenarioOf, taskSpec } from './specs.ts';

const daily = (timetable: string): ScheduleSpec => ({
  timetable,
  summary: '0 0 * * *',
  data: { expression: '0 0 * * *', timezone: 'UTC' },
  asset_condition: null,
  can_be_scheduled: true,
  periodic: true,
});

const LATEST: Partial<TaskSpec> = {
  task_type: 'LatestOnlyOperator',
  can_skip_downstream: true,
  behaviour: { kind: 'latest_only', duration_s: 0, duration_source: null },
};

/** Ends of the task behind LatestOnly, by run. */
function endsOf(
  airflow: '3.3.2' | '2.11.2',
  timetable: string,
  actions: UserAction[] = [],
): string[] {
  const tasks = [taskSpec('latest', [], LATEST), taskSpec('t', ['latest'])];
  const dag = dagSpec('d', tasks, {
    schedule: daily(timetable),
    start_date: '2025-01-08T00:00:00Z',
    catchup: true,
  });
  const start = '2025-01-10T12:00:00Z';
  const made = createEngine(scenarioOf([dag], { airflow, start, actions }));
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  made.value.simulation.run({ until: seconds(120), events: Infinity });
  const { taskInstances: tis } = made.value.ctx.world;
  return Array.from(
    { length: tis.rows / 2 },
    (_, i) => taskInstance.states[tis.state[2 * i + 1]!]!,
  );
}

describe('LatestOnlyOperator in runs that catch up', () => {
  it('3.3.2: only the run of the newest tick goes on', () => {
    expect(endsOf('3.3.2', 'CronTriggerTimetable')).toEqual(['skipped', 'skipped', 'success']);
  });

  it('2.11.2: data intervals: only the last complete one; triggers: the window is empty', () => {
    expect(endsOf('2.11.2', 'CronDataIntervalTimetable')).toEqual(['skipped', 'success']);
    expect(endsOf('2.11.2', 'CronTriggerTimetable')).toEqual(['skipped', 'skipped', 'skipped']);
  });

  it('a manual run of an old date goes on', () => {
    const trigger: UserAction = {
      at_s: 60,
      action: 'trigger',
      dag_id: 'd',
      run_id: 'old',
      logical_date: '2025-01-08T06:00:00Z',
    };
    expect(endsOf('3.3.2', 'CronTriggerTimetable', [trigger]).at(-1)).toBe('success');
  });
});
