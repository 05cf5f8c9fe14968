/** Set `timetables`: next runs, manual data intervals, runs of a range. */
import { profileOf, type Profile } from '../../airflow/profile/index.ts';
import {
  activeRunsLimit,
  canBeScheduled,
  formatIso,
  isValidTimetable,
  type LastRun,
  manualInterval,
  nextRun,
  parseIso,
  type Restriction,
  restrictionOf,
  type RunInfo,
  runsBetween,
  type Timetable,
} from '../../airflow/timetables/index.ts';
import type { OracleCase } from '../oracleCase.ts';
import { judge, type Verdict } from '../verdict.ts';
import { className, type GivenSchedule, isFromSdk, timetableIn } from './timetableCase.ts';

interface Given {
  op: 'next_runs' | 'manual_interval' | 'runs_between';
  schedule: GivenSchedule;
  timezone: string;
  create_cron_data_intervals: boolean;
  start_date: string | null;
  end_date: string | null;
  catchup: boolean;
  max_active_runs?: number;
  tasks?: { start_date?: string | null; end_date?: string | null }[];
  last: { data_interval_start?: string; data_interval_end?: string; run_after?: string } | null;
  now: string;
  clock: 'fixed' | 'follow';
  lag_s: number;
  steps: number;
  run_after?: string;
  earliest?: string;
  latest?: string;
}

interface Refusal {
  stage: string;
  class: string;
}

export function check(oracle: OracleCase): Verdict {
  const given = oracle.given as Given;
  const profile = profileOf(oracle.airflow);
  return judge(oracle.expect, answer(profile, given));
}

function answer(profile: Profile, given: Given): object {
  const made = timetableIn(
    profile,
    given.schedule,
    given.timezone,
    given.create_cron_data_intervals,
  );
  const error = made === null ? refusal('schedule', 'ValueError') : refused(profile, given, made);
  if (made === null || error !== null) return nothing(given, error);
  const timetable = className(profile, made);
  if (given.op === 'manual_interval') return manual(given, made, timetable);
  if (given.op === 'runs_between') return between(profile, given, made, timetable);
  return { timetable, ...follow(profile, given, made) };
}

function nothing(given: Given, error: Refusal | null): object {
  const empty = { error, timetable: null };
  return given.op === 'next_runs' ? { ...empty, runs: [], ended: true } : empty;
}

function refusal(stage: string, exception: string): Refusal {
  return { stage, class: exception };
}

/** What Airflow refuses before anything is asked, in its order. */
function refused(profile: Profile, given: Given, timetable: Timetable): Refusal | null {
  const { schedule, start_date, catchup } = given;
  const isPlain = schedule.kind === 'none' || schedule.kind === 'not_given';
  const isEmpty = isPlain || schedule.value === '';
  const needsStart = profile.scheduleNeedsStartDate
    ? !isEmpty
    : catchup && canBeScheduled(timetable);
  const limit = activeRunsLimit(timetable);
  if (needsStart && start_date === null) return refusal('dag', 'ValueError');
  if (limit !== null && limit < (given.max_active_runs ?? 16)) {
    return refusal('dag', profile.activeRunsLimitError);
  }
  if (!isValidTimetable(timetable, us(given.now))) {
    return refusal('validate', 'AirflowTimetableInvalid');
  }
  const unstorable = profile.sdkEventsCannotBeStored && isFromSdk(schedule);
  return unstorable ? refusal('serialize', 'SerializationError') : null;
}

function us(text: string): number {
  return parseIso(text) ?? 0;
}

function orNull(text: string | null | undefined): number | null {
  return text ? us(text) : null;
}

function restriction(given: Given): Restriction {
  const dag = { start: orNull(given.start_date), end: orNull(given.end_date) };
  const tasks = (given.tasks ?? [{}]).map((task) => ({
    start: orNull(task.start_date),
    end: orNull(task.end_date),
  }));
  return restrictionOf(dag, tasks, given.catchup);
}

function lastRun(given: Given): LastRun | null {
  const { last } = given;
  if (last === null || last === undefined) return null;
  const { data_interval_start: start, data_interval_end: end, run_after: after } = last;
  if (start === undefined || end === undefined)
    return { interval: null, runAfter: us(after ?? '') };
  return { interval: { start: us(start), end: us(end) }, runAfter: us(after ?? end) };
}

/** Asks again and again, the clock standing still or following the answers. */
function follow(profile: Profile, given: Given, timetable: Timetable): object {
  const runs: object[] = [];
  let last = lastRun(given);
  let now = us(given.now);
  for (let step = 0; step < given.steps; step += 1) {
    const { run, failure } = nextRun(profile, timetable, last, restriction(given), now);
    if (run === null) {
      const error = failure === null ? null : refusal('next', failure);
      return { runs, ended: true, error };
    }
    runs.push(shown(run));
    last = run;
    if (given.clock === 'follow') now = Math.max(now, run.runAfter + Math.round(given.lag_s * 1e6));
  }
  return { runs, ended: false, error: null };
}

function shown(run: RunInfo): object {
  const text = (at: number | undefined): string | null => (at === undefined ? null : formatIso(at));
  const plain = {
    data_interval_start: text(run.interval?.start),
    data_interval_end: text(run.interval?.end),
    logical_date: text(run.interval?.start),
    run_after: formatIso(run.runAfter),
  };
  if (run.partition === null) return plain;
  const { key, date } = run.partition;
  return { ...plain, partition_key: key, partition_date: formatIso(date) };
}

function manual(given: Given, timetable: Timetable, name: string): object {
  const { interval, failure } = manualInterval(timetable, us(given.run_after ?? ''));
  if (interval === null) return { error: refusal('manual', failure ?? ''), timetable: name };
  const data_interval = { start: formatIso(interval.start), end: formatIso(interval.end) };
  return { data_interval, error: null, timetable: name };
}

function between(profile: Profile, given: Given, timetable: Timetable, name: string): object {
  const [from, to] = [us(given.earliest ?? ''), us(given.latest ?? '')];
  const runs = runsBetween(profile, timetable, from, to, us(given.now), given.steps);
  return { error: null, runs: runs.map(shown), timetable: name };
}
