/** Differences of the scheduler, the runs and the user actions (specification 0.2, 5, 9, 14). */
import { flags } from './flag.ts';

const JOB = 'jobs/scheduler_job_runner.py';

export const SCHEDULER_FLAGS = flags({
  maxActiveTasksPerRun: {
    '2.11.2': false,
    '3.3.2': true,
    why: 'max_active_tasks counts queued and running task instances of one run; 2.x of the whole DAG.',
    source: 'scheduler/max-active-tasks-two-runs',
  },
  mismatchOnlyQueued: {
    '2.11.2': true,
    '3.3.2': false,
    why: 'An end that the executor reports of a running task instance means nothing to 2.x.',
    source: 'semantics 6.1.4',
  },
  versionsAreRows: {
    '2.11.2': false,
    '3.3.2': true,
    why: 'A run has seen a version when one of its rows bears it (dag_version_id); 2.x compares a hash.',
    source: 'dag-versions',
  },
  queryWindowPerRun: {
    '2.11.2': false,
    '3.3.2': true,
    why: 'The query of the critical section takes of each run only the first max_active_tasks rows.',
    source: JOB,
  },
  queryLeavesOutFullRuns: {
    '2.11.2': false,
    '3.3.2': true,
    why: 'The query reads no rows of a run at max_active_tasks; in 2.x such rows fill the batch.',
    source: JOB,
  },
  clearKeepsEnd: {
    '2.11.2': false,
    '3.3.2': true,
    why: 'A cleared try that has an end already keeps it; 2.x writes the present time over it.',
    source: 'models/taskinstancehistory.py',
  },
  taskLimitsCountParked: {
    '2.11.2': false,
    '3.3.2': true,
    why: 'The two limits per task count deferred and awaiting_input task instances too.',
    source: 'semantics 5.4',
  },
  retryKeepsReschedules: {
    '2.11.2': true,
    '3.3.2': false,
    why: 'A retry deletes the reschedule rows of the try before; in 2.x only a clear does.',
    source: 'semantics 1.2, 8.3',
  },
  anyTaskWaitsForReschedule: {
    '2.11.2': false,
    '3.3.2': true,
    why: 'Every task in up_for_reschedule waits for its date; in 2.x only sensors in that mode do.',
    source: 'scheduler/reschedule-date-passed',
  },
  startResetsDateOnReschedule: {
    '2.11.2': false,
    '3.3.2': true,
    why: 'Each poke of a rescheduled sensor sets start_date anew; 2.x keeps that of the first.',
    source: 'semantics 8.3',
  },
  markRunSuccessSkips: {
    '2.11.2': false,
    '3.3.2': true,
    why: 'A run marked success skips what has not started and keeps ends; 2.x makes all a success.',
    source: 'scheduler/mark-run-success-while-running',
  },
  clearByRelatives: {
    '2.11.2': false,
    '3.3.2': true,
    why: 'The API adds setups and teardowns only with upstream or downstream; 2.x always does.',
    source: 'api_fastapi/core_api/routes/public/task_instances.py',
  },
  revisedStaysReady: {
    '2.11.2': true,
    '3.3.2': false,
    why: 'The index for which a mapping is found too long stays ready though it lies beyond it.',
    source: 'runs/hand/clear/mapped-source-becomes-empty',
  },
  markRepairsRuns: {
    '2.11.2': true,
    '3.3.2': false,
    why: 'A mark first compares the rows of the run with the DAG and repairs them.',
    source: 'runs/random-2109-01761',
  },
  markRefusesSameState: {
    '2.11.2': false,
    '3.3.2': true,
    why: 'Marking what has the state already is refused, so nothing downstream is cleared.',
    source: 'runs/random-2009-00113',
  },
  markLeavesTeardowns: {
    '2.11.2': false,
    '3.3.2': true,
    why: 'Marking with downstream leaves teardowns out.',
    source: 'api/common/mark_tasks.py',
  },
  clearRunAlwaysCounts: {
    '2.11.2': false,
    '3.3.2': true,
    why: 'A clear raises clear_number and sets queued_at of a run that is not finished, too.',
    source: 'semantics 14.1',
  },
  runsWithoutLogicalDate: {
    '2.11.2': false,
    '3.3.2': true,
    why: 'Asset runs and runs triggered without a date have no logical date.',
    source: 'semantics 0.2',
  },
  hasRunAfter: {
    '2.11.2': false,
    '3.3.2': true,
    why: 'Runs wait for run_after; 2.x has no such column and compares the execution date.',
    source: 'semantics 2.1',
  },
  datesNullWhenFull: {
    '2.11.2': true,
    '3.3.2': false,
    why: 'A DAG at max_active_runs loses its next_dagrun_create_after; 3.x sets a flag beside it.',
    source: 'semantics 5.2',
  },
  branchOverwritesAnyState: {
    '2.11.2': true,
    '3.3.2': false,
    why: 'A branch skips rows in any state; 3.x leaves running, success and failed alone.',
    source: 'semantics 10.1',
  },
  branchPushesReturnValue: {
    '2.11.2': true,
    '3.3.2': false,
    why: 'A branch or short circuit that skips something pushes no return value.',
    source: 'runs/hand/branch-join/all_success',
  },
  branchSkipsOwnIndex: {
    '2.11.2': true,
    '3.3.2': false,
    why: 'A mapped branch skips rows of its own index at once; in 3.x they are skipped when looked at.',
    source: 'models/skipmixin.py',
  },
  shortCircuitSkipsMapped: {
    '2.11.2': true,
    '3.3.2': false,
    why: 'A short circuit skips all map indexes; 3.x names rows with index -1 only.',
    source: 'semantics 10.1',
  },
  skipDecisionByOwnIndex: {
    '2.11.2': true,
    '3.3.2': false,
    why: 'A decision of a branch is looked up under the index of the task that asks.',
    source: 'semantics 10.5',
  },
  workerChecksDependencies: {
    '2.11.2': true,
    '3.3.2': false,
    why: 'A worker checks dependencies and slots again before it starts; 3.x asks for the state only.',
    source: 'semantics 1.2, 4.3',
  },
  processorEndsZombies: {
    '2.11.2': true,
    '3.3.2': false,
    why: 'A task instance without heartbeat is ended by the DAG processor; in 3.x by its executor event.',
    source: 'scheduler/heartbeat-lost-exact',
  },
  assetFloorIsFirstReference: {
    '2.11.2': false,
    '3.3.2': true,
    why: 'The first asset run without catchup consumes no events from before the DAG had the asset.',
    source: 'semantics 9.10',
  },
} as const);
