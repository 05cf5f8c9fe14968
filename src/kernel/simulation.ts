/**
 * The simulation loop: takes the next event, sets the clock, lets the model handle it, and says
 * why it stopped. Nothing here waits, and nothing happens between two events.
 */
import { assert } from '../base/assert.ts';
import { Hasher } from '../base/hash.ts';
import { problem } from '../base/result.ts';
import type { Problem } from '../base/result.ts';
import type { SimTime } from '../base/time.ts';
import { Log } from './log.ts';
import { EventQueue, KIND_MAX, NO_EVENT } from './queue.ts';
import type { EventHandle, SavedQueue } from './queue.ts';
import type { Saveable } from './saveable.ts';

/** What is simulated. All its state is in `state`; a handler keeps nothing elsewhere. */
export interface Model<Edit = unknown> {
  readonly state: Saveable;
  /** Carries out one event. Kinds, subjects and arguments mean what the model says. */
  handle(kind: number, subject: number, arg: number, extra: number): void;
  /** Carries out a change from outside (a user's action), between two events. */
  edit?(edit: Edit): void;
}

/** What a model may ask of the simulation. */
export interface SimulationContext {
  readonly seed: number;
  readonly now: SimTime;
  /** The log, to read. Ask for it anew each time: a branch has its own. */
  readonly log: Log;
  /**
   * Record that current effects come from: at first the cause of the event, then the record
   * written last. `because` sets it for what follows in this handler; -1 is "nothing".
   */
  readonly cause: number;
  because(seq: number): void;
  /** Schedules an event `delay` microseconds from now (whole, at least 0). */
  after(delay: number, kind: number, subject: number, arg?: number, extra?: number): EventHandle;
  /** Schedules an event at a time that is not past. */
  at(time: number, kind: number, subject: number, arg?: number, extra?: number): EventHandle;
  /** False when the event is no longer pending. */
  cancel(handle: EventHandle): boolean;
  pending(handle: EventHandle): boolean;
  /**
   * Appends a record and returns its sequence number. Its cause is the event's (or what
   * `because` said), not the record before it, unless `cause` is given; events scheduled
   * after it name it as theirs.
   */
  record(entity: number, what: number, reason?: number, cause?: number): number;
  /** Adds a number to the record written last. */
  detail(key: number, value: number): void;
  /** Ends `run` after this event, with the reason 'stopped'. */
  stop(): void;
  /** What must never be is: the run ends with this Problem, as at a bound, and cannot go on. */
  broken(found: Problem): void;
}

/** Bounds that no sensible run reaches; reaching one stops the run with a Problem. */
export interface Limits {
  /** Events at one instant: the sign of an endless loop. */
  readonly eventsAtOneInstant: number;
  readonly pendingEvents: number;
  readonly records: number;
}

export const DEFAULT_LIMITS: Limits = {
  eventsAtOneInstant: 1_000_000,
  pendingEvents: 4_000_000,
  records: 100_000_000,
};

export interface RunOptions {
  /** Run events up to and including this time. The clock then stands at it. */
  readonly until?: SimTime | undefined;
  /** At most so many events. */
  readonly events?: number | undefined;
  /** Asked after each event. */
  readonly stop?: (() => boolean) | undefined;
}

/**
 * Why a run ended: `time` (next event is later than `until`), `events` (as many as asked for),
 * `stopped` (by the model or by `stop`), `drained` (nothing is pending), `bound` (see `problem`).
 */
export type RunEnd =
  | { readonly reason: 'time' | 'events' | 'stopped' | 'drained'; readonly now: SimTime }
  | { readonly reason: 'bound'; readonly now: SimTime; readonly problem: Problem };

/** State of a simulation at one moment, without its log. */
export interface SavedSimulation {
  readonly now: SimTime;
  readonly lastEventTime: SimTime;
  readonly eventsAtInstant: number;
  readonly events: number;
  /** Records that the log had. */
  readonly records: number;
  readonly queue: SavedQueue;
  readonly model: unknown;
}

/** What a model takes as an edit. */
export type EditOf<M> = M extends Model<infer Edit> ? Edit : never;

export class Simulation<M extends Model = Model> implements SimulationContext {
  readonly seed: number;
  readonly limits: Limits;
  readonly model: M;
  now = 0 as SimTime;
  log = new Log();
  cause = -1;
  /** Events handled since the beginning: the position in the run, the same in every replay. */
  events = 0;
  /** Set once a bound is reached; the run cannot go on. */
  bound: Problem | undefined;

  private readonly queue: EventQueue;
  // Read for every event and every record: one step nearer than in `limits`.
  private readonly recordLimit: number;
  private readonly instantLimit: number;
  private recordCause = -1;
  private stopAsked = false;
  private lastEventTime = 0 as SimTime;
  private eventsAtInstant = 0;

  /** `make` builds the model and schedules its first events. */
  constructor(options: {
    readonly seed: number;
    readonly make: (context: SimulationContext) => M;
    readonly limits?: Partial<Limits> | undefined;
  }) {
    assert(Number.isSafeInteger(options.seed) && options.seed >= 0, 'bad seed', {
      seed: options.seed,
    });
    this.seed = options.seed;
    this.limits = { ...DEFAULT_LIMITS, ...options.limits };
    this.recordLimit = this.limits.records;
    this.instantLimit = this.limits.eventsAtOneInstant;
    this.queue = new EventQueue(this.limits.pendingEvents);
    this.model = options.make(this);
  }

