/**
 * Cron ticks as instants: searched on the wall clock of the zone, then converted, as Airflow does
 * (timetables/_cron.py; specification 9.8). All times are microseconds since the epoch.
 */
import type { Cron } from './cronExpression.ts';
import { cronAfter, cronBefore } from './cronSearch.ts';
import { fromLocal, toLocal, type Zone } from './zones.ts';

export interface CronClock {
  readonly cron: Cron;
  readonly zone: Zone;
}

/** First tick after `us`. Hourly schedules step by elapsed time, so that both hours get a run. */
export function tickAfter({ cron, zone }: CronClock, us: number): number {
  const local = toLocal(zone, us);
  const next = cronAfter(cron, local);
  return cron.everyHour ? us + (next - local) : fromLocal(zone, next);
}

/** Last tick before `us`. */
export function tickBefore({ cron, zone }: CronClock, us: number): number {
  const local = toLocal(zone, us);
  const previous = cronBefore(cron, local);
  return cron.everyHour ? us - (local - previous) : fromLocal(zone, previous);
}

/** `us` when it is a tick, else the next one. */
export function alignToNext(clock: CronClock, us: number): number {
  const next = tickAfter(clock, us);
  return tickBefore(clock, next) === us ? us : next;
}

/** `us` when it is a tick, else the one before. */
export function alignToPrevious(clock: CronClock, us: number): number {
  const previous = tickBefore(clock, us);
  return tickAfter(clock, previous) === us ? us : previous;
}
