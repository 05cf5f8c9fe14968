/**
 * Executor and workers of the recorded scheduler cases: Airflow's base executor with real slots,
 * and workers that do what the case's `outcomes` say (README of the set, 1.1 and 2).
 */
import type { EngineContext, Workers } from '../../airflow/context.ts';
import type { Executor, ExecutorEvent, ExecutorState } from '../../airflow/executors/executor.ts';
import { changeTi } from '../../airflow/taskInstance/change.ts';
import { finishTi, rescheduleTi, startTi } from '../../airflow/workerApi.ts';
import type { TaskEnd } from '../../airflow/runner/port.ts';
import { TI, TI_EVENT } from '../../machines/index.ts';
import { Calendar, ORDER } from './calendar.ts';
import type { Outcome } from './given.ts';

const US = 1_000_000;

/** One acceptance: what a worker has in hand. */
interface Work {
  readonly ti: number;
  readonly tryNumber: number;
  readonly outcome: Outcome;
  started: boolean;
  /** The process is there and sends heartbeats; `until` is its last one. */
  beats: boolean;
  until: number;
  over: boolean;
}

interface Queued {
  readonly ti: number;
  readonly tryNumber: number;
  readonly priority: number;
}

const keyOf = (ti: number, tryNumber: number): string => `${ti}/${tryNumber}`;

export class ScriptedExecutor implements Executor, Workers {
  readonly calendar = new Calendar();
  private readonly ctx: EngineContext;
  private readonly outcomeOf: (ti: number) => Outcome;
  private queued: Queued[] = [];
  private running = new Set<string>();
  private results = new Map<string, ExecutorEvent>();
  private buffer = new Map<string, ExecutorEvent>();
  private works: Work[] = [];
  private handed: number[] = [];
  private enqueued: number[] = [];

  /** `outcomeOf` counts acceptances: each call is one. */
  constructor(ctx: EngineContext, outcomeOf: (ti: number) => Outcome) {
    this.ctx = ctx;
    this.outcomeOf = outcomeOf;
  }

  /** Task instances of the present loop: accepted, and handed over by the scheduler, in order. */
  takeHanded(): { handed: number[]; enqueued: number[] } {
    const { handed, enqueued } = this;
    this.handed = [];
    this.enqueued = [];
    return { handed, enqueued };
  }

  slotsOccupied(): number {
    return this.queued.length + this.running.size;
  }

  slotsAvailable(): number {
    return this.ctx.options.parallelism - this.slotsOccupied();
  }

  queueWorkload(ti: number, tryNumber: number, priority: number): void {
    this.queued = this.queued.filter((each) => each.ti !== ti || each.tryNumber !== tryNumber);
    this.queued.push({ ti, tryNumber, priority });
    this.enqueued.push(ti);
  }

  heartbeat(): number {
    const open = this.ctx.options.parallelism - this.running.size;
    const sorted = [...this.queued].sort((a, b) => b.priority - a.priority);
    const waits = (each: Queued): boolean =>
      this.ctx.profile.workerChecksDependencies && this.running.has(keyOf(each.ti, each.tryNumber));
    for (const each of sorted.slice(0, Math.max(0, open))) if (!waits(each)) this.accept(each);
    for (const [key, event] of this.results) {
      this.buffer.set(key, event);
      this.running.delete(key);
    }
    this.results.clear();
    return 0;
  }

  drainEvents(take: (event: ExecutorEvent) => void): void {
    const events = [...this.buffer.values()];
    this.buffer.clear();
    events.forEach(take);
  }

  hasTask(ti: number): boolean {
    const tryNumber = this.ctx.world.taskInstances.try_number[ti]!;
    const key = keyOf(ti, tryNumber);
    return this.running.has(key) || this.queued.some((q) => keyOf(q.ti, q.tryNumber) === key);
  }

  tryAdopt(ti: number): boolean {
    const work = this.workOf(ti);
    if (work === undefined) return false;
    this.running.add(keyOf(work.ti, work.tryNumber));
    return true;
  }

  fail(ti: number): void {
    const tryNumber = this.ctx.world.taskInstances.try_number[ti]!;
    this.running.delete(keyOf(ti, tryNumber));
    this.buffer.set(keyOf(ti, tryNumber), { ti, try_number: tryNumber, state: 'failed' });
  }

  revoke(ti: number): boolean {
    const tryNumber = this.ctx.world.taskInstances.try_number[ti]!;
    this.running.delete(keyOf(ti, tryNumber));
    this.queued = this.queued.filter((each) => each.ti !== ti);
    for (const work of this.works) if (work.ti === ti) work.over = true;
    return true;
  }

  /** Heartbeats are written into `due` of the running row. */
  lastBeat(ti: number): number {
    return this.ctx.world.taskInstances.due[ti]!;
  }

  hasEnded(): boolean {
    return false;
  }

