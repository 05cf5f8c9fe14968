/**
 * CeleryExecutor (semantics 6.3): sends messages to the broker in its heartbeat, and reads results
 * from the result backend in the same. A key stays in its running set until a result is read, be
 * its task over or not.
 */
import { group, IntQueue, scalars, type Saveable } from '../../kernel/index.ts';
import { celeryKey } from '../../machines/index.ts';
import { BROKER, Broker } from '../fleet/broker.ts';
import { CeleryWorkers } from '../fleet/celeryWorkers.ts';
import type { SlotLines } from '../fleet/slotLines.ts';
import { drawSpan, forgetPlans, later, type PlantEnv } from '../runner/env.ts';
import type { Supervisor } from '../runner/supervisor.ts';
import type { Step } from '../runner/timings.ts';
import { FLAG, NONE, OUTCOME, STAGE } from '../runner/workloads.ts';
import type { FleetSpec } from '../scenario.ts';
import type { ExecutorEvent } from './executor.ts';
import { KeyBook } from './keyBook.ts';
import { PLANT_EVENT } from './plantEvents.ts';
import type { PlantExecutor } from './plantExecutor.ts';
import { commonReason, reason, type QueuedReason } from './queuedReason.ts';

const EVENT = celeryKey.event;
const SUCCESS = EVENT.result_success;

export class CeleryExecutor implements PlantExecutor {
  readonly state: Saveable;
  readonly lines: SlotLines;
  readonly broker: Broker;
  readonly workers: CeleryWorkers;
  private readonly env: PlantEnv;
  private readonly keys: KeyBook;
  /** Workloads with a result in the backend that the executor has not read. */
  private readonly results = new IntQueue();
  private readonly counters = { messages: 0 };
  private readonly guards: number;
  private readonly query: number;
  private readonly publish: Step;
  private readonly refused: Step;
  private readonly deliver: Step;

  constructor(env: PlantEnv, fleet: FleetSpec, queueNames: readonly string[]) {
    this.env = env;
    this.broker = new Broker(queueNames, fleet.broker);
    this.workers = new CeleryWorkers(env, this.broker, fleet.workers);
    this.lines = this.workers.lines;
    this.guards = env.config.is3 ? 1 << celeryKey.guard.replaces_queued_key : 0;
    this.query = Math.max(0, env.timings.step('celery.read_results').sampler.constant);
    this.publish = env.timings.step('celery.publish');
    this.refused = env.timings.step('celery.publish_refused');
    this.deliver = env.timings.step('celery.deliver');
    this.keys = new KeyBook(env, celeryKey);
    this.state = group({
      keys: this.keys.state,
      results: this.results,
      counters: scalars(this.counters),
      broker: this.broker.state,
      workers: this.workers.state,
    });
  }

  set supervisor(supervisor: Supervisor) {
    this.workers.supervisor = supervisor;
  }

  get supervisor(): Supervisor {
    return this.workers.supervisor;
  }

  slotsOccupied(): number {
    return this.keys.running + this.keys.queued;
  }

  slotsAvailable(): number {
    const { parallelism } = this.env.config;
    return parallelism > 0 ? parallelism - this.slotsOccupied() : Infinity;
  }

  queueWorkload(ti: number, tryNumber: number, priorityWeight: number): void {
    this.keys.accept(ti, tryNumber, priorityWeight, EVENT.accept, this.guards);
  }

  heartbeat(): number {
    const held = this.sendAll();
    // One query for all keys, and none when there is no key.
    const asks = this.keys.running > 0 ? this.query : 0;
    this.readResults();
    return held + asks;
  }

  drainEvents(take: (event: ExecutorEvent) => void): void {
    this.keys.drain(take);
  }

  hasTask(ti: number): boolean {
    return this.keys.holds(ti, this.env.port.tryNumberOf(ti));
  }

  /** The Celery id is in the row: the new scheduler asks for its result from now on. */
  tryAdopt(ti: number): boolean {
    const w = this.messageOf(ti);
    return w !== NONE && this.keys.step(w, EVENT.adopt, this.guards);
  }

  /** A workload that a lost worker had is waited for no longer; copies of its message go on. */
  fail(ti: number): void {
    const { workloads } = this.env;
    const { rows } = workloads;
    this.keys.fail(ti, EVENT.heartbeat_timeout, this.guards);
    for (let w = workloads.newest(ti); w !== NONE;) {
      const next = rows.next[w]!;
      if ((rows.flags[w]! & FLAG.lost) !== 0) workloads.remove(w);
      w = next;
    }
  }

