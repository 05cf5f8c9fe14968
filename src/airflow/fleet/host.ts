/**
 * A machine whose cores are shared as Linux does it: first among groups of processes (a session, a
 * container: sched_autogroup, cgroups), then among the jobs of each group. A job can use one core at
 * most; what a group cannot use goes to the others. Recorded: two starts on one worker are through
 * before four on another that began with them (executor-runs, Celery with workers of 4, 2 and 2).
 *
 * `served` of a group is the processor time that each of its jobs has got since the start, so a job
 * that needs `w` more ends when `served` has risen by `w`: jobs of a group end in the order of the
 * sums, and one event, for the next one of all groups, is enough. With cores = 0 the machine is not
 * modelled: a job takes its own time.
 */
import { group, makeTable, NO_EVENT, OrderedSet, scalars } from '../../kernel/index.ts';
import type { Saveable, SimulationContext } from '../../kernel/index.ts';

/** Sums of processor time that differ by less are equal: rounding of divisions. */
const CLOSE = 0.5;

export interface HostGroups {
  readonly count: number;
  /** A group whose jobs are groups of their own each (pods), -1: none. */
  readonly apart: number;
}

export class Host {
  readonly state: Saveable;
  private readonly cores: number;
  private readonly context: SimulationContext;
  private readonly tickKind: number;
  private readonly number: number;
  private readonly apart: number;
  private readonly jobs = makeTable('host_job', {
    kind: 'u8',
    group: 'i32',
    subject: 'i32',
    cause: 'i32',
    ends: 'f64',
  });
  /** Per group: what each job has got, and microseconds of it in one microsecond. */
  private readonly groups = makeTable('host_group', { served: 'f64', rate: 'f64' });
  private readonly orders: readonly OrderedSet[];
  private readonly clock = { at: 0, tick: NO_EVENT as number };

  /** `tickKind`: the event that must be given back to `tick`; `number`: its subject. */
  constructor(
    context: SimulationContext,
    cores: number,
    tickKind: number,
    number = 0,
    { count, apart }: HostGroups = { count: 1, apart: -1 },
  ) {
    this.context = context;
    this.cores = cores;
    this.tickKind = tickKind;
    this.number = number;
    this.apart = apart;
    this.groups.addRows(count);
    this.orders = Array.from({ length: count }, () => new OrderedSet());
    this.state = group({
      jobs: this.jobs,
      groups: this.groups,
      clock: scalars(this.clock),
      ...Object.fromEntries(this.orders.map((order, i) => [`order${i}`, order])),
    });
  }

  /** Starts a job and returns its number; `tick` hands it back when it has had its time. */
  start(work: number, kind: number, subject: number, of = 0): number {
    this.advance();
    const row = this.jobs.addRow();
    this.jobs.kind[row] = kind;
    this.jobs.group[row] = of;
    this.jobs.subject[row] = subject;
    this.jobs.cause[row] = this.context.cause;
    this.jobs.ends[row] = this.groups.served[of]! + work;
    this.orders[of]!.add(row, this.jobs.ends[row]!);
    this.arm();
    return row;
  }

  /** Microseconds of processor time that a job still needs. */
  left(row: number): number {
    this.advance();
    return Math.max(0, this.jobs.ends[row]! - this.groups.served[this.jobs.group[row]!]!);
  }

  /** Takes a job away before its end. */
  cancel(row: number): void {
    this.advance();
    if (!this.orders[this.jobs.group[row]!]!.remove(row)) return;
    this.jobs.freeRow(row);
    this.arm();
  }

  /** The event: ends every job that has had its time. */
  tick(done: (kind: number, subject: number) => void): void {
    this.advance();
    for (let of = 0; of < this.orders.length; of++) this.endJobs(of, done);
    this.arm();
  }

  private endJobs(of: number, done: (kind: number, subject: number) => void): void {
    const { jobs, groups } = this;
    const order = this.orders[of]!;
    for (;;) {
      const row = order.first();
      if (row < 0 || jobs.ends[row]! > groups.served[of]! + CLOSE) return;
      order.remove(row);
      const kind = jobs.kind[row]!;
      const subject = jobs.subject[row]!;
      this.context.because(jobs.cause[row]!);
      jobs.freeRow(row);
      done(kind, subject);
    }
  }

  private advance(): void {
    const { clock, groups, orders } = this;
    const passed = this.context.now - clock.at;
    clock.at = this.context.now;
    if (passed === 0) return;
    for (let of = 0; of < orders.length; of++) {
      if (orders[of]!.size > 0) groups.served[of]! += passed * groups.rate[of]!;
    }
  }

  /** Rates from now on, and the event for the job that ends next. */
  private arm(): void {
    const { clock, context, groups, orders } = this;
    this.share();
    context.cancel(clock.tick);
    let soonest = Infinity;
    for (let of = 0; of < orders.length; of++) {
      const row = orders[of]!.first();
      if (row < 0) continue;
      const left = Math.max(0, this.jobs.ends[row]! - groups.served[of]!);
      soonest = Math.min(soonest, Math.ceil(left / groups.rate[of]!));
    }
    clock.tick =
      soonest === Infinity ? NO_EVENT : context.after(soonest, this.tickKind, this.number);
  }

  /** Groups that need less than their share get what they need, the rest share what is left. */
  private share(): void {
    const { groups, orders } = this;
    let cores = this.cores;
    let weights = 0;
    for (let of = 0; of < orders.length; of++) {
      groups.rate[of] = 0;
      weights += this.weight(of);
    }
    for (let more = true; more;) {
      more = false;
      for (let of = 0; of < orders.length; of++) {
        const { size } = orders[of]!;
        if (size === 0 || groups.rate[of] === 1) continue;
        if (size * weights > cores * this.weight(of)) continue;
        groups.rate[of] = 1;
        cores -= size;
        weights -= this.weight(of);
        more = true;
      }
    }
    for (let of = 0; of < orders.length; of++) {
      const { size } = orders[of]!;
      if (size > 0 && groups.rate[of] !== 1) {
        groups.rate[of] = (cores * this.weight(of)) / weights / size;
      }
    }
  }

  private weight(of: number): number {
    const { size } = this.orders[of]!;
    return of === this.apart ? size : Math.min(1, size);
  }
}
