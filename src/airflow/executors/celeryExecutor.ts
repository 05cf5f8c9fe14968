/**
 * CeleryExecutor (semantics 6.3): sends messages to the broker in its heartbeat, and reads results
 * from the result backend in the same. A key stays in its running set until a result is read, be
 * its task over or not.
 */
import { group, IntQueue, type Saveable } from '../../kernel/index.ts';
import { celeryKey } from '../../machines/index.ts';
import { BROKER, type Broker } from '../fleet/broker.ts';
import type { CeleryWorkers } from '../fleet/celeryWorkers.ts';
import type { SlotLines } from '../fleet/slotLines.ts';
import { drawSpan, dropLost, dropWorkload, keepUnread, type PlantEnv } from '../runner/env.ts';
import type { Supervisor } from '../runner/supervisor.ts';
import type { Step } from '../runner/timings.ts';
import { FLAG, NOBODY, NONE, OUTCOME, STAGE } from '../runner/workloads.ts';
import type { CeleryParts } from './celery/parts.ts';
import type { Messages } from './celery/messages.ts';
import { celeryReason } from './celery/reason.ts';
import type { CelerySite } from './celery/site.ts';
import type { ExecutorEvent } from './executor.ts';
import { KeyBook } from './keyBook.ts';
import { PLANT_EVENT } from './plantEvents.ts';
import type { PlantExecutor } from './plantExecutor.ts';
import type { QueuedReason } from './queuedReason.ts';

const EVENT = celeryKey.event;
const SUCCESS = EVENT.result_success;

export class CeleryExecutor implements PlantExecutor {
  readonly state: Saveable;
  readonly lines: SlotLines;
  readonly broker: Broker;
  readonly workers: CeleryWorkers;
  private readonly env: PlantEnv;
  readonly messages: Messages;
  readonly parts: CeleryParts;
  private readonly site: CelerySite;
  private readonly owner: number;
  private readonly keys: KeyBook;
  /** Workloads with a result in the backend that the executor has not read. */
  private readonly results = new IntQueue();
  private readonly guards: number;
  private readonly query: number;
  private readonly publish: Step;
  private readonly refused: Step;
  private readonly deliver: Step;

