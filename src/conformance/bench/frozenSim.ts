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

  after(): number {
    assert(false, 'nothing may be scheduled while the clock is frozen');
    return NO_EVENT;
  }

  at(): number {
    return this.after();
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
