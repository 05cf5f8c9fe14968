/**
 * KubernetesExecutor (semantics 6.4): one pod per try. Keys go through a task queue; each heartbeat
 * reads what the watcher saw and then creates a few pods, one call after the other, in the
 * scheduler's only thread.
 */
import { group, IntQueue, type Saveable } from '../../kernel/index.ts';
import { kubernetesKey, pod } from '../../machines/index.ts';
import type { Cluster } from '../fleet/cluster.ts';
import type { SlotLines } from '../fleet/slotLines.ts';
import {
  drawSpan,
  dropLost,
  forgetPlans,
  keepUnread,
  later,
  type PlantEnv,
} from '../runner/env.ts';
import type { Supervisor } from '../runner/supervisor.ts';
import type { Step } from '../runner/timings.ts';
import { FLAG, NOBODY, NONE, OUTCOME, STAGE } from '../runner/workloads.ts';
import type { ExecutorEvent } from './executor.ts';
import { KeyBook } from './keyBook.ts';
import { PLANT_EVENT } from './plantEvents.ts';
import type { PlantExecutor } from './plantExecutor.ts';
import { creationReason, podReason } from './podReasons.ts';
import { PodCreation } from './podCreation.ts';
import type { QueuedReason } from './queuedReason.ts';
import { CALL } from '../runner/outage.ts';

const EVENT = kubernetesKey.event;
const STATE = kubernetesKey.state;

export class KubernetesExecutor implements PlantExecutor {
  readonly state: Saveable;
  readonly lines: SlotLines;
  readonly cluster: Cluster;
  private readonly env: PlantEnv;
  private readonly owner: number;
  private readonly keys: KeyBook;
  /** Keys whose pod is still to be created. */
  private readonly taskQueue = new IntQueue();
  /** Pods whose end the watcher has seen. */
  private readonly results = new IntQueue();
  private readonly creation: PodCreation;
  private readonly guards: number;
  private readonly deleteCall: Step;
  private readonly containerExit: Step;
  private readonly watch: Step;

  /** Executor of the scheduler `owner`; the cluster is that of the lane. */
  constructor(env: PlantEnv, cluster: Cluster, owner: number) {
    this.env = env;
    this.cluster = cluster;
    this.lines = this.cluster.lines;
    const { timings } = env;
    this.deleteCall = timings.step('kubernetes.delete_call');
    this.containerExit = timings.step('kubernetes.container_exit');
    this.watch = timings.step('kubernetes.watch');
    this.guards = env.config.is3 ? 1 << kubernetesKey.guard.replaces_queued_key : 0;
    this.keys = new KeyBook(env, kubernetesKey, owner, {
      buffer_database_state: (w) => this.passState(w),
    });
    this.creation = new PodCreation(env, this.cluster, this.keys, this.taskQueue, owner);
    this.owner = owner;
    this.state = group({
      keys: this.keys.state,
      creation: this.creation.state,
      taskQueue: this.taskQueue,
      results: this.results,
    });
  }

  set supervisor(supervisor: Supervisor) {
    this.cluster.supervisor = supervisor;
  }

  get supervisor(): Supervisor {
    return this.cluster.supervisor;
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
    this.trigger();
    const held = this.readResults();
    return this.creation.run(held, this.guards);
  }

  drainEvents(take: (event: ExecutorEvent) => void): void {
    this.keys.drain(take);
  }

  hasTask(ti: number): boolean {
    return this.keys.holds(ti, this.env.port.tryNumberOf(ti));
  }

  /** The pod is found by its labels; a task instance without a pod is reset. */
  tryAdopt(ti: number): boolean {
    const { workloads, port } = this.env;
    if (this.isCutOff) return false;
    const { rows } = workloads;
    const w = workloads.newest(ti);
    if (w === NONE || rows.tryNumber[w] !== port.tryNumberOf(ti)) return false;
    const runs = rows.stage[w]! >= STAGE.started;
    const adopts = runs ? EVENT.adopt_running : EVENT.adopt_pending;
    if (!this.keys.adopt(w, adopts, this.guards)) return false;
    const unread = rows.stage[w] === STAGE.ended && (rows.flags[w]! & FLAG.resting) !== 0;
    if (!unread || !this.cluster.isOver(w)) return true;
    // The list of pods says so already: the watcher's word would come a second time.
    forgetPlans(this.env, w);
    workloads.wake(w);
    this.results.push(w);
    return true;
  }

