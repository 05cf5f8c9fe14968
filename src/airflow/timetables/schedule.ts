/** What `schedule=` becomes, and what Airflow refuses when the DAG is made or checked. */
import type { Profile } from '../profile/index.ts';
import { parseCron } from './cronExpression.ts';
import { addDelta, type Delta, NO_TIME } from './delta.ts';
import { attempt } from './failure.ts';
import type { Timetable } from './timetable.ts';

/** A schedule as it is written: a text, a span, nothing. Timetable objects need no translation. */
export type WrittenSchedule =
  | { readonly kind: 'not_given' | 'none' | 'assets' }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'delta'; readonly delta: Delta };

const ONE_DAY: Delta = { us: 86_400_000_000 };

/** Timetable of a written schedule (specification 9.1). */
export function timetableOf(
  profile: Profile,
  written: WrittenSchedule,
  timezone: string,
  createCronDataIntervals: boolean,
): Timetable {
  switch (written.kind) {
    case 'none':
      return { kind: 'null' };
    case 'assets':
      return { kind: 'asset_triggered' };
    case 'not_given':
      return profile.missingScheduleIsDaily
        ? { kind: 'delta_interval', delta: ONE_DAY }
        : { kind: 'null' };
    case 'delta': {
      const isTrigger = profile.deltaScheduleFollowsCronOption && !createCronDataIntervals;
      return isTrigger
        ? { kind: 'delta_trigger', delta: written.delta, interval: NO_TIME }
        : { kind: 'delta_interval', delta: written.delta };
    }
    case 'text':
      return ofText(written.text, timezone, createCronDataIntervals);
  }
}

function ofText(text: string, timezone: string, asIntervals: boolean): Timetable {
  if (text === '@once') return { kind: 'once' };
  if (text === '@continuous') return { kind: 'continuous' };
  if (asIntervals) return { kind: 'cron_interval', cron: text, timezone };
  return { kind: 'cron_trigger', cron: text, timezone, interval: NO_TIME, runImmediately: false };
}

/** True when the scheduler can make runs of it by itself or through assets. */
export function canBeScheduled(timetable: Timetable): boolean {
  if (timetable.kind === 'asset_or_time') return canBeScheduled(timetable.time);
  return timetable.kind !== 'null';
}

/** Most runs at a time that the timetable stands, or null. */
export function activeRunsLimit(timetable: Timetable): number | null {
  if (timetable.kind === 'asset_or_time') return activeRunsLimit(timetable.time);
  return timetable.kind === 'continuous' ? 1 : null;
}

/** True when the check at parse time passes; lists of crons are not looked into. */
export function isValidTimetable(timetable: Timetable, now: number): boolean {
  switch (timetable.kind) {
    case 'cron_trigger':
    case 'cron_interval':
    case 'cron_partition':
      return !('failure' in attempt(() => parseCron(timetable.cron)));
    case 'delta_trigger':
    case 'delta_interval':
      return addDelta(now, timetable.delta) > now;
    case 'asset_or_time':
      return timetable.time.kind !== 'asset_triggered' && timetable.time.kind !== 'asset_or_time';
    default:
      return true;
  }
}