  /** Executor of the scheduler `owner`; broker and workers are those of the site. */
  constructor(env: PlantEnv, site: CelerySite, owner: number) {
    this.env = env;
    this.broker = site.broker;
    this.workers = site.workers;
    this.messages = site.messages;
    this.parts = site.parts;
    this.site = site;
    this.owner = owner;
    site.executors[owner] = this;
    this.lines = this.workers.lines;
    this.guards = env.config.is3 ? 1 << celeryKey.guard.replaces_queued_key : 0;
    this.query = Math.max(0, env.timings.step('celery.read_results').sampler.constant);
    this.publish = env.timings.step('celery.publish');
    this.refused = env.timings.step('celery.publish_refused');
    this.deliver = env.timings.step('celery.deliver');
    this.keys = new KeyBook(env, celeryKey, owner);
    this.state = group({ keys: this.keys.state, results: this.results });
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

  heartbeat(): number | 'crashed' {
    const held = this.sendAll();
    const unread = this.parts.backendAway || this.env.outage.resultsCut(this.owner);
    if (this.keys.running > 0 && unread) return 'crashed';
    // One query for all keys, and none when there is no key.
    const asks = this.keys.running > 0 ? this.query : 0;
    this.readResults();
    return held + asks;
  }

  /** Keys in the running set for which no result will come: slots lost until a restart (F12). */
  get unanswered(): number {
    const { rows } = this.env.workloads;
    const both = FLAG.running | FLAG.resting;
    let count = 0;
    for (let w = 0; w < rows.rows; w++) {
      const mine = rows.ti[w] !== NONE && rows.part[w] === this.env.part;
      if (mine && (rows.flags[w]! & both) === both) count += 1;
    }
    return count;
  }

  drainEvents(take: (event: ExecutorEvent) => void): void {
    this.keys.drain(take);
  }

  hasTask(ti: number): boolean {
    return this.keys.holds(ti, this.env.port.tryNumberOf(ti));
  }

  /** The Celery id is in the row: this scheduler asks for its result from now on. */
  tryAdopt(ti: number): boolean {
    const w = this.messages.ofRow(ti);
    if (w === NONE || !this.keys.adopt(w, EVENT.adopt, this.guards)) return false;
    const { rows } = this.env.workloads;
    if (rows.stage[w] === STAGE.ended && !this.supervisor.isLost(w)) this.results.push(w);
    return true;
  }

  /** A key that was not sent yet: 3.x has its message id in the row already (semantics 6.3.1). */
  crash(): void {
    const { workloads, config } = this.env;
    this.results.clear();
    this.keys.crash(EVENT.scheduler_lost, this.guards, (w) => {
      const unsent = workloads.rows.stage[w] === STAGE.accepted;
      if (workloads.rows.stage[w] === STAGE.ended) keepUnread(this.env, w);
      else if (unsent && config.is3) workloads.rest(w);
      else if (unsent) workloads.remove(w);
    });
  }

  yield(w: number): void {
    this.results.remove(w);
    this.keys.yield(w, EVENT.scheduler_lost, this.guards, true);
  }

  yieldedEnds(w: number): void {
    this.keys.yieldedEnds(w);
  }

  /** One last look at the results; it waits for nothing. */
  end(): boolean {
    return true;
  }

  /** A workload that a lost worker had is waited for no longer; copies of its message go on. */
  fail(ti: number): void {
    this.keys.fail(ti, EVENT.heartbeat_timeout, this.guards);
    const { workloads } = this.env;
    for (let w = workloads.newest(ti); w !== NONE; w = workloads.rows.next[w]!) {
      if ((workloads.rows.flags[w]! & FLAG.lost) !== 0) this.results.remove(w);
    }
    dropLost(this.env, ti);
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
    else if (rows.stage[w]! <= STAGE.reserved) this.messages.forgo(w);
    else rows.flags[w]! |= FLAG.ignored;
    return true;
  }

  /** The child returns: its result row is written and the message acknowledged. */
  processEnded(w: number): void {
    const { rows } = this.env.workloads;
    const worker = rows.place[w]!;
    if ((rows.flags[w]! & FLAG.unheld) !== 0) return this.forgetUnheld(w);
    // Its result is what the worker writes when it notices that the child is gone.
    if ((rows.flags[w]! & FLAG.childGone) !== 0) return;
    this.workers.release(w);
    this.storeResult(w);
    this.parts.released(worker);
  }

  /** 3.x: "already running" ends as ignored, without a result: nobody frees a key that waits. */
  storeResult(w: number): void {
    const { workloads, port, config } = this.env;
    const { rows } = workloads;
    if (this.messages.ownerOf(w) === NOBODY && this.parts.backendKeeps)
      return keepUnread(this.env, w);
    const refused = config.is3 && rows.outcome[w] === OUTCOME.refused;
    const ignored = refused && port.isRunning(rows.ti[w]!, rows.tryNumber[w]!);
    if (!ignored && this.parts.backendKeeps) this.results.push(w);
    else if ((rows.flags[w]! & FLAG.running) === 0) workloads.remove(w);
    else workloads.rest(w);
  }

  handle(kind: number, subject: number): boolean {
    const { port, workloads } = this.env;
    if (kind === PLANT_EVENT.redeliver) this.messages.redeliver(subject);
    else if (kind !== PLANT_EVENT.arrive) {
      return this.site.handle(kind, subject);
    }
    const queue = port.queueOf(workloads.rows.ti[subject]!);
    if (kind === PLANT_EVENT.arrive) this.broker.put(queue, subject);
    this.workers.offer(queue);
    return true;
  }

  reason(w: number): QueuedReason {
    return celeryReason(this.env, this.broker, this.workers, w);
  }

  /** Nobody writes a result for it: a key that waits goes on waiting. */
  private forgetUnheld(w: number): void {
    const { workloads } = this.env;
    if ((workloads.rows.flags[w]! & FLAG.running) === 0) workloads.remove(w);
    else workloads.rest(w);
  }

  private discard(w: number): void {
    this.results.remove(w);
    this.messages.discard(w);
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
    // A way that is cut is as a broker that is away, for this scheduler alone.
    const mode = this.env.outage.executorCut(this.owner) || this.broker.mode;
    if (mode === BROKER.refusing) {
      this.keys.step(w, EVENT.publish_error, this.guards);
      workloads.remove(w);
      return drawSpan(this.env, w, this.refused.sampler, this.refused.purpose);
    }
    if (mode === BROKER.silent) {
      this.timeOut(w);
      return config.operationTimeout;
    }
    this.keys.step(w, EVENT.publish_ok, this.guards);
    workloads.enter(w, STAGE.sent, context.now);
    this.messages.number(w);
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
    const cores = this.env.machines.coresOfScheduler(this.owner);
    return Math.max(1, Math.floor(cores) - 1);
  }

  private readResults(): void {
    const { workloads, executors } = this.env;
    const { rows } = workloads;
    while (this.results.size > 0) {
      const w = this.results.shift();
      const event = (rows.flags[w]! & FLAG.failed) !== 0 ? EVENT.result_failure : SUCCESS;
      const holder = this.messages.holderOf(w);
      // Adopted while this scheduler was silent: the result is the other one's to read.
      if (holder !== NONE && rows.owner[holder] !== this.owner) {
        this.site.storeResult(w);
        continue;
      }
      const awaited = holder !== NONE && (rows.flags[holder]! & FLAG.ignored) === 0;
      if (awaited) this.keys.step(holder, event, this.guards);
      if (executors.length > 1) {
        for (const each of executors) each.yieldedEnds(holder === NONE ? w : holder);
      }
      // 2.x: the pool child was killed, the LocalTaskJob goes on.
      if ((rows.flags[w]! & FLAG.unheld) === 0) dropWorkload(this.env, w);
    }
  }
}
