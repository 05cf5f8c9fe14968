/**
 * Memory of machines: the user code that runs on one shares what it has. When more is wanted than
 * there is, the kernel kills the process that uses most (the newest of equal ones); a container that
 * wants more than its limit is killed at once. Off, and free of cost, unless a scenario names needs.
 */
import { group, IntSet, type Saveable } from '../../kernel/index.ts';
import { NONE, STAGE, type Workloads } from '../runner/workloads.ts';
import { IntMap } from '../world/intMap.ts';

export interface Place {
  /** Number of the machine under the workload, -1: it has enough for all. */
  machineOf(w: number): number;
  /** Megabytes of a machine. */
  memoryOf(machine: number): number;
  /** Megabytes that the container may use, Infinity without a limit. */
  limitOf(w: number): number;
  kill(w: number): void;
}

export class Memory {
  readonly state: Saveable;
  private readonly workloads: Workloads;
  private readonly place: Place;
  /** Workload -> megabytes; those whose code has ended are taken out when somebody looks. */
  private readonly used = new IntMap();
  private readonly running = new IntSet();

  constructor(workloads: Workloads, place: Place) {
    this.workloads = workloads;
    this.place = place;
    this.state = group({ used: this.used, running: this.running });
  }

  /** User code of the workload begins and wants so many megabytes. */
  begin(w: number, megabytes: number): void {
    if (megabytes <= 0) return;
    if (megabytes > this.place.limitOf(w)) return this.place.kill(w);
    this.running.add(w);
    this.used.set(w, megabytes);
    const machine = this.place.machineOf(w);
    if (machine === NONE) return;
    for (let victim = this.overrun(machine); victim !== NONE; victim = this.overrun(machine)) {
      this.running.remove(victim);
      this.used.delete(victim);
      this.place.kill(victim);
    }
  }

  /** Megabytes in use on a machine. */
  usedOn(machine: number): number {
    let sum = 0;
    this.each(machine, (_, megabytes) => (sum += megabytes));
    return sum;
  }

  /** Who must go, -1 when all have room. */
  private overrun(machine: number): number {
    const { rows } = this.workloads;
    let sum = 0;
    let victim = NONE;
    let most = 0;
    this.each(machine, (w, megabytes) => {
      sum += megabytes;
      const newer = megabytes === most && rows.since[w]! >= rows.since[victim]!;
      if (megabytes > most || newer) [victim, most] = [w, megabytes];
    });
    return sum > this.place.memoryOf(machine) ? victim : NONE;
  }

  private each(machine: number, visit: (w: number, megabytes: number) => void): void {
    const { rows } = this.workloads;
    for (let w = this.running.next(0); w >= 0; w = this.running.next(w + 1)) {
      const works = rows.ti[w] !== NONE && rows.stage[w] === STAGE.working;
      if (!works) {
        this.running.remove(w);
        this.used.delete(w);
      } else if (this.place.machineOf(w) === machine) visit(w, this.used.get(w, 0));
    }
  }
}
