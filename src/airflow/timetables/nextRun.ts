/** The one question that the scheduler asks of a timetable: when is the next run? */
import type { Profile } from '../profile/index.ts';
import { subtractDelta } from './delta.ts';
import { attempt } from './failure.ts';
import { nextInterval, skipCron, skipDelta } from './intervalTimetables.ts';
import { manualEvent, nextContinuous, nextEvent, nextOnce } from './simpleTimetables.ts';
import { cronStepper, deltaStepper, type Stepper } from './stepper.ts';
import type { DataInterval, Restriction, RunInfo, Timetable } from './timetable.ts';
import {
  nextCronTrigger,
  nextOfSeveral,
  nextPartition,
  nextTick,
  partitionRun,
  triggerRun,
} from './triggerTimetables.ts';
import { fromLocal, zoneOf } from './zones.ts';

/** The newest automated run; for partition timetables only `runAfter` counts. */
export interface LastRun {
  readonly interval: DataInterval | null;
  readonly runAfter: number;
}

/** `failure` = class of the exception that Airflow would log; there is no run then. */
export interface NextRun {
  readonly run: RunInfo | null;
  readonly failure: string | null;
}

/** The next run after `last` at the present time `now`, or none. */
export function nextRun(
  profile: Profile,
  timetable: Timetable,
  last: LastRun | null,
  restriction: Restriction,
  now: number,
): NextRun {
  const answer = attempt(() => ask(profile, timetable, last, restriction, now));
  if ('failure' in answer) return { run: null, failure: answer.failure };
  return { run: answer.value, failure: null };
}

function ask(
  profile: Profile,
  timetable: Timetable,
  last: LastRun | null,
  restriction: Restriction,
  now: number,
): RunInfo | null {
  const interval = last?.interval ?? null;
  switch (timetable.kind) {
    case 'null':
    case 'asset_triggered':
      return null;
    case 'once':
      return nextOnce(profile, interval, restriction, now);
    case 'continuous':
      return nextContinuous(profile, interval, restriction, now);
    case 'events':
      return nextEvent(timetable.dates, interval, restriction, now);
    case 'asset_or_time':
      return ask(profile, timetable.time, last, restriction, now);
    case 'cron_partition':
      return nextPartition(timetable, profile, last?.runAfter ?? null, restriction, now);
    case 'cron_interval':
    case 'delta_interval':
      return askInterval(profile, timetable, interval, restriction, now);
    default:
      return askTrigger(profile, timetable, interval?.end ?? null, restriction, now);
  }
}

type OfKind<K extends Timetable['kind']> = Extract<Timetable, { kind: K }>;

function askInterval(
  profile: Profile,
  timetable: OfKind<'cron_interval' | 'delta_interval'>,
  last: DataInterval | null,
  restriction: Restriction,
  now: number,
): RunInfo | null {
  if (timetable.kind === 'cron_interval') {
    const stepper = cronStepper(timetable.cron, timetable.timezone);
    return nextInterval(profile, stepper, skipCron(stepper, now), last, restriction);
  }
  const stepper = deltaStepper(timetable.delta);
  const skip = skipDelta(profile, stepper, timetable.delta, now);
  return nextInterval(profile, stepper, skip, last, restriction);
}

function askTrigger(
  profile: Profile,
  timetable: OfKind<'cron_trigger' | 'delta_trigger' | 'multiple_cron'>,
  last: number | null,
  restriction: Restriction,
  now: number,
): RunInfo | null {
  if (timetable.kind === 'cron_trigger') {
    return nextCronTrigger(timetable, profile, last, restriction, now);
  }
  if (timetable.kind === 'multiple_cron') {
    const infos = timetable.members.map((member) =>
      nextCronTrigger(member, profile, last, restriction, now),
    );
    return nextOfSeveral(infos, restriction.catchup, now);
  }
  const stepper = deltaStepper(timetable.delta);
  const firstRun = (): number | null => (profile.firstRunWithoutStartDate ? now : null);
  const tick = nextTick({ profile, stepper, firstRun, last, restriction, now });
  return triggerRun(tick, timetable.interval);
}

/** Data interval of a manual run that is asked for at `at`. */
export function manualInterval(
  timetable: Timetable,
  at: number,
): { interval: DataInterval | null; failure: string | null } {
  const answer = attempt(() => inferManual(timetable, at));
  if ('failure' in answer) return { interval: null, failure: answer.failure };
  return { interval: answer.value, failure: null };
}

function inferManual(timetable: Timetable, at: number): DataInterval {
  switch (timetable.kind) {
    case 'cron_interval':
      return lastComplete(cronStepper(timetable.cron, timetable.timezone), at);
    case 'delta_interval':
      return { start: deltaStepper(timetable.delta).previous(at), end: at };
    case 'cron_trigger':
    case 'delta_trigger':
      return { start: subtractDelta(at, timetable.interval), end: at };
    case 'multiple_cron': {
      const starts = timetable.members.map((member) => subtractDelta(at, member.interval));
      return { start: Math.min(...starts), end: at };
    }
    case 'asset_or_time':
      return inferManual(timetable.time, at);
    case 'events': {
      const event = timetable.restrictToEvents ? manualEvent(timetable.dates, at) : at;
      return { start: event, end: event };
    }
    default:
      return { start: at, end: at };
  }
}

function lastComplete(stepper: Stepper, at: number): DataInterval {
  const end = stepper.alignToPrevious(at);
  return { start: stepper.previous(end), end };
}

/** All runs of a backfill range, both ends included, at most `limit`. */
export function runsBetween(
  profile: Profile,
  timetable: Timetable,
  earliest: number,
  latest: number,
  now: number,
  limit: number,
): RunInfo[] {
  if (timetable.kind === 'cron_partition') {
    const answer = attempt(() => partitionsBetween(timetable, earliest, latest, limit));
    return 'failure' in answer ? [] : answer.value;
  }
  const restriction = { earliest, latest, catchup: true };
  const runs: RunInfo[] = [];
  while (runs.length < limit) {
    const { run } = nextRun(profile, timetable, runs.at(-1) ?? null, restriction, now);
    if (run === null) break;
    runs.push(run);
  }
  return runs;
}

/** One run per tick; the bounds are read as wall-clock times of the timetable's zone. */
function partitionsBetween(
  timetable: Timetable & { kind: 'cron_partition' },
  earliest: number,
  latest: number,
  limit: number,
): RunInfo[] {
  const stepper = cronStepper(timetable.cron, timetable.timezone);
  const zone = zoneOf(timetable.timezone);
  const localized = (us: number): number => (zone ? fromLocal(zone, us) : us);
  const runs: RunInfo[] = [];
  let tick = stepper.alignToNext(localized(earliest));
  for (; tick <= localized(latest) && runs.length < limit; tick = stepper.next(tick)) {
    runs.push(partitionRun(timetable, tick, tick));
  }
  return runs;
}
