/**
 * Workload W on the kernel and the compiled machines: `Simulation`, its queue, tables in typed
 * columns, and every change of state taken from the transition tables of task instance, supervisor
 * and worker slot, with their effects carried out by name. This is the path that the engine runs.
 */
import { IntQueue, Simulation, group, makeTable, scalars } from '../../src/kernel/index.ts';
import type { Log, Model, SimulationContext } from '../../src/kernel/index.ts';
import { supervisor, taskInstance, workerSlot } from '../../src/machines/index.ts';
import { ILLEGAL, fire } from '../../src/machines/fire.ts';
import type { CompiledMachine } from '../../src/machines/compile.ts';
import * as w from './workload.ts';
import type { Outcome, Workload } from './workload.ts';

const tiEvent = taskInstance.event;
const tiState = taskInstance.state;
const TRIES_LEFT = 1 << taskInstance.guard.tries_left;

type Effect = (row: number) => void;

/** Effect code -> what to do; the names that W meets. */
function effectsOf(machine: CompiledMachine, known: Readonly<Record<string, Effect>>): Effect[] {
  return machine.effectNames.map(
    (name) =>
      known[name] ??
      (() => {
        throw new Error(`${machine.id}: W knows no effect ${name}`);
      }),
  );
}

class KernelModel implements Model {
  readonly ti = makeTable('task_instance', {
    state: 'u8',
    try_number: 'u8',
    next_method: 'u8',
    prior_tries: 'u8',
    supervisor: 'u8',
    unmet: 'i32',
    worker: ['i32', -1],
    scheduled: 'f64',
    queued: 'f64',
    start: 'f64',
    end: 'f64',
    heartbeat: 'f64',
  });
  readonly slot = makeTable('slot', { state: 'u8' });
  readonly counts = { pool_used: 0, failed_heartbeats: 0 };
  readonly waiting = new IntQueue();
  /** Last in, first out. */
  readonly freeSlots = new IntQueue();
  readonly state = group({
    ti: this.ti,
    slot: this.slot,
    waiting: this.waiting,
    freeSlots: this.freeSlots,
    counts: scalars(this.counts),
  });
  private readonly context: SimulationContext;
  private readonly workload: Workload;
  private readonly traced: boolean;
  private readonly tiEffects: Effect[];
  private readonly supervisorEffects: Effect[];

  constructor(context: SimulationContext, workload: Workload, traced: boolean) {
    this.context = context;
    this.workload = workload;
    this.traced = traced;
    this.tiEffects = effectsOf(taskInstance, this.tiCommands());
    this.supervisorEffects = effectsOf(supervisor, {
      send_start_message: () => undefined,
      reset_failed_heartbeats: () => void (this.counts.failed_heartbeats = 0),
    });
    this.ti.addRows(workload.count);
    this.ti.unmet.set(w.unmetAtStart(workload));
    this.slot.addRows(w.SLOTS);
    this.slot.state.fill(workerSlot.state.idle);
    for (let slot = w.SLOTS - 1; slot >= 0; slot--) this.freeSlots.unshift(slot);
    for (let row = 0; row < workload.count; row++) if (this.ti.unmet[row] === 0) this.ready(row);
  }

  handle(kind: number, row: number): void {
    switch (kind) {
      case w.DEPS_MET:
        return this.depsMet(row);
      case w.QUEUE:
        return this.queue(row);
      case w.ACK:
        return this.acknowledge(row);
      case w.START:
        return this.start(row);
      case w.HEARTBEAT:
        return this.beat(row);
      case w.SUCCEED:
        return this.finish(row, tiEvent.succeed);
      case w.FAIL:
        return this.finish(row, tiEvent.fail);
      case w.RELEASE:
        return this.release(row);
    }
  }

  private depsMet(row: number): void {
    if (!this.fireTi(row, tiEvent.schedule)) return;
    this.waiting.push(row);
    this.fillSlots();
  }

  private queue(row: number): void {
    if (!this.fireTi(row, tiEvent.queue)) return;
    this.context.after(w.ackDelay(row, this.ti.try_number[row]!), w.ACK, row);
  }

  private acknowledge(row: number): void {
    this.fireSlot(this.ti.worker[row]!, workerSlot.event.take);
    this.context.after(w.startDelay(row, this.ti.try_number[row]!), w.START, row);
  }

  private start(row: number): void {
    if (!this.fireTi(row, tiEvent.start)) return;
    this.ti.supervisor[row] = supervisor.state.running;
    this.context.after(w.halfDuration(row, this.ti.try_number[row]!), w.HEARTBEAT, row);
  }

