/**
 * Sensors (semantics 8.1, 8.2): poke mode keeps its slot, reschedule mode gives it back between
 * two pokes, a deferrable one hands its waiting to the triggerer.
 *
 * Where the moment is known at which the condition becomes true, a sensor in poke mode is one
 * event: its pokes lie on a grid, and the first one that finds the condition (or the timeout) is
 * computed. A sensor on another DAG really looks at the table at each poke.
 */
import { US_PER_SECOND } from '../../base/time.ts';
import type { TaskBehaviour } from '../behaviour/book.ts';
import { PURPOSE } from '../behaviour/draw.ts';
import { PLANT_EVENT } from '../executors/plantEvents.ts';
import { drawSpan, later, type PlantEnv } from './env.ts';
import type { SensorTraits, TaskTraits } from './taskBook.ts';
import { NONE, OUTCOME } from './workloads.ts';

/** The exponent of the backoff stops to matter long before. */
const BACKOFF_DOUBLINGS = 30;

/** How a try comes to its end; TaskCode does it. */
export interface Ending {
  endAfter(w: number, span: number, outcome: number): void;
  drawnOutcome(w: number, behaviour: TaskBehaviour): number;
  tiOf(w: number): number;
}

export class SensorCode {
  private readonly env: PlantEnv;
  private readonly code: Ending;
  /** One look at the condition, microseconds. */
  private readonly poke: number;

  constructor(env: PlantEnv, code: Ending) {
    this.env = env;
    this.code = code;
    this.poke = Math.max(0, env.timings.step('sensor.poke').sampler.constant);
  }

  begin(w: number, behaviour: TaskBehaviour, task: TaskTraits, sensor: SensorTraits): void {
    const { workloads, context } = this.env;
    const { rows, tis } = workloads;
    const ti = rows.ti[w]!;
    const outcome = this.code.drawnOutcome(w, behaviour);
    // silent_fail: a poke that raises is one that finds nothing, in every poke of this try.
    const silent = sensor.silent_fail && outcome === OUTCOME.failed;
    if (outcome !== OUTCOME.success && !silent) return this.raise(w, outcome, sensor);
    if (tis.firstPoke[ti] === NONE) tis.firstPoke[ti] = context.now;
    if (tis.rescheduleTry[ti] !== rows.tryNumber[w]) {
      tis.rescheduleTry[ti] = rows.tryNumber[w]!;
      tis.firstReschedule[ti] = NONE;
    }
    if (behaviour.target && !silent) return this.look(w, behaviour, task, sensor);
    const due = silent ? Infinity : this.conditionAt(w, behaviour);
    if (task.deferrable) this.deferUntil(w, due, task, sensor);
    else if (sensor.mode === 'reschedule') this.pokeOnce(w, due <= context.now, sensor);
    else this.pokeUntil(w, due, task, sensor);
  }

  /** The next poke of a sensor that looks at another DAG. */
  pokeAgain(w: number, behaviour: TaskBehaviour, task: TaskTraits, sensor: SensorTraits): void {
    this.look(w, behaviour, task, sensor);
  }

  private look(w: number, behaviour: TaskBehaviour, task: TaskTraits, sensor: SensorTraits): void {
    if (task.deferrable) return this.deferUntil(w, Infinity, task, sensor);
    const state = this.env.port.externalState(this.code.tiOf(w), behaviour.target!);
    if (state === 'unknown') return this.raise(w, OUTCOME.failed, sensor);
    if (state === 'skipped') return this.code.endAfter(w, this.poke, OUTCOME.skipped);
    if (state === 'failed') return this.targetFailed(w, sensor);
    if (state === 'met') return this.code.endAfter(w, this.poke, OUTCOME.success);
    if (sensor.mode === 'reschedule') return this.pokeOnce(w, false, sensor);
    this.waitForNextLook(w, task, sensor);
  }

  private waitForNextLook(w: number, task: TaskTraits, sensor: SensorTraits): void {
    const { workloads, context } = this.env;
    const elapsed = context.now + this.poke - workloads.rows.since[w]!;
    if (elapsed > sensor.timeout) return this.timeOut(w, this.poke, sensor);
    const wait = this.poke + sensor.interval;
    const left = workloads.rows.since[w]! + task.executionTimeout - context.now;
    if (wait > left) return this.raiseAfter(w, Math.max(0, left), OUTCOME.failed, sensor);
    later(this.env, w, wait, PLANT_EVENT.poke);
  }

  /** Poke mode with a known moment: the end lies on the grid of pokes. */
  private pokeUntil(w: number, due: number, task: TaskTraits, sensor: SensorTraits): void {
    const { now } = this.env.context;
    const wait = due - now;
    const met = pokeAtOrAfter(wait, this.poke, sensor);
    // A poke is made at `at`; what the clock shows after it is compared with the timeout.
    const late = pokeAtOrAfter(sensor.timeout - this.poke + 1, this.poke, sensor);
    const limit = task.executionTimeout;
    if (Math.min(met, late) + this.poke > limit) {
      return this.raiseAfter(w, limit, OUTCOME.failed, sensor);
    }
    if (met <= late) this.code.endAfter(w, met + this.poke, OUTCOME.success);
    else if (late < Infinity) this.timeOut(w, late + this.poke, sensor);
  }

