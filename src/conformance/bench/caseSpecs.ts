/** Tasks and schedules for recorded cases: what a case does not say is as that version has it. */
import { plainTask } from '../../airflow/plainSpecs.ts';
import type { AirflowVersion, AssetCondition, ScheduleSpec, TaskSpec } from '../../airflow/spec.ts';

export function bareTask(id: string, airflow: AirflowVersion): TaskSpec {
  const is2 = airflow === '2.11.2';
  return plainTask(id, {
    task_type: 'BaseOperator',
    operator_name: 'BaseOperator',
    retry_exponential_backoff: is2 ? false : 0,
    ignore_first_depends_on_past: is2,
  });
}

/** Timetables without a period: Airflow refuses to backfill them. */
const NOT_PERIODIC = [
  'NullTimetable',
  'OnceTimetable',
  'ContinuousTimetable',
  'AssetTriggeredTimetable',
];

export function schedule(
  timetable: string,
  data: Record<string, unknown>,
  assets: AssetCondition | null,
): ScheduleSpec {
  return {
    timetable,
    summary: timetable,
    data,
    asset_condition: assets,
    can_be_scheduled: timetable !== 'NullTimetable',
    periodic: !NOT_PERIODIC.includes(timetable),
  };
}