  /**
   * The key leaves the executor, and the workers that are up are told to drop the message when
   * they come by it; what has begun goes on. A worker that comes up later knows nothing of it.
   */
  revoke(ti: number): boolean {
    const { workloads, port } = this.env;
    const { rows } = workloads;
    const w = workloads.find(ti, port.tryNumberOf(ti), FLAG.queued | FLAG.running);
    if (w === NONE) return true;
    this.keys.step(w, EVENT.revoke, this.guards);
    if ((rows.flags[w]! & FLAG.lost) !== 0 || rows.stage[w] === STAGE.accepted) this.discard(w);
    else if (rows.stage[w]! <= STAGE.reserved) this.forgo(w);
    else rows.flags[w]! |= FLAG.ignored;
    return true;
  }

  /** The child returns: its result row is written and the message acknowledged. */
  processEnded(w: number): void {
    const { workloads, port, config } = this.env;
    const { rows } = workloads;
    this.workers.release(w);
    const running = config.is3 && port.isRunning(rows.ti[w]!, rows.tryNumber[w]!);
    if (rows.outcome[w] !== OUTCOME.refused || !running) this.results.push(w);
    // 3.x: "already running" ends as ignored, without a result: nobody frees a key that waits.
    else if ((rows.flags[w]! & FLAG.running) === 0) workloads.remove(w);
    else workloads.rest(w);
  }

  handle(kind: number, w: number): boolean {
    const { port, workloads, context } = this.env;
    if (kind !== PLANT_EVENT.arrive && kind !== PLANT_EVENT.redeliver) return false;
    const queue = port.queueOf(workloads.rows.ti[w]!);
    if (kind === PLANT_EVENT.arrive) this.broker.put(queue, w);
    else {
      workloads.wake(w);
      workloads.enter(w, STAGE.sent, context.now);
      this.broker.giveBack(queue, w);
    }
    this.workers.offer(queue);
    return true;
  }

  reason(w: number): QueuedReason {
    const { workloads, port } = this.env;
    const { rows } = workloads;
    const queue = port.queueOf(rows.ti[w]!);
    const name = this.broker.queueNames[queue]!;
    if (rows.stage[w] === STAGE.reserved) {
      const worker = this.workers.plans[rows.place[w]!]!.name;
      const option = 'celery.worker_prefetch_multiplier';
      return reason('prefetched', option, null, null, { worker });
    }
    if (rows.stage[w] !== STAGE.sent) return commonReason(rows.stage[w]!, rows.until[w]!);
    if (this.broker.mode !== BROKER.up) return reason('broker', null, null, null, { queue: name });
    if (!this.workers.hasConsumer(queue)) {
      return reason('no_worker_for_queue', 'queue', 0, 1, { queue: name });
    }
    const { busy, slots } = this.workers.load(queue);
    const params = { queue: name, ahead: this.broker.ahead(queue, w) };
    return reason('broker_wait', 'celery.worker_concurrency', busy, slots, params);
  }

  /**
   * A worker host is gone (fault): its supervisors report nothing. Its unacknowledged messages come
   * back: with RabbitMQ as soon as the connection closes, with Redis after the visibility timeout.
   */
  loseWorker(worker: number): void {
    const { workloads, config } = this.env;
    const { rows } = workloads;
    this.workers.lose(worker, (w) => {
      const begun = rows.started[w] !== NONE;
      const acked = !config.acksLate && rows.stage[w] !== STAGE.reserved;
      if (begun) this.supervisor.lose(w);
      else this.supervisor.forget(w);
      rows.place[w] = NONE;
      if (acked && !begun) workloads.rest(w);
      else if (!acked) this.deliverAgain(begun ? this.copyOf(w) : w);
    });
  }

  /** The broker answers, refuses or keeps silent (fault); back up, it hands out what it has. */
  setBroker(mode: number): void {
    this.broker.mode = mode;
    this.broker.queueNames.forEach((_, queue) => this.workers.offer(queue));
  }

  /** The message that the row of a task instance names; -1 when there is none. */
  private messageOf(ti: number): number {
    const { workloads, port } = this.env;
    const { rows } = workloads;
    const tryNumber = port.tryNumberOf(ti);
    let w = workloads.newest(ti);
    while (w !== NONE && (rows.flags[w]! & FLAG.copy) !== 0) w = rows.next[w]!;
    return w !== NONE && rows.tryNumber[w] === tryNumber ? w : NONE;
  }

  /** The broker still has the message of a workload that has begun. */
  private copyOf(w: number): number {
    const { workloads, context } = this.env;
    const { rows } = workloads;
    const copy = workloads.add(rows.ti[w]!, rows.tryNumber[w]!, context.now);
    rows.key[copy] = celeryKey.initial;
    rows.message[copy] = rows.message[w]!;
    rows.flags[copy] = FLAG.copy;
    return copy;
  }

