/**
 * LocalExecutor (semantics 6.8): `parallelism` worker processes of the scheduler read one pipe,
 * first in, first out.
 *
 * 3.x: nothing that went into the pipe is counted, so that any number of task instances is queued
 * and the pipe is where they wait. 2.x: queued and running ones are counted, so they wait in the
 * state scheduled; parallelism 0 gives each task a process of its own.
 */
import { group, IntQueue, scalars, type Saveable } from '../../kernel/index.ts';
import { localKey } from '../../machines/index.ts';
import { SlotLines } from '../fleet/slotLines.ts';
import type { PlantEnv } from '../runner/env.ts';
import { drawSpan, dropLost, dropWorkload } from '../runner/env.ts';
import type { Supervisor } from '../runner/supervisor.ts';
import type { Step } from '../runner/timings.ts';
import { FLAG, NOBODY, NONE, STAGE } from '../runner/workloads.ts';
import type { ExecutorEvent } from './executor.ts';
import { KeyBook } from './keyBook.ts';
import type { PlantExecutor } from './plantExecutor.ts';
import { aheadIn, commonReason, reason, type QueuedReason } from './queuedReason.ts';

/** Lines in the picture when the number of processes has no limit. */
const UNLIMITED_LINES = 256;

/** The worker processes of each scheduler. */
export function localLines(schedulers: number, parallelism: number): SlotLines {
  const slots = parallelism > 0 ? parallelism : UNLIMITED_LINES;
  const numbers = Array.from({ length: schedulers }, (_, i) => i + 1);
  return new SlotLines(numbers.map((n) => ({ name: `scheduler-${n}`, slots, queues: [] })));
}

const EVENT = localKey.event;

export class LocalExecutor implements PlantExecutor {
  readonly state: Saveable;
  readonly lines: SlotLines;
  supervisor!: Supervisor;
  private readonly env: PlantEnv;
  private readonly keys: KeyBook;
  private readonly pipe = new IntQueue();
  /** Workloads whose process has ended: what the result pipe holds. */
  private readonly results = new IntQueue();
  /** Lines (+ 1) of worker processes that were killed and not replaced. */
  private readonly dead = new IntQueue();
  /** What the worker processes of a killed scheduler still read (3.x, outside of a container). */
  private readonly orphanPipe = new IntQueue();
  private readonly counters = { busy: 0, ending: 0 };
  private readonly owner: number;
  private readonly guards: number;
  private readonly handOver: Step;

  /** Executor of the scheduler `owner`; `lines`: those of the lane, a group for each scheduler. */
  constructor(env: PlantEnv, lines: SlotLines, owner: number) {
    this.env = env;
    this.owner = owner;
    this.lines = lines;
    const { is3 } = env.config;
    const { guard } = localKey;
    this.guards = is3 ? 1 << guard.replaces_queued_key : 1 << guard.local_holds_running;
    this.handOver = env.timings.step('local.hand_over');
    this.keys = new KeyBook(env, localKey, owner, { put_on_pipe: (w) => this.put(w) });
    this.state = group({
      keys: this.keys.state,
      pipe: this.pipe,
      orphanPipe: this.orphanPipe,
      results: this.results,
      dead: this.dead,
      counters: scalars(this.counters),
    });
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
    const { parallelism } = this.env.config;
    let open = parallelism > 0 ? parallelism - this.keys.running : Infinity;
    for (; open > 0; open--) {
      const w = this.keys.first();
      if (w === NONE) break;
      this.keys.step(w, EVENT.trigger, this.guards);
    }
    if (this.dead.size > 0) this.replaceDead();
    this.readResults();
    return 0;
  }

  drainEvents(take: (event: ExecutorEvent) => void): void {
    this.keys.drain(take);
  }

  hasTask(ti: number): boolean {
    return this.keys.holds(ti, this.env.port.tryNumberOf(ti));
  }

