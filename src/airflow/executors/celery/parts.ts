/**
 * What can happen to the parts of a Celery installation: workers stop, die, come back; children of
 * their pools are killed; the broker goes away with or without what it had; the result backend
 * loses rows (semantics 6.3.2, reliability F5-F12).
 */
import { group, makeTable, scalars, type Saveable } from '../../../kernel/index.ts';
import { BROKER, type Broker } from '../../fleet/broker.ts';
import type { CeleryWorkers } from '../../fleet/celeryWorkers.ts';
import { WORKER } from '../../fleet/workerPlan.ts';
import type { PlantEnv } from '../../runner/env.ts';
import type { Supervisor } from '../../runner/supervisor.ts';
import { FLAG, NONE, STAGE } from '../../runner/workloads.ts';
import { PLANT_EVENT } from '../plantEvents.ts';
import { FREED } from '../records.ts';
import type { Messages } from './messages.ts';

/** What the parts are parts of: the CeleryExecutor with its fleet. */
interface Celery {
  readonly broker: Broker;
  readonly workers: CeleryWorkers;
  readonly messages: Messages;
  readonly supervisor: Supervisor;
  storeResult(w: number): void;
}

export const BACKEND = { keeps: 0, loses: 1, away: 2 } as const;

/** How a worker goes: the whole host at once, or its main process and with it the pool. */
export type WorkerEnd = 'host' | 'main';

export class CeleryParts {
  readonly state: Saveable;
  private readonly env: PlantEnv;
  private readonly celery: Celery;
  private readonly health = { backend: BACKEND.keeps as number };
  /** Per worker: when the patience with its shutdown ends. */
  private readonly stops = makeTable('celery_stop', { graceEnds: 'f64' });

  constructor(env: PlantEnv, celery: Celery) {
    this.env = env;
    this.celery = celery;
    this.stops.addRows(celery.workers.plans.length);
    this.state = group({ health: scalars(this.health), stops: this.stops });
  }

  /** Does the result backend keep what is written? */
  get backendKeeps(): boolean {
    return this.health.backend === BACKEND.keeps;
  }

  /** A read of the results raises. */
  get backendAway(): boolean {
    return this.health.backend === BACKEND.away;
  }

  handle(kind: number, subject: number): boolean {
    if (kind === PLANT_EVENT.workerUp) this.workerUp(subject);
    else if (kind === PLANT_EVENT.workerGrace) this.graceOver(subject);
    else if (kind === PLANT_EVENT.childLost) this.childLost(subject);
    else return false;
    return true;
  }

  /**
   * A worker is gone, its supervisors report nothing. Unacknowledged messages come back: RabbitMQ
   * sees the connection close, Redis waits for the visibility timeout.
   */
  killWorker(worker: number, end: WorkerEnd = 'host'): boolean {
    const { workers } = this.celery;
    if (!workers.isAlive(worker)) return false;
    workers.lose(worker, (w) => this.loseDelivery(w, end === 'main', false));
    return true;
  }

  /** SIGTERM: no new messages, what runs goes on to its end, or to the end of the patience. */
  stopWorker(worker: number, grace: number): boolean {
    const { workers } = this.celery;
    const mode = workers.modeOf(worker);
    if (mode === WORKER.gone || mode === WORKER.draining) return false;
    workers.stopTaking(worker, WORKER.draining);
    this.stops.graceEnds[worker] = this.env.context.now + grace;
    if (workers.runningOn(worker) === 0) this.workerDown(worker);
    else this.env.context.after(grace, PLANT_EVENT.workerGrace, worker);
    return true;
  }

  /** SIGQUIT: children are told to end, and every message goes back at once. */
  stopWorkerCold(worker: number): boolean {
    const { workers } = this.celery;
    if (!workers.isAlive(worker)) return false;
    workers.lose(worker, (w) => this.loseDelivery(w, false, true));
    return true;
  }

  /** It beats and takes no messages, as after a Redis restart in some releases of Celery. */
  stallWorker(worker: number): boolean {
    const { workers } = this.celery;
    if (workers.modeOf(worker) !== WORKER.up) return false;
    workers.stopTaking(worker, WORKER.deaf);
    return true;
  }

  /**
   * The worker alone cannot reach the broker: nothing new comes, what runs goes on. RabbitMQ sees
   * the connection close and hands its messages to others; Redis waits for the visibility timeout.
   */
  cutWorker(worker: number): boolean {
    const { workers, messages } = this.celery;
    if (!this.stallWorker(worker)) return false;
    workers.forgetReserved(worker, (w) => messages.giveBack(w, false));
    this.eachUnacked((w) => messages.giveBack(w, true), worker);
    return true;
  }

  /** A process is started in its place, or a deaf one hears again. */
  startWorker(worker: number): boolean {
    const { workers } = this.celery;
    const mode = workers.modeOf(worker);
    if (mode === WORKER.deaf) workers.restore(worker);
    if (mode !== WORKER.gone) return mode === WORKER.deaf;
    workers.boot(worker);
    const { constant } = this.env.timings.step('worker.boot').sampler;
    this.env.context.after(Math.max(0, constant), PLANT_EVENT.workerUp, worker);
    return true;
  }