  lostSlots(): number {
    return 0;
  }

  abandon(): void {}

  cancelTrigger(): void {}

  startTrigger(): void {}

  /** Every running worker beats; one whose row is no longer its own stops. */
  beat(): void {
    const { taskInstances: tis } = this.ctx.world;
    const { now } = this.ctx.sim;
    for (const work of this.works) {
      if (work.over || !work.started || !work.beats) continue;
      const own = tis.state[work.ti] === TI.running && tis.try_number[work.ti] === work.tryNumber;
      if (own && now <= work.until) tis.due[work.ti] = now;
      else if (!own) this.stop(work);
    }
    this.works = this.works.filter((work) => !work.over);
  }

  /** The scheduler's process dies with the executor's memory; workers may live on. */
  crash(lost: boolean): void {
    this.queued = [];
    this.running.clear();
    this.results.clear();
    this.buffer.clear();
    if (lost) for (const work of this.works) work.over = true;
  }

  private accept({ ti, tryNumber }: Queued): void {
    this.queued = this.queued.filter((each) => each.ti !== ti || each.tryNumber !== tryNumber);
    this.running.add(keyOf(ti, tryNumber));
    this.handed.push(ti);
    const outcome = this.outcomeOf(ti);
    const fresh = { started: false, beats: true, until: Infinity, over: false };
    const work: Work = { ti, tryNumber, outcome, ...fresh };
    this.works.push(work);
    const { now } = this.ctx.sim;
    if (outcome.state === 'never_start') return;
    if (outcome.state === 'executor_fail') {
      this.later(now, (outcome.after ?? 0) * US, work, () => this.report(work, 'failed'));
    } else if (outcome.start_delay) {
      this.later(now, outcome.start_delay * US, work, () => this.start(work));
    } else {
      this.start(work);
    }
  }

  private later(now: number, delay: number, work: Work, run: () => void): void {
    this.calendar.add(now + Math.round(delay), ORDER.worker, () => {
      if (!work.over) run();
    });
  }

  private start(work: Work): void {
    const { ctx } = this;
    const { now } = ctx.sim;
    if (startTi(ctx, work.ti, work.tryNumber) !== 'started') return this.report(work, 'failed');
    work.started = true;
    const duration = (work.outcome.duration ?? 0) * US;
    if (work.outcome.state === 'dead') {
      work.until = now + duration;
      return;
    }
    this.later(now, duration, work, () => this.end(work));
  }

  private end(work: Work): void {
    const { ctx } = this;
    const { ti, tryNumber, outcome } = work;
    const ends: Readonly<Record<string, TaskEnd>> = {
      success: 'succeed',
      failed: 'fail',
      fail_no_retry: 'fail_without_retry',
      skipped: 'skip',
    };
    const end = ends[outcome.state];
    if (end !== undefined) finishTi(ctx, ti, tryNumber, end, undefined, -1);
    else if (outcome.state === 'reschedule') {
      rescheduleTi(ctx, ti, tryNumber, ctx.sim.now + Math.round((outcome.in ?? 0) * US));
    } else if (outcome.state === 'defer') this.defer(work);
    this.report(work, outcome.executor_state ?? 'success');
  }

  private defer({ ti, tryNumber, outcome }: Work): void {
    const { ctx } = this;
    const { taskInstances: tis } = ctx.world;
    if (tis.state[ti] !== TI.running || tis.try_number[ti] !== tryNumber) return;
    const { now } = ctx.sim;
    const limit = outcome.trigger_timeout ?? Infinity;
    changeTi(ctx, ti, TI_EVENT.defer, now + Math.round(limit * US));
    const delay = outcome.trigger_after ?? null;
    if (delay === null) return;
    this.calendar.add(now + Math.round(delay * US), ORDER.trigger, () => {
      if (tis.try_number[ti] === tryNumber) changeTi(ctx, ti, TI_EVENT.trigger_event);
    });
  }

  /** Its row is somebody else's now. A cleared one of 2.x fails in its own hands. */
  private stop(work: Work): void {
    const { taskInstances: tis } = this.ctx.world;
    const cleared = tis.state[work.ti] === TI.restarting;
    if (cleared && this.ctx.profile.workerChecksDependencies) {
      finishTi(this.ctx, work.ti, work.tryNumber, 'fail', undefined, -1);
    }
    this.report(work, 'success');
  }

  private report(work: Work, state: ExecutorState): void {
    work.over = true;
    const { ti, tryNumber } = work;
    const key = keyOf(ti, tryNumber);
    if (this.running.has(key)) this.results.set(key, { ti, try_number: tryNumber, state });
  }

  private workOf(ti: number): Work | undefined {
    const tryNumber = this.ctx.world.taskInstances.try_number[ti]!;
    return this.works.find((work) => !work.over && work.ti === ti && work.tryNumber === tryNumber);
  }
}
