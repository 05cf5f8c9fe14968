/** A simulation whose clock somebody else moves, with no events of its own: for recorded cases. */
import { assert } from '../../base/assert.ts';
import type { Problem } from '../../base/result.ts';
import { us, type SimTime } from '../../base/time.ts';
import { Log, NO_EVENT, type SimulationContext } from '../../kernel/index.ts';

export class FrozenSim implements SimulationContext {
  readonly seed = 1;
  readonly log = new Log();
  now: SimTime = us(0);
  cause = -1;
  private readonly atOnce: (kind: number, subject: number) => void;

  /** `atOnce` handles the events that are due the moment they are made. */
  constructor(atOnce: (kind: number, subject: number) => void) {
    this.atOnce = atOnce;
  }

  /** The clock stands at `now` from here on; it may have been moved back before the start. */
  moveTo(now: number): void {
    this.now = us(now);
  }

  because(seq: number): void {
    this.cause = seq;
  }

  /** Times before the scenario's start are recorded as its start. */
  record(entity: number, what: number, reason = 0): number {
    this.cause = this.log.append(us(Math.max(0, this.now)), entity, what, reason);
    return this.cause;
  }

  after(delay: number, kind: number, subject: number): number {
    assert(delay === 0, 'nothing may be scheduled for later while the clock is frozen');
    this.atOnce(kind, subject);
    return NO_EVENT;
  }

  at(time: number, kind: number, subject: number): number {
    return this.after(time - this.now, kind, subject);
  }

  cancel(): boolean {
    return false;
  }

  pending(): boolean {
    return false;
  }

  detail(): void {}

  stop(): void {}

  broken(found: Problem): void {
    assert(false, found.code, found.params);
  }
}