  /** Pods live on; a key without a pod is lost. */
  crash(): void {
    const { workloads } = this.env;
    this.taskQueue.clear();
    this.results.clear();
    this.keys.crash(EVENT.scheduler_lost, this.guards, (w, key) => {
      if (key === STATE.queued_tasks || key === STATE.task_queue) workloads.remove(w);
      else if (workloads.rows.stage[w] === STAGE.ended) this.keepPod(w);
    });
  }

  /** A pod that has ended and been seen: the next watcher sees it too. */
  private keepPod(w: number): void {
    this.cluster.api.forget(w);
    if (!this.env.context.pending(this.env.workloads.rows.event[w]!)) keepUnread(this.env, w);
  }

  /** Unsent keys are dropped, the watchers stopped; pods stay. */
  end(): boolean {
    return true;
  }

  /** The pod gets another scheduler's label: the watcher here sees it go as adopted. */
  yield(w: number): void {
    this.taskQueue.remove(w);
    this.results.remove(w);
    this.keys.yield(w, EVENT.scheduler_lost, this.guards, false);
  }

  yieldedEnds(): void {}

  fail(ti: number): void {
    this.keys.fail(ti, EVENT.heartbeat_timeout, this.guards);
    const { workloads } = this.env;
    for (let w = workloads.newest(ti); w !== NONE; w = workloads.rows.next[w]!) {
      if ((workloads.rows.flags[w]! & FLAG.lost) === 0) continue;
      this.results.remove(w);
      this.cluster.forget(w);
    }
    dropLost(this.env, ti);
  }

  /** Stuck in queued: the pod is labelled and deleted. */
  revoke(ti: number): boolean {
    const { workloads, port } = this.env;
    const w = workloads.find(ti, port.tryNumberOf(ti), FLAG.queued | FLAG.running);
    if (w !== NONE) {
      this.keys.step(w, EVENT.revoke, this.guards);
      this.discard(w);
    }
    return true;
  }

  /** The first process of the container is over; the pod follows, then the watcher. */
  processEnded(w: number): void {
    if (this.cluster.missed.has(w)) return this.cluster.endUnseen(w);
    const exit = drawSpan(this.env, w, this.containerExit.sampler, this.containerExit.purpose);
    const seen = drawSpan(this.env, w, this.watch.sampler, this.watch.purpose);
    later(this.env, w, exit + seen, PLANT_EVENT.watch);
  }

  handle(kind: number, w: number, arg: number): boolean {
    if (kind !== PLANT_EVENT.watch) return this.cluster.handle(kind, w, arg);
    const { rows } = this.env.workloads;
    if (rows.place[w] !== NONE) this.cluster.exited(w, (rows.flags[w]! & FLAG.failed) !== 0);
    // A node that comes back tells of pods whose end an adoption may have found already.
    if (rows.stage[w] === STAGE.ended) this.results.remove(w);
    this.env.workloads.enter(w, STAGE.ended, this.env.context.now);
    if (this.isCutOff) this.cluster.api.missed(w);
    else if (rows.owner[w] === NOBODY) keepUnread(this.env, w);
    else this.results.push(w);
    return true;
  }

  /** Its watchers see nothing, and no call gets through. */
  private get isCutOff(): boolean {
    return this.cluster.api.isAway || this.env.outage.executorCut(this.owner) !== CALL.answered;
  }

  reason(w: number): QueuedReason {
    const { rows } = this.env.workloads;
    if (rows.key[w] !== STATE.task_queue) return podReason(this.cluster, w);
    return creationReason(this.cluster, this.creation, this.taskQueue, w);
  }

