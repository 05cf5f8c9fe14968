/**
 * What cron and delta schedules have in common: stepping from moment to moment. A delta has no
 * grid of its own, so every moment is aligned to it.
 */
import { parseCron } from './cronExpression.ts';
import { alignToNext, alignToPrevious, tickAfter, tickBefore } from './cronTicks.ts';
import { addDelta, type Delta, subtractDelta } from './delta.ts';
import { TimetableFailure } from './failure.ts';
import { zoneOf } from './zones.ts';

export interface Stepper {
  readonly next: (us: number) => number;
  readonly previous: (us: number) => number;
  readonly alignToNext: (us: number) => number;
  readonly alignToPrevious: (us: number) => number;
}

export function cronStepper(text: string, timezone: string): Stepper {
  const zone = zoneOf(timezone);
  if (!zone) throw new TimetableFailure('InvalidTimezone', `no such time zone: ${timezone}`);
  const clock = { cron: parseCron(text), zone };
  return {
    next: (us) => tickAfter(clock, us),
    previous: (us) => tickBefore(clock, us),
    alignToNext: (us) => alignToNext(clock, us),
    alignToPrevious: (us) => alignToPrevious(clock, us),
  };
}

export function deltaStepper(delta: Delta): Stepper {
  return {
    next: (us) => addDelta(us, delta),
    previous: (us) => subtractDelta(us, delta),
    alignToNext: (us) => us,
    alignToPrevious: (us) => us,
  };
}