  run(options: RunOptions = {}): RunEnd {
    let left = options.events ?? Infinity;
    const { queue } = this;
    const { stop } = options;
    // The time of an empty queue, Infinity, is past any end.
    queue.until = options.until ?? Number.MAX_VALUE;
    this.stopAsked = false;
    while (this.bound === undefined) {
      if (left-- <= 0 && queue.nextTime <= queue.until) return this.ended('events');
      if (!queue.pop()) return this.reached(options.until);
      this.handlePopped();
      if (this.stopAsked || (stop !== undefined && stop())) return this.ended('stopped');
    }
    return { reason: 'bound', now: this.now, problem: this.bound };
  }

  /** Handles one event; false when there was none. */
  step(): boolean {
    return this.queue.size > 0 && this.run({ events: 1 }).reason !== 'drained';
  }

  /** Carries out a change from outside at the present time. */
  edit(edit: EditOf<M>): void {
    assert(this.model.edit, 'the model takes no edits');
    this.cause = this.recordCause = -1;
    this.model.edit(edit);
  }

  because(seq: number): void {
    this.cause = this.recordCause = seq;
  }

  after(delay: number, kind: number, subject: number, arg = 0, extra = 0): EventHandle {
    const { queue } = this;
    queue.due = this.now + delay;
    return queue.handleOf(this.schedule(kind, subject, arg, extra));
  }

  at(time: number, kind: number, subject: number, arg = 0, extra = 0): EventHandle {
    const { queue } = this;
    queue.due = time;
    return queue.handleOf(this.schedule(kind, subject, arg, extra));
  }

  cancel(handle: EventHandle): boolean {
    return this.queue.cancel(handle);
  }

  pending(handle: EventHandle): boolean {
    return this.queue.has(handle);
  }

  record(entity: number, what: number, reason = 0, cause = this.recordCause): number {
    const seq = this.log.append(this.now, entity, what, reason, cause);
    this.cause = seq;
    if (seq >= this.recordLimit) {
      this.hitBound('simulation_log_full', { limit: this.limits.records });
    }
    return seq;
  }

  detail(key: number, value: number): void {
    this.log.detail(key, value);
  }

  stop(): void {
    this.stopAsked = true;
  }

  broken(found: Problem): void {
    this.bound ??= found;
  }

  /** Pending events. */
  get pendingEvents(): number {
    return this.queue.size;
  }

  /** Time of the next event, Infinity when there is none. */
  get nextTime(): number {
    return this.queue.nextTime;
  }

  save(): SavedSimulation {
    const { now, lastEventTime, eventsAtInstant, events } = this;
    const records = this.log.length;
    const model = this.model.state.save();
    return {
      now,
      lastEventTime,
      eventsAtInstant,
      events,
      records,
      queue: this.queue.save(),
      model,
    };
  }

  /** Puts a saved state back, with a log that has exactly its records (see `Log.fork`). */
  load(saved: SavedSimulation, log: Log): void {
    assert(log.length === saved.records, 'log does not belong to this state', {
      length: log.length,
      records: saved.records,
    });
    this.now = saved.now;
    this.lastEventTime = saved.lastEventTime;
    this.eventsAtInstant = saved.eventsAtInstant;
    this.events = saved.events;
    this.queue.load(saved.queue);
    this.model.state.load(saved.model);
    this.log = log;
    this.cause = this.recordCause = -1;
    this.bound = undefined;
  }

  /**
   * Hash of the world and its log: 16 hexadecimal digits, the same on every engine and for every
   * pattern of pauses. (The clock itself does not count: it may stand past the last event.)
   */
  hash(): string {
    const hasher = new Hasher().number(this.seed).number(this.events).number(this.lastEventTime);
    this.queue.hash(hasher);
    this.model.state.hash(hasher);
    this.log.hash(hasher);
    return hasher.digest();
  }

  /** An event at `queue.due`; the slot in which it lies. */
  private schedule(kind: number, subject: number, arg: number, extra: number): number {
    const { queue } = this;
    const time = queue.due;
    if (!(time >= this.now && Math.floor(time) === time && kind <= KIND_MAX)) {
      assert(false, 'bad event', { time, now: this.now, kind });
    }
    const slot = queue.insert(kind, subject, arg, extra, this.cause);
    if (queue.handleOf(slot) === NO_EVENT) {
      this.hitBound('simulation_queue_full', { limit: this.limits.pendingEvents });
    }
    return slot;
  }

  private handlePopped(): void {
    const { queue } = this;
    const time = queue.time as SimTime;
    if (time !== this.lastEventTime) {
      this.lastEventTime = time;
      this.eventsAtInstant = 0;
    }
    this.now = time;
    this.events += 1;
    this.cause = this.recordCause = queue.cause;
    if (++this.eventsAtInstant > this.instantLimit) {
      const limit = this.instantLimit;
      this.hitBound('simulation_endless_instant', { limit, time, kind: queue.kind });
    }
    this.model.handle(queue.kind, queue.subject, queue.arg, queue.extra);
  }

  private hitBound(code: string, params: Record<string, number>): void {
    this.bound ??= problem(code, params);
  }

  /** Nothing is left to do up to `until`: the clock stands there, queue empty or not. */
  private reached(until: SimTime | undefined): RunEnd {
    if (until !== undefined && until > this.now) this.now = until;
    return this.ended(this.queue.size === 0 ? 'drained' : 'time');
  }

  private ended(reason: 'time' | 'events' | 'stopped' | 'drained'): RunEnd {
    return { reason, now: this.now };
  }
}