  /** No adoption: the processes were children of the scheduler that died. */
  tryAdopt(): boolean {
    return false;
  }

  /** Not implemented: a stuck task instance stays queued for ever. */
  revoke(): boolean {
    return false;
  }

  fail(ti: number): void {
    this.keys.fail(ti, EVENT.heartbeat_timeout, this.guards);
    dropLost(this.env, ti);
  }

  /** F28: SIGKILL of one worker process, idle or busy. False when it is dead already. */
  killWorker(line: number): boolean {
    const w = this.workloadOn(line);
    if (w !== NONE) return this.killWorkerOf(w);
    if (!this.lines.seize(line)) return false;
    this.ofScheduler(this.lines.groupOf(line)).hasDied(line);
    return true;
  }

  /** SIGKILL of the worker process that works on it. */
  killWorkerOf(w: number): boolean {
    const { workloads, config } = this.env;
    const { rows } = workloads;
    if (rows.owner[w] === NOBODY) return this.killOrphan(w);
    const line = rows.line[w]!;
    if (config.is3) this.supervisor.lose(w, true);
    // The LocalTaskJob is a process of its own; its key and its slot are never given back.
    else this.supervisor.release(w);
    rows.line[w] = NONE;
    const executor = this.ofScheduler(rows.owner[w]!);
    executor.counters.busy -= 1;
    executor.hasDied(line);
    return true;
  }

  /** The executor whose processes these are. */
  private ofScheduler(owner: number): LocalExecutor {
    const executor = this.env.executors[owner];
    return executor instanceof LocalExecutor ? executor : this;
  }

  private hasDied(line: number): void {
    this.dead.push(line - NONE);
    this.endIfDone();
  }

  /** The lines of dead worker processes are free again; not every process has one. */
  private buryDead(): void {
    while (this.dead.size > 0) {
      const line = this.dead.shift() + NONE;
      if (line !== NONE) this.lines.giveBack(line);
    }
  }

  /** Worker processes that were killed and not replaced. */
  get deadWorkers(): number {
    return this.dead.size;
  }

  /** Worker processes and what lies in the pipe outlive a kill in 3.x, unless `children` die. */
  crash(children: boolean): void {
    const { workloads, config } = this.env;
    const lives = config.is3 && !children;
    if (lives) while (this.pipe.size > 0) this.orphanPipe.push(this.pipe.shift());
    this.pipe.clear();
    this.results.clear();
    this.buryDead();
    this.counters.busy = 0;
    this.counters.ending = 0;
    const guards = this.guards | (lives ? 1 << localKey.guard.reader_lives : 0);
    this.keys.crash(EVENT.scheduler_lost, guards, (w) => {
      const stage = workloads.rows.stage[w]!;
      const inPipe = stage === STAGE.sent && lives;
      if (stage === STAGE.ended || (stage < STAGE.slot && !inPipe)) dropWorkload(this.env, w);
      else if (children) this.loseChild(w, false);
    });
  }

  /**
   * All that is running and all that lies in the pipe is waited for. 3.x joins the processes that
   * are alive; 2.x waits until each process has taken its word to stop, which a dead one never does.
   */
  end(): boolean {
    const { is3 } = this.env.config;
    const waiting = is3 && this.allDead ? 0 : this.pipe.size;
    const hangs = !is3 && this.dead.size > 0;
    if (!hangs && this.counters.busy + waiting === 0) return true;
    this.counters.ending = 1;
    return false;
  }

  private get allDead(): boolean {
    const { parallelism } = this.env.config;
    return parallelism > 0 && this.dead.size >= parallelism;
  }

  /** Processes read the pipe, or new ones will (3.x). */
  private get hasReaders(): boolean {
    return this.env.config.is3 || !this.allDead;
  }

  /** A stopping scheduler is told when there is nothing left to wait for. */
  private endIfDone(): void {
    if (this.counters.ending === 1 && this.end()) this.env.port.executorEnded(this.owner);
  }

