/** Differences of schedules and timetables (specification 9; set `timetables`). */
import { flags } from './flag.ts';

export const TIMETABLE_FLAGS = flags({
  deltaScheduleFollowsCronOption: {
    '2.11.2': false,
    '3.3.2': true,
    why:
      'A timedelta as schedule gives a trigger timetable unless ' +
      'scheduler.create_cron_data_intervals is on; in 2.x it always gives data intervals.',
    source: 'specification 9.1',
  },
  missingScheduleIsDaily: {
    '2.11.2': true,
    '3.3.2': false,
    why: 'A DAG without schedule runs once a day in 2.x and never by itself in 3.x.',
    source: 'specification 9.1',
  },
  scheduleNeedsStartDate: {
    '2.11.2': true,
    '3.3.2': false,
    why: 'A DAG with a schedule must have a start date; in 3.x only when catchup is on.',
    source: 'timetables/af2-hand-default-once-nostart-catchup-trigger',
  },
  firstRunWithoutStartDate: {
    '2.11.2': false,
    '3.3.2': true,
    why:
      'Without start date and run the first run is found from now (run_immediately, @once now); ' +
      'in 2.x there is none with catchup.',
    source: 'timetables/af3-hand-immediately-false-0_x_x_x_x-10T120600',
  },
  intervalMovesPastLastRun: {
    '2.11.2': false,
    '3.3.2': true,
    why:
      'When the schedule was made coarser, a data interval that would begin at or before ' +
      'the last one is moved one step on.',
    source: 'timetables/af3-hand-changed-yearly-interval-catchup-01-07T0000-01-08T0000',
  },
  calendarDeltaStepsFromStart: {
    '2.11.2': false,
    '3.3.2': true,
    why:
      'Months and years without catchup are stepped from the start date; 2.x rounds seconds ' +
      'since 1970 with months of 30 days.',
    source: 'timetables/af3-hand-latest-delta-month-interval-24-01-31T0500-03-01T000000Z',
  },
  continuousKeepsLength: {
    '2.11.2': false,
    '3.3.2': true,
    why: '@continuous with a last interval that ends in the future keeps its length.',
    source: 'specification 9.7',
  },
  activeRunsLimitError: {
    '2.11.2': 'AirflowException',
    '3.3.2': 'ValueError',
    why: '@continuous with max_active_runs above 1 is refused under another name.',
    source: 'timetables/af3-hand-continuous-default-max-active-runs',
  },
  sdkEventsCannotBeStored: {
    '2.11.2': false,
    '3.3.2': true,
    why: 'EventsTimetable taken from airflow.sdk lacks a field when it is loaded again.',
    source: 'timetables/af3-hand-events-three-catchup-free-sdk',
  },
  assetTimetableName: {
    '2.11.2': 'DatasetTriggeredTimetable',
    '3.3.2': 'AssetTriggeredTimetable',
    why: 'Datasets are called assets since 3.0.',
    source: 'specification 9.10',
  },
});