  /** One child of its worker has ended: was it the last of one that shuts down? */
  released(worker: number): void {
    const { workers } = this.celery;
    if (workers.modeOf(worker) !== WORKER.draining) return;
    if (workers.runningOn(worker) === 0) this.workerDown(worker);
  }

  /**
   * SIGKILL of the pool child that runs a task. The worker notices later (WorkerLostError). 3.x:
   * the child is the supervisor, so the task process is an orphan. 2.x: the LocalTaskJob is a
   * process of its own and goes on.
   */
  killChild(w: number): boolean {
    const { workloads, config, timings, context } = this.env;
    const { rows } = workloads;
    const stage = rows.stage[w]!;
    const gone = (rows.flags[w]! & (FLAG.childGone | FLAG.unheld)) !== 0;
    if (gone || stage < STAGE.slot || stage >= STAGE.ended) return false;
    rows.flags[w]! |= FLAG.childGone | FLAG.failed;
    if (config.is3) this.celery.supervisor.lose(w, true, false);
    const { constant } = timings.step('celery.lost_child').sampler;
    context.after(Math.max(0, constant), PLANT_EVENT.childLost, w);
    return true;
  }

  /** The broker is stopped: connections close. `keeps`: it has its messages when it is back. */
  stopBroker(keeps: boolean): boolean {
    const { broker, workers, messages } = this.celery;
    if (broker.mode !== BROKER.up) return false;
    broker.mode = BROKER.refusing;
    if (!keeps) broker.queueNames.forEach((_, queue) => messages.lose(queue));
    if (!keeps) messages.loseUnacked();
    workers.plans.forEach((_, worker) => {
      workers.forgetReserved(worker, (w) =>
        keeps ? messages.giveBack(w, false) : messages.lost(w),
      );
    });
    if (keeps) this.eachUnacked((w) => messages.giveBack(w, true));
    return true;
  }

  /** The broker answers, refuses or keeps silent; back up, it hands out what it has. */
  setBroker(mode: number): void {
    const { broker, workers, messages } = this.celery;
    broker.mode = mode;
    if (mode === BROKER.up) messages.release();
    broker.queueNames.forEach((_, queue) => workers.offer(queue));
  }

  /** Messages that lie in the broker are gone: in one queue, or (-1) in all. */
  loseMessages(queue: number): boolean {
    const { broker, messages } = this.celery;
    const queues = broker.queueNames.map((_, each) => each);
    const chosen = queue === NONE ? queues : [queue];
    return chosen.reduce((sum, each) => sum + messages.lose(each), 0) > 0;
  }

  /** The broker takes every unacknowledged message for lost and hands it out again. */
  redeliver(): boolean {
    let some = false;
    this.eachUnacked((w) => {
      some = true;
      this.celery.messages.deliverCopy(w);
    });
    return some;
  }

  /** What is written from now on is kept, or lost; away: it cannot be read either. */
  setBackend(state: number): boolean {
    const changes = state !== this.health.backend;
    this.health.backend = state;
    return changes;
  }

  /** Deliveries that their worker (-1: any) has begun and not acknowledged. */
  private eachUnacked(each: (w: number) => void, worker: number = NONE): void {
    const { config, workloads } = this.env;
    if (!config.acksLate) return;
    this.celery.workers.eachRunning(worker, (w) => {
      if ((workloads.rows.flags[w]! & FLAG.copied) === 0) each(w);
    });
  }

  /** `atOnce`: a clean shutdown gives messages back itself. */
  private loseDelivery(w: number, orphan: boolean, atOnce: boolean): void {
    const { workloads, config } = this.env;
    const { rows } = workloads;
    const { messages, supervisor } = this.celery;
    const begun = rows.started[w] !== NONE;
    const acked = !config.acksLate && rows.stage[w] !== STAGE.reserved;
    rows.flags[w]! &= ~FLAG.childGone;
    if (!begun) supervisor.forget(w);
    else if (orphan && !config.is3) supervisor.release(w);
    else supervisor.lose(w, orphan);
    rows.place[w] = NONE;
    if (!acked) messages.giveBack(w, begun, atOnce);
    else if (!begun) workloads.rest(w);
  }

  private workerUp(worker: number): void {
    const { workers } = this.celery;
    if (workers.modeOf(worker) === WORKER.starting) workers.restore(worker);
  }

  private graceOver(worker: number): void {
    const due = this.stops.graceEnds[worker] === this.env.context.now;
    if (due && this.celery.workers.modeOf(worker) === WORKER.draining) this.killWorker(worker);
  }

  /** A clean end: only what was reserved is left, and goes back to the broker. */
  private workerDown(worker: number): void {
    this.celery.workers.lose(worker, (w) => this.celery.messages.returnNow(w));
  }

  /** The worker believes that its child is gone: FAILURE, and the message is acknowledged. */
  private childLost(w: number): void {
    const { rows } = this.env.workloads;
    if ((rows.flags[w]! & FLAG.childGone) === 0 || rows.place[w] === NONE) return;
    const worker = rows.place[w]!;
    rows.flags[w]! &= ~FLAG.childGone;
    // Said first: the worker gives the place to the next one at once.
    if (rows.stage[w] !== STAGE.ended) this.celery.supervisor.release(w);
    else this.celery.supervisor.freed(w, FREED.lost);
    this.celery.workers.release(w);
    rows.place[w] = NONE;
    this.celery.storeResult(w);
    this.released(worker);
  }
}
