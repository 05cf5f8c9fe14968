/**
 * Celery workers (semantics 6.3.2): each consumes some queues, runs `concurrency` children, and
 * holds at most prefetch multiplier x concurrency unacknowledged messages. With late
 * acknowledgement the running ones count among them.
 *
 * A message goes to the worker that has waited longest for one; workers with room wait in one list
 * per group, so that the choice does not depend on how many workers there are.
 */
import { group, IntQueue, LinkedLists, makeTable, scalars } from '../../kernel/index.ts';
import type { Saveable } from '../../kernel/index.ts';
import { PLANT_RECORD } from '../executors/records.ts';
import type { PlantEnv } from '../runner/env.ts';
import { drawSpan } from '../runner/env.ts';
import type { Supervisor } from '../runner/supervisor.ts';
import type { Step } from '../runner/timings.ts';
import { FLAG, NONE, STAGE } from '../runner/workloads.ts';
import type { WorkerGroupSpec } from '../scenario.ts';
import type { Broker } from './broker.ts';
import { SlotLines } from './slotLines.ts';
import {
  slotGroups,
  WORKER,
  workerPlans,
  type WorkerFigures,
  type WorkerPlan,
} from './workerPlan.ts';

export class CeleryWorkers {
  readonly state: Saveable;
  readonly lines: SlotLines;
  readonly plans: readonly WorkerPlan[];
  supervisor!: Supervisor;
  private readonly env: PlantEnv;
  private readonly broker: Broker;
  private readonly childStart: Step;
  /** Groups that consume a queue. */
  private readonly groupsOf: readonly (readonly number[])[];
  private readonly workers = makeTable('celery_worker', {
    mode: ['u8', WORKER.up],
    running: 'i32',
    /** Children of its pool. */
    pool: 'i32',
    /** When the pool last grew, or the worker last received a message; -1: never. */
    lastActive: ['f64', NONE],
    /** How many tasks it has ended. */
    processed: 'i32',
    /** When it took its last message, as a count of all messages. */
    lastTaken: 'i32',
    /** Which of its queues it asks next. */
    turn: 'u16',
    /** What was revoked before it came up it does not know. */
    upSince: 'f64',
  });
  private readonly reserved: readonly IntQueue[];
  private readonly ready: LinkedLists;
  private readonly counters = { taken: 0 };

  constructor(env: PlantEnv, broker: Broker, groups: readonly WorkerGroupSpec[]) {
    this.env = env;
    this.broker = broker;
    this.childStart = env.timings.step('celery.child_start');
    this.plans = workerPlans(groups, broker.queueNames, env.config.prefetchMultiplier);
    this.groupsOf = broker.queueNames.map((_, queue) => this.consumersOf(queue, groups.length));
    this.workers.addRows(this.plans.length);
    this.plans.forEach((plan, worker) => (this.workers.pool[worker] = plan.min));
    this.reserved = this.plans.map(() => new IntQueue());
    this.ready = new LinkedLists(Math.max(1, groups.length));
    this.plans.forEach((plan, worker) => {
      if (plan.upAtStart) this.ready.append(plan.group, worker);
      else this.workers.mode[worker] = WORKER.gone;
    });
    this.lines = new SlotLines(slotGroups(this.plans, broker.queueNames));
    this.state = this.saveable();
  }

  /** A message lies in the queue: somebody with room takes it. */
  offer(queue: number): void {
    while (this.broker.waiting(queue) > 0) {
      const worker = this.pick(queue);
      if (worker === NONE) return;
      const w = this.broker.take(queue);
      if (w === NONE) return;
      if (!this.drops(worker, w)) this.receive(worker, w);
    }
  }

  /** A child is free again: the next reserved message, then the next one of the broker. */
  release(w: number): void {
    const { rows } = this.env.workloads;
    const worker = rows.place[w]!;
    this.lines.giveBack(rows.line[w]!);
    this.workers.running[worker]! -= 1;
    this.workers.processed[worker]! += 1;
    if (this.workers.mode[worker] === WORKER.draining) return;
    this.startReserved(worker);
    this.refill(worker);
  }

  /** Is there a worker that takes messages of the queue? */
  hasConsumer(queue: number): boolean {
    return this.plans.some(
      (plan, worker) => this.workers.mode[worker] === WORKER.up && plan.queues.includes(queue),
    );
  }

