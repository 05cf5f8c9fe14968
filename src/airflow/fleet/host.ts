/**
 * A machine whose cores are shared: each job needs some processor time, can use one core at most,
 * and all jobs get the same share (processor sharing).
 *
 * `served` is the processor time that each job present has got since the start, so a job that
 * needs `w` more ends when `served` has risen by `w`: jobs end in the order of the sums, and one
 * event, for the next one, is enough. With cores = 0 the machine is not modelled: a job takes its
 * own time.
 */
import { group, makeTable, NO_EVENT, OrderedSet, scalars } from '../../kernel/index.ts';
import type { Saveable, SimulationContext } from '../../kernel/index.ts';

/** Sums of processor time that differ by less are equal: rounding of divisions. */
const CLOSE = 0.5;

export class Host {
  readonly state: Saveable;
  private readonly cores: number;
  private readonly context: SimulationContext;
  private readonly tickKind: number;
  private readonly number: number;
  private readonly jobs = makeTable('host_job', {
    kind: 'u8',
    subject: 'i32',
    cause: 'i32',
    ends: 'f64',
  });
  private readonly order = new OrderedSet();
  private readonly clock = { served: 0, at: 0, tick: NO_EVENT as number };

  /** `tickKind`: the event that must be given back to `tick`; `number`: its subject. */
  constructor(context: SimulationContext, cores: number, tickKind: number, number = 0) {
    this.context = context;
    this.cores = cores;
    this.tickKind = tickKind;
    this.number = number;
    this.state = group({ jobs: this.jobs, order: this.order, clock: scalars(this.clock) });
  }

  get shared(): boolean {
    return this.cores > 0;
  }

  /** Starts a job and returns its number; `tick` hands it back when it has had its time. */
  start(work: number, kind: number, subject: number): number {
    this.advance();
    const row = this.jobs.addRow();
    this.jobs.kind[row] = kind;
    this.jobs.subject[row] = subject;
    this.jobs.cause[row] = this.context.cause;
    this.jobs.ends[row] = this.clock.served + work;
    this.order.add(row, this.jobs.ends[row]!);
    this.arm();
    return row;
  }

  /** Microseconds of processor time that a job still needs. */
  left(row: number): number {
    this.advance();
    return Math.max(0, this.jobs.ends[row]! - this.clock.served);
  }

  /** Takes a job away before its end. */
  cancel(row: number): void {
    this.advance();
    if (!this.order.remove(row)) return;
    this.jobs.freeRow(row);
    this.arm();
  }

  /** The event: ends every job that has had its time. */
  tick(done: (kind: number, subject: number) => void): void {
    this.advance();
    const { jobs, order } = this;
    for (;;) {
      const row = order.first();
      if (row < 0 || jobs.ends[row]! > this.clock.served + CLOSE) break;
      order.remove(row);
      const kind = jobs.kind[row]!;
      const subject = jobs.subject[row]!;
      this.context.because(jobs.cause[row]!);
      jobs.freeRow(row);
      done(kind, subject);
    }
    this.arm();
  }

  /** Microseconds of one job's own time that pass in one microsecond. */
  private get rate(): number {
    const count = this.order.size;
    return count <= this.cores ? 1 : this.cores / count;
  }

  private advance(): void {
    const { clock } = this;
    if (this.order.size > 0) clock.served += (this.context.now - clock.at) * this.rate;
    clock.at = this.context.now;
  }

  private arm(): void {
    const { clock, context } = this;
    context.cancel(clock.tick);
    const row = this.order.first();
    if (row < 0) {
      clock.tick = NO_EVENT;
      return;
    }
    const left = Math.max(0, this.jobs.ends[row]! - clock.served);
    clock.tick = context.after(Math.ceil(left / this.rate), this.tickKind, this.number);
  }
}