  /** Reschedule mode: one poke per start. */
  private pokeOnce(w: number, met: boolean, sensor: SensorTraits): void {
    const { workloads, context, config } = this.env;
    const { rows, tis } = workloads;
    const ti = rows.ti[w]!;
    if (met) return this.code.endAfter(w, this.poke, OUTCOME.success);
    const end = context.now + this.poke;
    const since = config.is3 ? tis.firstReschedule[ti]! : tis.firstPoke[ti]!;
    const elapsed = since === NONE ? 0 : end - since;
    if (elapsed > sensor.timeout) return this.timeOut(w, this.poke, sensor);
    if (tis.firstReschedule[ti] === NONE) tis.firstReschedule[ti] = end;
    rows.later[w] = end + intervalAfter(elapsed, sensor);
    this.code.endAfter(w, this.poke, OUTCOME.rescheduled);
  }

  /** The other DAG is in one of failed_states: soft_fail skips. */
  private targetFailed(w: number, sensor: SensorTraits): void {
    if (sensor.soft_fail) this.code.endAfter(w, this.poke, OUTCOME.skipped);
    else this.raise(w, OUTCOME.failed, sensor);
  }

  /** 2.x: the whole try has execution_timeout, the deferral included. */
  private deferUntil(w: number, due: number, task: TaskTraits, sensor: SensorTraits): void {
    const { context, workloads, config } = this.env;
    if (due <= context.now) return this.code.endAfter(w, this.poke, OUTCOME.success);
    workloads.rows.later[w] = due;
    const limit = config.is3 ? Infinity : task.executionTimeout;
    workloads.rows.timeout[w] = context.now + Math.min(sensor.timeout, limit);
    this.code.endAfter(w, this.poke, OUTCOME.deferred);
  }

  /** Counted from the first poke of the row, over all its tries. */
  private conditionAt(w: number, behaviour: TaskBehaviour): number {
    if (behaviour.never) return Infinity;
    const first = this.env.workloads.tis.firstPoke[this.code.tiOf(w)]!;
    return first + drawSpan(this.env, w, behaviour.duration, PURPOSE.duration);
  }

  /** The loop's own timeout: soft_fail skips, never_fail does not help (semantics 8.2). */
  private timeOut(w: number, span: number, sensor: SensorTraits): void {
    this.code.endAfter(w, span, sensor.soft_fail ? OUTCOME.skipped : OUTCOME.failNoRetry);
  }

  private raise(w: number, outcome: number, sensor: SensorTraits): void {
    this.raiseAfter(w, this.poke, outcome, sensor);
  }

  private raiseAfter(w: number, span: number, outcome: number, sensor: SensorTraits): void {
    const softly = sensor.soft_fail && outcome === OUTCOME.failNoRetry;
    const skips = outcome !== OUTCOME.killed && (sensor.never_fail || softly);
    this.code.endAfter(w, span, skips ? OUTCOME.skipped : outcome);
  }
}

/** Start of the first poke at or after `wait`, counted from the first poke. */
function pokeAtOrAfter(wait: number, poke: number, sensor: SensorTraits): number {
  if (wait <= 0) return 0;
  if (!(wait < Infinity)) return Infinity;
  const step = sensor.interval + poke;
  if (!sensor.backs_off) return Math.ceil(wait / step) * step;
  let at = 0;
  for (let attempt = 1; at < wait; attempt++) at += poke + backedOff(attempt, at, sensor);
  return at;
}

/** Reschedule mode knows the attempt by the time that has passed only. */
function intervalAfter(elapsed: number, sensor: SensorTraits): number {
  if (!sensor.backs_off) return sensor.interval;
  let attempt = 1;
  for (let at = 0; at < elapsed; attempt++) at += backedOff(attempt, at, sensor);
  return backedOff(attempt, elapsed, sensor);
}

/**
 * Interval before the next poke (semantics 8.2), without its jitter: in poke mode that comes from
 * a monotonic clock, so no recording can fix it.
 */
function backedOff(attempt: number, elapsed: number, sensor: SensorTraits): number {
  const doublings = Math.min(Math.max(attempt - 1, 0), BACKOFF_DOUBLINGS);
  const interval = Math.max(US_PER_SECOND, (sensor.interval * (1 << doublings)) / 2);
  const left = sensor.timeout - Math.floor(elapsed / US_PER_SECOND) * US_PER_SECOND;
  return Math.max(US_PER_SECOND, Math.min(Math.round(interval), left, sensor.maxWait));
}
