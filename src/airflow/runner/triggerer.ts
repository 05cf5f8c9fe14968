/**
 * The triggerers of a lane, taken together (semantics 8.4, 8.5): deferred task instances wait for
 * room, run as coroutines, fire. Assignment and results are looked at once a round; the rounds are
 * not events, the next one is computed.
 */
import {
  group,
  IntQueue,
  makeTable,
  NO_EVENT,
  scalars,
  type Saveable,
} from '../../kernel/index.ts';
import { PLANT_EVENT } from '../executors/plantEvents.ts';
import type { PlantEnv } from './env.ts';
import { NONE } from './workloads.ts';

/** The code inside the triggers. */
export interface TriggerCode {
  /** A look at the table; true: there is something to say. */
  looks(ti: number): boolean;
  /** How it ends the task by itself, null when a worker goes on with it. */
  endOf(ti: number, tryNumber: number): 'succeed' | 'skip' | 'fail' | null;
}

export class Triggerer {
  readonly state: Saveable;
  code: TriggerCode | null = null;
  private readonly env: PlantEnv;
  private readonly capacity: number;
  private readonly round: number;
  private readonly resume: number;
  private readonly triggers = makeTable('plant_trigger', {
    ti: ['i32', NONE],
    tryNumber: 'u16',
    span: 'f64',
    /** Microseconds between two looks of a trigger that watches a table, 0 for others. */
    interval: 'f64',
    runs: 'u8',
    since: 'f64',
    event: ['f64', NO_EVENT],
  });
  private readonly waiting = new IntQueue();
  private readonly counters = { running: 0 };

  constructor(env: PlantEnv, triggerers: number) {
    this.env = env;
    this.capacity = triggerers * env.config.triggererCapacity;
    this.round = Math.max(1, env.timings.step('triggerer.round').sampler.constant);
    this.resume = Math.max(0, env.timings.step('triggerer.resume').sampler.constant);
    this.state = group({
      triggers: this.triggers,
      waiting: this.waiting,
      counters: scalars(this.counters),
    });
  }

  /**
   * A task instance has deferred; its trigger fires `span` microseconds after its start, or when
   * one of its looks, an `interval` apart, finds what it waits for.
   */
  accept(ti: number, tryNumber: number, span: number, interval = 0): void {
    const row = this.triggers.addRow();
    this.triggers.ti[row] = ti;
    this.triggers.tryNumber[row] = tryNumber;
    this.triggers.span[row] = Math.max(0, span);
    this.triggers.interval[row] = interval;
    this.triggers.since[row] = this.env.context.now;
    this.env.workloads.tis.trigger[ti] = row;
    if (this.counters.running < this.capacity) this.run(row);
    else this.waiting.push(row);
  }

  /** The event: a trigger has fired and its row is handled. */
  fire(row: number): void {
    const { triggers, env } = this;
    const ti = triggers.ti[row]!;
    const tryNumber = triggers.tryNumber[row]!;
    const end = this.code?.endOf(ti, tryNumber) ?? null;
    this.leave(row);
    if (end === null) env.port.triggerFired(ti, tryNumber);
    else env.port.triggerEnded(ti, tryNumber, end);
  }

  /** The event: it looks at the table, now and an interval later. */
  lookAgain(row: number): void {
    const { context } = this.env;
    const found = this.code?.looks(this.triggers.ti[row]!) ?? true;
    const at = found
      ? this.roundAfter(context.now) + this.resume
      : context.now + this.triggers.interval[row]!;
    const kind = found ? PLANT_EVENT.trigger : PLANT_EVENT.triggerLook;
    this.triggers.event[row] = context.at(at, kind, row);
  }

  /** The row is deferred no longer (time-out, mark, clear): nobody wants the trigger. */
  cancel(ti: number): void {
    const row = this.rowOf(ti);
    if (row === NONE) return;
    if (this.waiting.remove(row)) this.free(row);
    else {
      this.env.context.cancel(this.triggers.event[row]!);
      this.leave(row);
    }
  }

  /** Since when no triggerer has had room for the trigger of this task instance; -1: it runs. */
  waitsSince(ti: number): number {
    const row = this.rowOf(ti);
    return row !== NONE && this.triggers.runs[row] === 0 ? this.triggers.since[row]! : NONE;
  }

  get room(): { used: number; capacity: number } {
    return { used: this.counters.running, capacity: this.capacity };
  }

  /** Assigned at the next round, fires in time, and is handled at the round after that. */
  private run(row: number): void {
    const { context } = this.env;
    this.counters.running += 1;
    this.triggers.runs[row] = 1;
    const begins = this.roundAfter(context.now);
    if (this.triggers.interval[row]! > 0) {
      this.triggers.event[row] = context.at(begins, PLANT_EVENT.triggerLook, row);
      return;
    }
    const span = this.triggers.span[row]!;
    // A condition that never comes: the trigger runs until its timeout or for ever.
    if (!(span < Infinity)) return;
    const at = this.roundAfter(begins + span) + this.resume;
    this.triggers.event[row] = context.at(at, PLANT_EVENT.trigger, row);
  }

  private leave(row: number): void {
    this.counters.running -= 1;
    this.free(row);
    if (this.waiting.size > 0) this.run(this.waiting.shift());
  }

  private free(row: number): void {
    this.env.workloads.tis.trigger[this.triggers.ti[row]!] = NONE;
    this.triggers.freeRow(row);
  }

  private rowOf(ti: number): number {
    const { tis } = this.env.workloads;
    return ti < tis.rows ? tis.trigger[ti]! : NONE;
  }

  private roundAfter(time: number): number {
    return Math.ceil((time + 1) / this.round) * this.round;
  }
}