  /** Nobody acknowledges the message: back in its queue, by the broker's own clock. */
  private deliverAgain(w: number): void {
    const { workloads, config, context } = this.env;
    const onClose = this.broker.redeliversOnClose;
    workloads.enter(w, STAGE.sent, context.now);
    if (!onClose) workloads.rest(w);
    later(this.env, w, onClose ? 0 : config.visibilityTimeout, PLANT_EVENT.redeliver);
  }

  /** The executor wants the message no longer; it stays where it is. */
  private forgo(w: number): void {
    const { workloads, context } = this.env;
    const { rows } = workloads;
    rows.flags[w]! |= FLAG.ignored | FLAG.revoked;
    rows.later[w] = context.now;
    workloads.rest(w);
  }

  private discard(w: number): void {
    const { workloads, port } = this.env;
    forgetPlans(this.env, w);
    this.broker.remove(port.queueOf(workloads.rows.ti[w]!), w);
    this.results.remove(w);
    workloads.remove(w);
  }

  /** trigger_tasks: how long the scheduler's thread is held by the sending. */
  private sendAll(): number {
    const { parallelism } = this.env.config;
    const open = parallelism > 0 ? parallelism - this.keys.running : Infinity;
    const count = Math.min(open, this.keys.queued);
    if (count <= 0) return 0;
    const senders = count === 1 ? 1 : Math.min(count, this.senders());
    const chunk = Math.ceil(count / senders);
    let held = 0;
    let at = 0;
    for (let i = 0, w = this.keys.first(); i < count && w !== NONE; i++) {
      const next = this.keys.after(w);
      if (i % chunk === 0) at = 0;
      at += this.send(w, at);
      held = Math.max(held, at);
      w = next;
    }
    return held;
  }

  /** Sends one message, `before` microseconds from now; returns how long that takes. */
  private send(w: number, before: number): number {
    const { workloads, config, context } = this.env;
    const { rows } = workloads;
    if (this.broker.mode === BROKER.refusing) {
      this.keys.step(w, EVENT.publish_error, this.guards);
      workloads.remove(w);
      return drawSpan(this.env, w, this.refused.sampler, this.refused.purpose);
    }
    if (this.broker.mode === BROKER.silent) {
      this.timeOut(w);
      return config.operationTimeout;
    }
    this.keys.step(w, EVENT.publish_ok, this.guards);
    workloads.enter(w, STAGE.sent, context.now);
    rows.message[w] = this.counters.messages++;
    const span = drawSpan(this.env, w, this.publish.sampler, this.publish.purpose);
    const hop = drawSpan(this.env, w, this.deliver.sampler, this.deliver.purpose);
    rows.event[w] = context.after(before + span + hop, PLANT_EVENT.arrive, w);
    return span;
  }

  private timeOut(w: number): void {
    const { workloads, config } = this.env;
    const { rows } = workloads;
    const left = rows.attempts[w]! < config.publishRetries;
    const guards = this.guards | (left ? 1 << celeryKey.guard.publish_retries_left : 0);
    this.keys.step(w, EVENT.publish_timeout, guards);
    rows.attempts[w]! += 1;
    if (!left) workloads.remove(w);
  }

  /** celery.sync_parallelism; 0: one process less than there are cores. */
  private senders(): number {
    const { syncParallelism } = this.env.config;
    if (syncParallelism > 0) return syncParallelism;
    return Math.max(1, Math.floor(this.env.timings.number('host.cores')) - 1);
  }

  private readResults(): void {
    const { workloads } = this.env;
    const { rows } = workloads;
    while (this.results.size > 0) {
      const w = this.results.shift();
      const event = (rows.flags[w]! & FLAG.failed) !== 0 ? EVENT.result_failure : SUCCESS;
      const holder = (rows.flags[w]! & FLAG.copy) === 0 ? w : this.holderOf(w);
      const awaited = holder !== NONE && (rows.flags[holder]! & FLAG.ignored) === 0;
      if (awaited) this.keys.step(holder, event, this.guards);
      workloads.remove(w);
    }
  }

  /** The workload whose key waits for the result of a message that was delivered again. */
  private holderOf(copy: number): number {
    const { workloads } = this.env;
    const { rows } = workloads;
    for (let w = workloads.newest(rows.ti[copy]!); w !== NONE; w = rows.next[w]!) {
      const holds = (rows.flags[w]! & FLAG.running) !== 0;
      if (holds && rows.message[w] === rows.message[copy]) return w;
    }
    return NONE;
  }
}