  /** Children of living workers that consume the queue: busy ones, and all. */
  load(queue: number): { busy: number; slots: number } {
    let busy = 0;
    let slots = 0;
    this.plans.forEach((plan, worker) => {
      if (this.workers.mode[worker] !== WORKER.up || !plan.queues.includes(queue)) return;
      busy += this.workers.running[worker]!;
      slots += plan.max;
    });
    return { busy, slots };
  }

  /** What Flower shows of a worker. */
  figures(worker: number): WorkerFigures {
    const { mode, running, pool, processed } = this.workers;
    return {
      name: this.plans[worker]!.name,
      mode: mode[worker]!,
      active: running[worker]!,
      reserved: this.reserved[worker]!.size,
      processed: processed[worker]!,
      pool: mode[worker] === WORKER.gone ? 0 : pool[worker]!,
    };
  }

  modeOf(worker: number): number {
    return this.workers.mode[worker]!;
  }

  /** Does anything of it still run? A worker that shuts down does. */
  isAlive(worker: number): boolean {
    return this.workers.mode[worker] !== WORKER.gone;
  }

  runningOn(worker: number): number {
    return this.workers.running[worker]!;
  }

  /** It goes on with what it has, and takes no more messages. */
  stopTaking(worker: number, mode: typeof WORKER.draining | typeof WORKER.deaf): void {
    this.setMode(worker, mode);
    this.ready.remove(worker);
  }

  /** Its connection is closed: messages that it had only reserved are forgotten. */
  forgetReserved(worker: number, each: (w: number) => void): void {
    const reserved = this.reserved[worker]!;
    while (reserved.size > 0) {
      const w = reserved.shift();
      this.env.workloads.rows.place[w] = NONE;
      each(w);
    }
    if (this.workers.mode[worker] === WORKER.up) this.requeue(worker);
  }

  /** Calls `each` for every message that a child of the worker (-1: of any) works on. */
  eachRunning(worker: number, each: (w: number) => void): void {
    const { rows } = this.env.workloads;
    for (let w = 0; w < rows.rows; w++) {
      const place = rows.place[w]!;
      if (rows.ti[w] === NONE || place === NONE) continue;
      if (rows.part[w] !== this.env.part) continue;
      const stage = rows.stage[w]!;
      const held = stage < STAGE.ended || (rows.flags[w]! & FLAG.childGone) !== 0;
      if (stage < STAGE.slot || !held) continue;
      if (worker === NONE || place === worker) each(w);
    }
  }

  /** The worker is gone with all its children: calls `lost` for each message it held. */
  lose(worker: number, lost: (w: number) => void): void {
    this.setMode(worker, WORKER.gone);
    this.workers.running[worker] = 0;
    this.ready.remove(worker);
    const { rows } = this.env.workloads;
    this.eachRunning(worker, (w) => {
      this.lines.giveBack(rows.line[w]!);
      lost(w);
    });
    this.forgetReserved(worker, lost);
  }

  /** A worker of that name is started; `ready` is told when it consumes. */
  boot(worker: number): void {
    this.setMode(worker, WORKER.starting);
    this.workers.pool[worker] = this.plans[worker]!.min;
    this.workers.lastActive[worker] = NONE;
  }

  /** It consumes (again): it takes what waits. */
  restore(worker: number): void {
    if (this.workers.mode[worker] === WORKER.up) return;
    const fresh = this.workers.mode[worker] !== WORKER.deaf;
    this.setMode(worker, WORKER.up);
    if (fresh) this.workers.upSince[worker] = this.env.context.now;
    this.refill(worker);
  }

  private setMode(worker: number, mode: number): void {
    this.workers.mode[worker] = mode;
    this.env.context.record(worker, PLANT_RECORD.workerChanged, mode);
  }

  /** celery.worker_autoscale: pools that nobody has needed for a while shrink to what is in use. */
  shrinkPools(keepalive: number): void {
    const { pool, lastActive, running } = this.workers;
    this.plans.forEach((plan, worker) => {
      const last = lastActive[worker]!;
      if (last === NONE || this.env.context.now - last <= keepalive) return;
      const wanted = Math.max(plan.min, running[worker]! + this.reserved[worker]!.size);
      pool[worker] = Math.min(pool[worker]!, wanted);
    });
  }