  private trigger(): void {
    const { workloads, config, context } = this.env;
    let open = config.parallelism > 0 ? config.parallelism - this.keys.running : Infinity;
    for (; open > 0; open--) {
      const w = this.keys.first();
      if (w === NONE) break;
      this.keys.step(w, EVENT.trigger, this.guards);
      workloads.enter(w, STAGE.sent, context.now);
      if (this.cluster.needOf(w).invalid) this.refuse(w);
      else this.taskQueue.push(w);
    }
  }

  /** execute_async: `Invalid executor_config passed`. */
  private refuse(w: number): void {
    this.keys.step(w, EVENT.create_refused, this.guards);
    this.env.workloads.remove(w);
  }

  private readResults(): number {
    const { workloads, port } = this.env;
    const { rows } = workloads;
    let held = 0;
    while (this.results.size > 0) {
      const w = this.results.shift();
      const failed = (rows.flags[w]! & FLAG.failed) !== 0;
      const guards =
        this.guards | this.launchGuard(w, port.isQueued(rows.ti[w]!, rows.tryNumber[w]!));
      if ((rows.flags[w]! & FLAG.ignored) === 0) {
        this.keys.step(w, failed ? EVENT.pod_failed : EVENT.pod_succeeded, guards);
      }
      held += this.cleanUp(w, failed);
      if (rows.key[w] === STATE.task_queue) this.again(w);
      else if (!this.isMissed(w)) workloads.remove(w);
    }
    return held;
  }

  /**
   * 2.x: the executor's word on a running row counts for nothing. Its LocalTaskJob was killed, which
   * shows in nothing but its missing heartbeat.
   */
  private isMissed(w: number): boolean {
    const { config, port, workloads } = this.env;
    const { rows } = workloads;
    if (config.is3 || (rows.flags[w]! & FLAG.lost) === 0) return false;
    return port.isRunning(rows.ti[w]!, rows.tryNumber[w]!);
  }

  /** Deletes the pod, or labels it as done: a call either way; a failed one may be kept as it is. */
  private cleanUp(w: number, failed: boolean): number {
    const { deletePods, deleteFailedPods } = this.env.config;
    const keeps = deletePods && failed && !deleteFailedPods;
    // A pod that hangs holds its place on the node until somebody deletes it.
    if (deletePods && !keeps) this.cluster.remove(w, pod.event.delete);
    else if (this.env.workloads.rows.place[w] !== NONE) this.cluster.abandon(w);
    return keeps ? 0 : drawSpan(this.env, w, this.deleteCall.sampler, this.deleteCall.purpose);
  }

  /** Silent requeue (semantics 6.4.4): a container that ended with an error is excluded. */
  private launchGuard(w: number, queued: boolean): number {
    const { rows } = this.env.workloads;
    const used = rows.attempts[w]!;
    const limit = this.env.config.podLaunchRetries;
    const excluded = rows.outcome[w] === OUTCOME.refused;
    const left = queued && !excluded && (limit < 0 || used < limit);
    return left ? 1 << kubernetesKey.guard.launch_retries_left : 0;
  }

  private again(w: number): void {
    const { workloads, context } = this.env;
    const { rows } = workloads;
    rows.attempts[w]! += 1;
    workloads.unmarkLost(w);
    rows.flags[w]! &= ~(FLAG.failed | FLAG.lingers);
    rows.outcome[w] = OUTCOME.success;
    rows.line[w] = NONE;
    workloads.enter(w, STAGE.sent, context.now);
    this.taskQueue.push(w);
  }

  private discard(w: number): void {
    const { workloads } = this.env;
    const stage = workloads.rows.stage[w]!;
    const failed = (workloads.rows.flags[w]! & FLAG.failed) !== 0;
    if (stage >= STAGE.started && !(stage === STAGE.ended && failed)) return;
    const hadPod = !this.taskQueue.remove(w) && stage > STAGE.accepted;
    if (stage === STAGE.slot) this.supervisor.lose(w);
    forgetPlans(this.env, w);
    this.results.remove(w);
    if (hadPod) this.cluster.forget(w);
    workloads.remove(w);
  }

  /** A Succeeded pod says nothing: the state of the row is passed on, whatever it is. */
  private passState(w: number): void {
    const end = this.env.port.endOf(this.env.workloads.rows.ti[w]!);
    if (end !== null) this.keys.buffer(w, end);
  }
}