  private beat(row: number): void {
    const id = fire(supervisor, this.ti.supervisor[row]!, supervisor.event.heartbeat_ok, 0);
    if (id === ILLEGAL) return;
    this.ti.heartbeat[row] = this.context.now;
    this.perform(supervisor, id, this.supervisorEffects, row);
    if (this.traced) this.context.record(row, id);
    const attempt = this.ti.try_number[row]!;
    const kind = w.fails(row, attempt) ? w.FAIL : w.SUCCEED;
    this.context.after(w.halfDuration(row, attempt), kind, row);
  }

  private finish(row: number, event: number): void {
    const attempt = this.ti.try_number[row]!;
    if (!this.fireTi(row, event)) return;
    this.context.after(w.releaseDelay(row, attempt), w.RELEASE, row);
    if (this.ti.state[row] === tiState.up_for_retry) {
      this.context.after(w.RETRY_DELAY, w.DEPS_MET, row);
      return;
    }
    const { edgeStart, edges } = this.workload;
    const { unmet } = this.ti;
    const task = row % w.TASKS;
    const last = edgeStart[task + 1]!;
    for (let e = edgeStart[task]!; e < last; e++) {
      const next = row - task + edges[e]!;
      if (--unmet[next]! === 0) this.ready(next);
    }
  }

  private release(row: number): void {
    const slot = this.ti.worker[row]!;
    this.fireSlot(slot, workerSlot.event.free);
    this.freeSlots.unshift(slot);
    this.fillSlots();
  }

  private ready(row: number): void {
    this.context.after(w.depsDelay(row), w.DEPS_MET, row);
  }

  private fillSlots(): void {
    while (this.freeSlots.size > 0 && this.waiting.size > 0) {
      const row = this.waiting.shift();
      this.ti.worker[row] = this.freeSlots.shift();
      this.context.after(0, w.QUEUE, row);
    }
  }

  private fireTi(row: number, event: number): boolean {
    const { ti } = this;
    const guards = ti.try_number[row]! < w.TRIES ? TRIES_LEFT : 0;
    const id = fire(taskInstance, ti.state[row]!, event, guards);
    if (id === ILLEGAL) return false;
    ti.state[row] = taskInstance.rowTo[id - taskInstance.firstId]!;
    this.perform(taskInstance, id, this.tiEffects, row);
    if (this.traced) this.context.record(row, id);
    return true;
  }

  private fireSlot(slot: number, event: number): void {
    const id = fire(workerSlot, this.slot.state[slot]!, event, 0);
    if (id === ILLEGAL) return;
    this.slot.state[slot] = workerSlot.rowTo[id - workerSlot.firstId]!;
    if (this.traced) this.context.record(this.workload.count + slot, id);
  }

  private perform(machine: CompiledMachine, id: number, effects: Effect[], row: number): void {
    const at = id - machine.firstId;
    const end = machine.effectStart[at + 1]!;
    for (let e = machine.effectStart[at]!; e < end; e++) effects[machine.effects[e]!]!(row);
  }

  private tiCommands(): Record<string, Effect> {
    const { ti, counts, context } = this;
    return {
      increment_try_number: (row) => void (ti.try_number[row]! += 1),
      set_scheduled_dttm: (row) => void (ti.scheduled[row] = context.now),
      set_queued_dttm: (row) => void (ti.queued[row] = context.now),
      set_start_date: (row) => void (ti.start[row] = context.now),
      set_end_date: (row) => void (ti.end[row] = context.now),
      take_pool_slots: () => void (counts.pool_used += 1),
      free_pool_slots: () => void (counts.pool_used -= 1),
      clear_next_method: (row) => void (ti.next_method[row] = 0),
      prepare_db_for_next_try: (row) => void (ti.prior_tries[row]! += 1),
      // The slot was noted when it was given.
      record_worker: () => undefined,
    };
  }
}

export interface KernelOutcome extends Outcome {
  readonly log: Log;
  /** Memory of the task-instance table for one row, in bytes. */
  readonly bytesPerTi: number;
}

export function runOnKernel(workload: Workload, traced: boolean): KernelOutcome {
  const simulation = new Simulation({
    seed: 1,
    make: (context) => new KernelModel(context, workload, traced),
  });
  simulation.run();
  const { ti } = simulation.model;
  const checksum = w.checksumOf(workload.count, {
    final: (row) => (ti.state[row] === tiState.success ? 1 : 2),
    tries: ti.try_number,
    scheduled: ti.scheduled,
    queued: ti.queued,
    start: ti.start,
    end: ti.end,
    heartbeat: ti.heartbeat,
    worker: ti.worker,
  });
  const bytesPerTi = ti.bytes() / ti.capacity;
  return { events: simulation.events, checksum, log: simulation.log, bytesPerTi };
}
