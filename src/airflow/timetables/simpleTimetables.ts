/** Timetables without a rhythm: once, continuous, listed events (specification 9.7). */
import type { Profile } from '../profile/index.ts';
import {
  type DataInterval,
  exactRun,
  intervalRun,
  type Restriction,
  type RunInfo,
} from './timetable.ts';

/** One run, at the start date or now; catchup makes no difference. */
export function nextOnce(
  profile: Profile,
  last: DataInterval | null,
  { earliest, latest }: Restriction,
  now: number,
): RunInfo | null {
  if (last !== null) return null;
  const at = earliest ?? (profile.firstRunWithoutStartDate ? now : null);
  return at === null || (latest !== null && at > latest) ? null : exactRun(at);
}

/** A run after the other: from the end of the last one until now. */
export function nextContinuous(
  profile: Profile,
  last: DataInterval | null,
  { earliest, latest }: Restriction,
  now: number,
): RunInfo | null {
  if (earliest === null && !profile.firstRunWithoutStartDate) return null;
  const begin = earliest ?? now;
  const { start, end } = continued(profile, last, begin, now);
  return latest !== null && end > latest ? null : intervalRun(start, end);
}

function continued(
  profile: Profile,
  last: DataInterval | null,
  begin: number,
  now: number,
): DataInterval {
  if (last === null) return { start: begin, end: Math.max(begin, now) };
  const isAhead = profile.continuousKeepsLength && last.end > now;
  if (isAhead) return { start: begin, end: begin + (last.end - last.start) };
  return { start: last.end, end: now };
}

/** The next listed event; without catchup none that is past. */
export function nextEvent(
  dates: readonly number[],
  last: DataInterval | null,
  { earliest, latest, catchup }: Restriction,
  now: number,
): RunInfo | null {
  const bound = !catchup && (earliest === null || now > earliest) ? now : earliest;
  const event = dates.find(
    (date) => (bound === null || date >= bound) && (last === null || date > last.end),
  );
  return event === undefined || (latest !== null && event > latest) ? null : exactRun(event);
}

/** Interval of a manual run that is bound to the events: the newest past one, else the first. */
export function manualEvent(dates: readonly number[], at: number): number {
  return dates.findLast((date) => date <= at) ?? dates[0] ?? at;
}