  /** A message that was revoked while the worker was up: acknowledged and thrown away. */
  private drops(worker: number, w: number): boolean {
    const { workloads } = this.env;
    const { rows } = workloads;
    if ((rows.flags[w]! & FLAG.revoked) === 0) return false;
    if (this.workers.upSince[worker]! > rows.later[w]!) {
      workloads.wake(w);
      return false;
    }
    workloads.remove(w);
    return true;
  }

  private startReserved(worker: number): void {
    const reserved = this.reserved[worker]!;
    while (reserved.size > 0) {
      const w = reserved.shift();
      if (this.drops(worker, w)) continue;
      this.start(worker, w);
      return;
    }
  }

  private receive(worker: number, w: number): void {
    const { workloads, context } = this.env;
    this.workers.lastTaken[worker] = ++this.counters.taken;
    workloads.rows.place[w] = worker;
    if (this.hasChild(worker)) this.start(worker, w);
    else {
      workloads.enter(w, STAGE.reserved, context.now);
      this.reserved[worker]!.push(w);
    }
    this.requeue(worker);
  }

  /** A free child, be it one that the autoscaler starts for this message. */
  private hasChild(worker: number): boolean {
    const { running, pool, lastActive } = this.workers;
    const { min, max } = this.plans[worker]!;
    if (max > min) {
      lastActive[worker] = this.env.context.now;
      const wanted = Math.min(running[worker]! + this.reserved[worker]!.size + 1, max);
      if (wanted > pool[worker]!) pool[worker] = wanted;
    }
    return running[worker]! < pool[worker]!;
  }

  private start(worker: number, w: number): void {
    this.workers.running[worker]! += 1;
    this.supervisor.takeSlot(w, this.lines.take(worker));
    const delay = drawSpan(this.env, w, this.childStart.sampler, this.childStart.purpose);
    this.supervisor.begin(w, delay);
  }

  /** Asks the broker as long as there is room, its queues in turn. */
  private refill(worker: number): void {
    const { queues } = this.plans[worker]!;
    let empty = 0;
    while (empty < queues.length && this.hasRoom(worker)) {
      const turn = this.workers.turn[worker]!;
      const w = this.broker.take(queues[turn % queues.length]!);
      this.workers.turn[worker] = (turn + 1) % queues.length;
      empty = w === NONE ? empty + 1 : 0;
      if (w !== NONE && !this.drops(worker, w)) this.receive(worker, w);
    }
    this.requeue(worker);
  }

  /** Workers with room stand at the end of their group's list: they have just been served. */
  private requeue(worker: number): void {
    const room = this.hasRoom(worker);
    const waits = this.ready.listOf(worker) !== NONE;
    if (waits && !room) this.ready.remove(worker);
    if (room && !waits) this.ready.append(this.plans[worker]!.group, worker);
    if (room && waits && this.ready.last(this.plans[worker]!.group) !== worker) {
      this.ready.remove(worker);
      this.ready.append(this.plans[worker]!.group, worker);
    }
  }

  private hasRoom(worker: number): boolean {
    if (this.workers.mode[worker] !== WORKER.up) return false;
    const running = this.env.config.acksLate ? this.workers.running[worker]! : 0;
    return running + this.reserved[worker]!.size < this.plans[worker]!.limit;
  }

  private pick(queue: number): number {
    let best: number = NONE;
    for (const g of this.groupsOf[queue]!) {
      const worker = this.ready.first(g);
      if (worker === NONE) continue;
      const earlier =
        best === NONE || this.workers.lastTaken[worker]! < this.workers.lastTaken[best]!;
      if (earlier) best = worker;
    }
    return best;
  }

  private consumersOf(queue: number, groups: number): number[] {
    const all = Array.from({ length: groups }, (_, g) => g);
    return all.filter((g) => this.plans.some((p) => p.group === g && p.queues.includes(queue)));
  }

  private saveable(): Saveable {
    const reserved = this.reserved.map((queue, i) => [`reserved${i}`, queue] as const);
    return group({
      workers: this.workers,
      ready: this.ready,
      lines: this.lines,
      counters: scalars(this.counters),
      ...Object.fromEntries(reserved),
    });
  }
}