  /** Never adopted: its owner is never asked. */
  yield(): void {}

  yieldedEnds(): void {}

  processEnded(w: number): void {
    const { workloads } = this.env;
    const { rows } = workloads;
    if ((rows.flags[w]! & FLAG.unheld) !== 0) return workloads.rest(w);
    if (rows.line[w] !== NONE) this.lines.giveBack(rows.line[w]!);
    if (rows.owner[w] === NOBODY) return this.orphanEnded(w);
    this.counters.busy -= 1;
    this.results.push(w);
    this.pump();
    this.endIfDone();
  }

  handle(): boolean {
    return false;
  }

  reason(w: number): QueuedReason {
    const { rows } = this.env.workloads;
    // Nothing revokes what was lost before it ran: LocalExecutor cannot (semantics 6.8).
    if ((rows.flags[w]! & FLAG.lost) !== 0) return reason('process_lost');
    if (rows.stage[w] !== STAGE.sent) return commonReason(rows.stage[w]!, rows.until[w]!);
    const limit = this.env.config.parallelism;
    if (!this.hasReaders) return reason('no_local_worker', 'core.parallelism', 0, limit);
    const ahead = aheadIn(this.pipe, w);
    return reason('local_busy', 'core.parallelism', this.lines.busy, limit, { ahead });
  }

  private put(w: number): void {
    const { workloads, context } = this.env;
    workloads.enter(w, STAGE.sent, context.now);
    this.pipe.push(w);
    this.pump();
  }

  /** 3.x: dead processes are replaced only when something waits in the pipe; 2.x: never. */
  private replaceDead(): void {
    if (!this.env.config.is3 || this.pipe.size === 0) return;
    this.buryDead();
    this.pump();
  }

  private workloadOn(line: number): number {
    const { rows } = this.env.workloads;
    for (let w = 0; w < rows.rows; w++) {
      const stage = rows.stage[w]!;
      const mine = rows.ti[w] !== NONE && rows.part[w] === this.env.part;
      const held = mine && stage >= STAGE.slot && stage < STAGE.ended;
      if (held && rows.line[w] === line) return w;
    }
    return NONE;
  }

  /** Free worker processes read what waits in the pipe. */
  private pump(): void {
    const { parallelism } = this.env.config;
    while (this.pipe.size > 0) {
      if (parallelism > 0 && this.counters.busy + this.dead.size >= parallelism) return;
      this.counters.busy += 1;
      this.read(this.pipe.shift());
    }
  }

  private read(w: number): void {
    const delay = drawSpan(this.env, w, this.handOver.sampler, this.handOver.purpose);
    this.keys.step(w, EVENT.read, this.guards);
    // Processes of an earlier life may still be in the lines.
    this.supervisor.takeSlot(w, this.lines.take(this.owner));
    this.supervisor.begin(w, delay);
  }

  /** Nobody reads its result; its worker reads on what its scheduler had put into the pipe. */
  private orphanEnded(w: number): void {
    dropWorkload(this.env, w);
    if (this.orphanPipe.size > 0) this.read(this.orphanPipe.shift());
  }

  private killOrphan(w: number): boolean {
    this.loseChild(w, this.env.config.is3);
    return true;
  }

  private loseChild(w: number, orphan: boolean): void {
    const line = this.env.workloads.rows.line[w]!;
    if (line !== NONE) this.lines.giveBack(line);
    this.supervisor.lose(w, orphan);
  }

  private readResults(): void {
    const { rows } = this.env.workloads;
    while (this.results.size > 0) {
      const w = this.results.shift();
      const failed = (rows.flags[w]! & FLAG.failed) !== 0;
      this.keys.step(w, failed ? EVENT.supervisor_raised : EVENT.supervisor_ended, this.guards);
      dropWorkload(this.env, w);
    }
  }
}
