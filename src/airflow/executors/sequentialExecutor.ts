/**
 * SequentialExecutor, 2.11.2 only (semantics 6.9). The heartbeat takes everything that is queued
 * into a list and runs it one by one, each command in a new interpreter, and waits: the scheduler
 * does nothing else until the list is through.
 */
import { group, IntQueue, scalars, type Saveable } from '../../kernel/index.ts';
import { sequentialKey } from '../../machines/index.ts';
import { SlotLines } from '../fleet/slotLines.ts';
import { dropWorkload, spend, type PlantEnv } from '../runner/env.ts';
import type { Supervisor } from '../runner/supervisor.ts';
import type { Step } from '../runner/timings.ts';
import { FLAG, NOBODY, NONE, STAGE } from '../runner/workloads.ts';
import type { ExecutorEvent } from './executor.ts';
import { KeyBook } from './keyBook.ts';
import { PLANT_EVENT } from './plantEvents.ts';
import type { PlantExecutor } from './plantExecutor.ts';
import { aheadIn, commonReason, reason, type QueuedReason } from './queuedReason.ts';

const EVENT = sequentialKey.event;

export class SequentialExecutor implements PlantExecutor {
  readonly state: Saveable;
  readonly lines = new SlotLines([{ name: 'scheduler-1', slots: 1, queues: [] }]);
  supervisor!: Supervisor;
  private readonly env: PlantEnv;
  private readonly keys: KeyBook;
  /** commands_to_run of this heartbeat. */
  private readonly list = new IntQueue();
  private readonly now = { running: NONE as number, ending: 0 };
  private readonly interpreter: Step;

  constructor(env: PlantEnv) {
    this.env = env;
    this.interpreter = env.timings.step('sequential.interpreter');
    this.keys = new KeyBook(env, sequentialKey, 0);
    this.state = group({
      keys: this.keys.state,
      list: this.list,
      lines: this.lines,
      now: scalars(this.now),
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
    this.keys.accept(ti, tryNumber, priorityWeight, EVENT.accept);
  }

  heartbeat(): number | 'blocked' {
    const { workloads, context, config } = this.env;
    let open = config.parallelism > 0 ? config.parallelism - this.keys.running : Infinity;
    for (; open > 0; open--) {
      const w = this.keys.first();
      if (w === NONE) break;
      this.keys.step(w, EVENT.trigger);
      workloads.enter(w, STAGE.sent, context.now);
      this.list.push(w);
    }
    if (this.list.size === 0) return 0;
    this.runNext();
    return 'blocked';
  }

  drainEvents(take: (event: ExecutorEvent) => void): void {
    this.keys.drain(take);
  }

  hasTask(ti: number): boolean {
    return this.keys.holds(ti, this.env.port.tryNumberOf(ti));
  }

  tryAdopt(): boolean {
    return false;
  }

  revoke(): boolean {
    return false;
  }

  fail(ti: number): void {
    this.keys.fail(ti, EVENT.heartbeat_timeout);
  }

  /** The child goes on by itself and stores its end; the rest of the list is lost. */
  crash(children: boolean): void {
    const { workloads } = this.env;
    this.list.clear();
    this.now.running = NONE;
    this.now.ending = 0;
    this.keys.crash(EVENT.scheduler_lost, 0, (w) => {
      if (workloads.rows.stage[w]! <= STAGE.sent) workloads.remove(w);
      else if (children) {
        this.freeLine(w);
        this.supervisor.lose(w);
      }
    });
  }

  /** SIGTERM kills the child, whose task goes on by itself; the rest of the list is run. */
  end(): boolean {
    const w = this.now.running;
    if (w !== NONE) this.env.workloads.rows.owner[w] = NOBODY;
    this.now.running = NONE;
    this.now.ending = 1;
    if (this.list.size > 0) this.runNext();
    return this.now.running === NONE;
  }

  /** Never adopted: its owner is never asked. */
  yield(): void {}

  yieldedEnds(): void {}

  processEnded(w: number): void {
    const { workloads, port } = this.env;
    const { rows } = workloads;
    if (rows.owner[w] === NOBODY) {
      this.freeLine(w);
      return dropWorkload(this.env, w);
    }
    const failed = (rows.flags[w]! & FLAG.failed) !== 0;
    this.keys.step(w, failed ? EVENT.exit_nonzero : EVENT.exit_zero);
    this.freeLine(w);
    dropWorkload(this.env, w);
    this.now.running = NONE;
    if (this.list.size > 0) this.runNext();
    else if (this.now.ending === 1) port.executorEnded(0);
    else port.resumeScheduler();
  }

  /** The interpreter of the child is up. */
  handle(kind: number, w: number): boolean {
    if (kind !== PLANT_EVENT.boot) return false;
    this.supervisor.begin(w, 0);
    return true;
  }

  reason(w: number): QueuedReason {
    const { rows } = this.env.workloads;
    if (rows.stage[w] !== STAGE.sent) return commonReason(rows.stage[w]!, rows.until[w]!);
    const ahead = aheadIn(this.list, w) + (this.now.running === NONE ? 0 : 1);
    return reason('one_at_a_time', 'core.executor', 1, 1, { ahead });
  }

  private freeLine(w: number): void {
    const line = this.env.workloads.rows.line[w]!;
    if (line !== NONE) this.lines.giveBack(line);
  }

  private runNext(): void {
    const w = this.list.shift();
    this.now.running = w;
    this.keys.step(w, EVENT.turn);
    this.supervisor.takeSlot(w, this.lines.take(0));
    spend(this.env, this.interpreter, w, PLANT_EVENT.boot);
  }
}
