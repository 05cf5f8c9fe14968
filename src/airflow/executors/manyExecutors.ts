/**
 * Several executors of one scheduler (semantics 6.1.2, 6.1.7), or the two halves of a 2.x hybrid
 * (6.5): they beat one after the other in the scheduler's only thread, and each task instance goes
 * to one of them.
 *
 * A list: each executor has slots of its own, and a task instance waits for those of its own. A
 * hybrid: only the first half says how many slots there are, so that a full Celery (Local) half
 * holds tasks for Kubernetes too.
 */
import type { SimTime } from '../../base/time.ts';
import type { ExecutorEvent, SchedulerExecutor } from './executor.ts';
import type { PlantExecutor } from './plantExecutor.ts';

export class ManyExecutors implements SchedulerExecutor {
  private readonly parts: readonly PlantExecutor[];
  private readonly routeOf: (ti: number) => number;
  private readonly hybrid: boolean;

  /** `routeOf`: position of the executor of a task instance. */
  constructor(parts: readonly PlantExecutor[], routeOf: (ti: number) => number, hybrid: boolean) {
    this.parts = parts;
    this.routeOf = routeOf;
    this.hybrid = hybrid;
  }

  slotsOccupied(): number {
    return this.parts.reduce((sum, part) => sum + part.slotsOccupied(), 0);
  }

  /** A list: all slots, to see whether a critical section is worth its while. */
  slotsAvailable(): number {
    const { parts, hybrid } = this;
    if (hybrid) return parts[0]!.slotsAvailable();
    return parts.reduce((sum, part) => sum + Math.max(0, part.slotsAvailable()), 0);
  }

  queueWorkload(ti: number, tryNumber: number, priorityWeight: number): void {
    this.of(ti).queueWorkload(ti, tryNumber, priorityWeight);
  }

  heartbeat(now: SimTime): number | 'crashed' {
    let held = 0;
    for (const part of this.parts) {
      const one = part.heartbeat(now);
      if (one === 'crashed') return one;
      if (one !== 'blocked') held += one;
    }
    return held;
  }

  drainEvents(take: (event: ExecutorEvent) => void): void {
    for (const part of this.parts) part.drainEvents(take);
  }

  hasTask(ti: number): boolean {
    return this.of(ti).hasTask(ti);
  }

  tryAdopt(ti: number): boolean {
    return this.of(ti).tryAdopt(ti);
  }

  fail(ti: number): void {
    this.of(ti).fail(ti);
  }

  /** The Local half of a hybrid has an empty call, which counts as done. */
  revoke(ti: number): boolean {
    return this.of(ti).revoke(ti) || this.hybrid;
  }

  crash(children: boolean): void {
    for (const part of this.parts) part.crash(children);
  }

  /** One after the other; only a LocalExecutor waits, and there is one at most. */
  end(): boolean {
    return this.parts.map((part) => part.end()).every(Boolean);
  }

  private of(ti: number): PlantExecutor {
    return this.parts[this.routeOf(ti)]!;
  }
}
