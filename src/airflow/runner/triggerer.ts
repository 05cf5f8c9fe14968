/**
 * The triggers of a lane (semantics 8.4, 8.5): deferred task instances wait for room in a triggerer,
 * run as coroutines, fire. Assignment and results are looked at once a round; the rounds are not
 * events, the next one is computed. A trigger whose triggerer is gone starts from the beginning in
 * another one.
 */
import { group, IntQueue, makeTable, NO_EVENT, type Saveable } from '../../kernel/index.ts';
import { PLANT_EVENT } from '../executors/plantEvents.ts';
import type { PlantEnv } from './env.ts';
import { TriggererLives } from './triggererLives.ts';
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
  private readonly round: number;
  private readonly resume: number;
  private readonly triggers = makeTable('plant_trigger', {
    ti: ['i32', NONE],
    tryNumber: 'u16',
    span: 'f64',
    /** Microseconds between two looks of a trigger that watches a table, 0 for others. */
    interval: 'f64',
    /** Life of the triggerer that it belongs to, NONE while it is unassigned. */
    life: ['i32', NONE],
    /** Its code has raised. */
    raised: 'u8',
    since: 'f64',
    event: ['f64', NO_EVENT],
    /** When that event is due, and of which kind it is, for a blocked event loop. */
    due: ['f64', Infinity],
    kind: 'u8',
  });
  private readonly waiting = new IntQueue();
  private readonly lives: TriggererLives;

  constructor(env: PlantEnv, triggerers: number) {
    this.env = env;
    this.lives = new TriggererLives(env, triggerers);
    this.round = Math.max(1, env.timings.step('triggerer.round').sampler.constant);
    this.resume = Math.max(0, env.timings.step('triggerer.resume').sampler.constant);
    this.state = group({
      triggers: this.triggers,
      waiting: this.waiting,
      lives: this.lives.state,
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
    this.waiting.push(row);
    this.assign();
  }

  handle(kind: number, subject: number, arg: number): void {
    if (kind === PLANT_EVENT.trigger) this.fire(subject);
    else if (kind === PLANT_EVENT.triggerLook) this.lookAgain(subject);
    else if (this.lives.isSilent(arg)) this.release(arg);
  }

  /** The event: a trigger has fired and its row is handled. */
  private fire(row: number): void {
    const { triggers, env } = this;
    const ti = triggers.ti[row]!;
    const tryNumber = triggers.tryNumber[row]!;
    const raised = triggers.raised[row] === 1;
    const end = raised ? null : (this.code?.endOf(ti, tryNumber) ?? null);
    this.leave(row);
    if (raised) env.port.triggerRaised(ti, tryNumber);
    else if (end === null) env.port.triggerFired(ti, tryNumber);
    else env.port.triggerEnded(ti, tryNumber, end);
  }

  /** The event: it looks at the table, now and an interval later. */
  private lookAgain(row: number): void {
    const { context } = this.env;
    const found = this.code?.looks(this.triggers.ti[row]!) ?? true;
    const at = found
      ? this.roundAfter(context.now) + this.resume
      : context.now + this.triggers.interval[row]!;
    this.plan(row, at, found ? PLANT_EVENT.trigger : PLANT_EVENT.triggerLook);
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
    if (row === NONE || this.lives.isCurrent(this.triggers.life[row]!)) return NONE;
    return this.triggers.since[row]!;
  }

  get room(): { used: number; capacity: number } {
    return this.lives.room;
  }

  /** It belongs to a triggerer that is dead, and no other one knows that yet. */
  isLost(ti: number): boolean {
    const row = this.rowOf(ti);
    if (row === NONE || this.triggers.life[row] === NONE) return false;
    return !this.lives.isCurrent(this.triggers.life[row]!);
  }

  /** A triggerer is killed, or stopped cleanly: then its triggers are anybody's at once. */
  end(triggerer: number, cleanly: boolean): boolean {
    const life = this.lives.end(triggerer, cleanly);
    if (life === NONE) return false;
    this.eachOf(life, (row) => this.forgetPlan(row));
    if (cleanly) this.release(life);
    return true;
  }

  /** All exit: none can reach the database. */
  endAll(): void {
    for (let each = 0; each < this.lives.count; each++) {
      const life = this.lives.exit(each);
      if (life !== NONE) this.eachOf(life, (row) => this.forgetPlan(row));
    }
  }

  /** Those that `endAll` has ended start again. */
  restoreAll(): void {
    for (let each = 0; each < this.lives.count; each++) {
      if (this.lives.hasExited(each)) this.restore(each);
    }
  }

  /** Code inside a trigger blocks the event loop of all that run beside it. */
  block(triggerer: number): boolean {
    if (!this.lives.block(triggerer)) return false;
    this.eachOf(this.lives.lifeOf(triggerer), (row) => {
      this.env.context.cancel(this.triggers.event[row]!);
    });
    return true;
  }

  /** A process starts, or a blocked one goes on: what was due meanwhile is done now. */
  restore(triggerer: number): boolean {
    const done = this.lives.restore(triggerer);
    if (typeof done === 'number') this.eachOf(done, (row) => this.planAgain(row));
    this.assign();
    return done !== false;
  }

  /** The code of a trigger raises; false when none runs for the task instance. */
  raise(ti: number): boolean {
    const row = this.rowOf(ti);
    if (row === NONE || !this.lives.isCurrent(this.triggers.life[row]!)) return false;
    this.env.context.cancel(this.triggers.event[row]!);
    this.triggers.raised[row] = 1;
    this.plan(row, this.roundAfter(this.env.context.now) + this.resume, PLANT_EVENT.trigger);
    return true;
  }

  /** Living triggerers take what is unassigned, as far as they have room. */
  private assign(): void {
    while (this.waiting.size > 0) {
      const life = this.lives.take();
      if (life === NONE) return;
      this.run(this.waiting.shift(), life);
    }
  }

  /** Assigned at the next round, fires in time, and is handled at the round after that. */
  private run(row: number, life: number): void {
    this.triggers.life[row] = life;
    const begins = this.roundAfter(this.env.context.now);
    if (this.triggers.interval[row]! > 0) return this.plan(row, begins, PLANT_EVENT.triggerLook);
    const span = this.triggers.span[row]!;
    // A condition that never comes: the trigger runs until its timeout or for ever.
    if (!(span < Infinity)) return;
    this.plan(row, this.roundAfter(begins + span) + this.resume, PLANT_EVENT.trigger);
  }

  /** In a blocked event loop nothing happens: it is planned when that goes on. */
  private plan(row: number, at: number, kind: number): void {
    const { triggers } = this;
    triggers.due[row] = at;
    triggers.kind[row] = kind;
    triggers.event[row] = this.lives.isBlocked(triggers.life[row]!)
      ? NO_EVENT
      : this.env.context.at(at, kind, row);
  }

  private planAgain(row: number): void {
    const { triggers, env } = this;
    const due = triggers.due[row]!;
    if (due < Infinity) this.plan(row, Math.max(due, env.context.now), triggers.kind[row]!);
  }

  private forgetPlan(row: number): void {
    this.env.context.cancel(this.triggers.event[row]!);
    this.triggers.event[row] = NO_EVENT;
    this.triggers.due[row] = Infinity;
  }

  /** Its triggers are unassigned: events in memory are lost, others start from the beginning. */
  private release(life: number): void {
    this.eachOf(life, (row) => {
      this.forgetPlan(row);
      this.lives.giveBack(life);
      this.triggers.life[row] = NONE;
      this.waiting.push(row);
    });
    this.assign();
  }

  private eachOf(life: number, each: (row: number) => void): void {
    const { triggers } = this;
    for (let row = 0; row < triggers.rows; row++) {
      if (triggers.ti[row] !== NONE && triggers.life[row] === life) each(row);
    }
  }

  private leave(row: number): void {
    this.lives.giveBack(this.triggers.life[row]!);
    this.free(row);
    this.assign();
  }

  private free(row: number): void {
    this.env.workloads.tis.trigger[this.triggers.ti[row]!] = NONE;
    this.triggers.freeRow(row);
    this.triggers.ti[row] = NONE;
  }

  private rowOf(ti: number): number {
    const { tis } = this.env.workloads;
    return ti < tis.rows ? tis.trigger[ti]! : NONE;
  }

  private roundAfter(time: number): number {
    return Math.ceil((time + 1) / this.round) * this.round;
  }
}
