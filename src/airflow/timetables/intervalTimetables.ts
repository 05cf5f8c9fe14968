/**
 * Data-interval timetables: a run at the end of the interval that it stands for (specification
 * 9.5; timetables/interval.py).
 */
import type { Profile } from '../profile/index.ts';
import { US_PER_SECOND } from './civil.ts';
import { type Delta, isCalendar, roughSeconds } from './delta.ts';
import { TimetableFailure } from './failure.ts';
import type { Stepper } from './stepper.ts';
import { type DataInterval, intervalRun, type Restriction, type RunInfo } from './timetable.ts';

/** Earliest start of an interval without catchup: the last complete one, or a later bound. */
export type SkipToLatest = (earliest: number | null) => number;

export function nextInterval(
  profile: Profile,
  stepper: Stepper,
  skipToLatest: SkipToLatest,
  last: DataInterval | null,
  restriction: Restriction,
): RunInfo | null {
  const { latest } = restriction;
  const earliest = boundOf(stepper, skipToLatest, restriction);
  const start = last === null ? earliest : startAfter(profile, stepper, last, earliest);
  if (start === null || (latest !== null && start > latest)) return null;
  return intervalRun(start, stepper.next(start));
}

function boundOf(
  stepper: Stepper,
  skipToLatest: SkipToLatest,
  { earliest, catchup }: Restriction,
): number | null {
  if (!catchup) return skipToLatest(earliest);
  return earliest === null ? null : stepper.alignToNext(earliest);
}

function startAfter(
  profile: Profile,
  stepper: Stepper,
  last: DataInterval,
  earliest: number | null,
): number {
  const aligned = stepper.alignToPrevious(last.end);
  const start = earliest === null ? aligned : Math.max(aligned, earliest);
  if (!profile.intervalMovesPastLastRun || start > last.start) return start;
  const later = stepper.next(start);
  if (later > last.start) return later;
  throw new TimetableFailure('ValueError', 'the timetable does not advance');
}

/** Cron: an interval that begins right now is already the latest. */
export function skipCron(stepper: Stepper, now: number): SkipToLatest {
  return (earliest) => {
    const before = stepper.previous(now);
    const after = stepper.next(before);
    if (after < now) throw new TimetableFailure('AssertionError', 'the clocks were changed here');
    const latest = after === now ? before : stepper.previous(before);
    return earliest === null ? latest : Math.max(latest, stepper.alignToNext(earliest));
  };
}

/** Delta: rounded down from now, on a grid that begins in 1970. */
export function skipDelta(
  profile: Profile,
  stepper: Stepper,
  delta: Delta,
  now: number,
): SkipToLatest {
  return (earliest) => {
    const steps = profile.calendarDeltaStepsFromStart && isCalendar(delta);
    const rounded = steps ? lastStep(stepper, earliest ?? now, now) : roundDown(now, delta);
    const latest = stepper.previous(rounded);
    return earliest === null ? latest : Math.max(latest, earliest);
  };
}

/** The last of the moments anchor, anchor + delta, ... that is not after `now`. */
function lastStep(stepper: Stepper, anchor: number, now: number): number {
  let at = anchor;
  for (let next = stepper.next(at); next <= now; next = stepper.next(at)) {
    if (next <= at) throw new TimetableFailure('ValueError', 'the delta does not advance');
    at = next;
  }
  return at;
}

function roundDown(now: number, delta: Delta): number {
  const size = roughSeconds(delta);
  if (size === 0) throw new TimetableFailure('ZeroDivisionError', 'a delta without length');
  const seconds = now / US_PER_SECOND;
  const rest = seconds % size;
  const rounded = seconds - (rest < 0 ? rest + size : rest);
  return Math.round(rounded * US_PER_SECOND);
}
