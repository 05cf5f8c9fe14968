/**
 * Trigger timetables: a run at the tick, with an interval of its own before it (specification
 * 9.4; timetables/trigger.py).
 */
import type { Profile } from '../profile/index.ts';
import { US_PER_MINUTE } from './civil.ts';
import { type Delta, subtractDelta } from './delta.ts';
import { cronStepper, type Stepper } from './stepper.ts';
import { strftime } from './strftime.ts';
import {
  type CronPartition,
  type CronTrigger,
  intervalRun,
  type Restriction,
  type RunImmediately,
  type RunInfo,
} from './timetable.ts';

/** What the next tick depends on. `last` = end of the last run, null = there was none. */
export interface TriggerQuestion {
  readonly profile: Profile;
  readonly stepper: Stepper;
  /** Moment of the first run when nothing else tells it; null = there is none. */
  readonly firstRun: () => number | null;
  readonly last: number | null;
  readonly restriction: Restriction;
  readonly now: number;
}

/** The tick of the next run, or null when there is none. */
export function nextTick(question: TriggerQuestion): number | null {
  const tick = question.restriction.catchup ? withCatchup(question) : latestTick(question);
  const { latest } = question.restriction;
  return tick === null || (latest !== null && tick > latest) ? null : tick;
}

function withCatchup({ stepper, firstRun, last, restriction }: TriggerQuestion): number | null {
  if (last !== null) return stepper.next(last);
  return restriction.earliest === null ? firstRun() : stepper.alignToNext(restriction.earliest);
}

function latestTick({ stepper, firstRun, last, restriction, now }: TriggerQuestion): number {
  const { earliest } = restriction;
  const candidates = [stepper.alignToPrevious(now)];
  if (last !== null) candidates.push(stepper.next(last));
  else if (earliest === null) candidates.push(firstRun() ?? -Infinity);
  if (earliest !== null) candidates.push(stepper.alignToNext(earliest));
  return Math.max(...candidates);
}

export function triggerRun(tick: number | null, interval: Delta): RunInfo | null {
  return tick === null ? null : intervalRun(subtractDelta(tick, interval), tick);
}

export function nextCronTrigger(
  timetable: CronTrigger,
  profile: Profile,
  last: number | null,
  restriction: Restriction,
  now: number,
): RunInfo | null {
  const stepper = cronStepper(timetable.cron, timetable.timezone);
  const firstRun = (): number | null =>
    profile.firstRunWithoutStartDate ? firstTick(stepper, timetable.runImmediately, now) : null;
  const tick = nextTick({ profile, stepper, firstRun, last, restriction, now });
  return triggerRun(tick, timetable.interval);
}

/** The newest past tick when it is young enough, else the next one. */
function firstTick(stepper: Stepper, immediately: RunImmediately, now: number): number {
  const past = stepper.alignToPrevious(now);
  const next = stepper.alignToNext(now);
  if (immediately === true) return past;
  const gap = next - past;
  const young =
    typeof immediately === 'object'
      ? immediately.us
      : Math.max(Math.round(gap / 10), 5 * US_PER_MINUTE);
  return now - past <= young ? past : next;
}

/**
 * Several crons, at most one run at a time: with catchup the earliest, without the latest past one
 * or else the earliest future one.
 */
export function nextOfSeveral(
  infos: readonly (RunInfo | null)[],
  catchup: boolean,
  now: number,
): RunInfo | null {
  const keyOf = (info: RunInfo | null): number => {
    const start = info?.interval?.start ?? null;
    if (start === null) return Infinity;
    return !catchup && start <= now ? -start : start;
  };
  let best = infos[0] ?? null;
  for (const info of infos) if (keyOf(info) < keyOf(best)) best = info;
  return best;
}

/** A run for a partition: no interval, the key in local time. `last` = run_after of the last. */
export function nextPartition(
  timetable: CronPartition,
  profile: Profile,
  last: number | null,
  restriction: Restriction,
  now: number,
): RunInfo | null {
  const stepper = cronStepper(timetable.cron, timetable.timezone);
  const firstRun = (): number => firstTick(stepper, timetable.runImmediately, now);
  const tick = nextTick({ profile, stepper, firstRun, last, restriction, now });
  if (tick === null) return null;
  return { interval: null, runAfter: tick, partition: partitionOfTick(timetable, tick) };
}

/** The partition lies `runOffset` ticks from the run. */
export function partitionOfTick(
  timetable: CronPartition,
  tick: number,
): { readonly key: string; readonly date: number } {
  const stepper = cronStepper(timetable.cron, timetable.timezone);
  const step = timetable.runOffset > 0 ? stepper.next : stepper.previous;
  let date = tick;
  for (let i = 0; i < Math.abs(timetable.runOffset); i += 1) date = step(date);
  return { key: strftime(date, timetable.timezone, timetable.keyFormat), date };
}

export function partitionRun(timetable: CronPartition, runAfter: number, date: number): RunInfo {
  const key = strftime(date, timetable.timezone, timetable.keyFormat);
  return { interval: null, runAfter, partition: { key, date } };
}
