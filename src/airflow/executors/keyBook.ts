/**
 * The memory of an executor: queued_tasks, running, event_buffer (semantics 6.1.1), changed only
 * by what the table of its machine of keys commands. One instance of the machine per workload;
 * the log names the task instance.
 */
import { assert } from '../../base/assert.ts';
import { group, IntQueue, IntSet, OrderedSet, scalars, type Saveable } from '../../kernel/index.ts';
import { fire, ILLEGAL, nextState } from '../../machines/fire.ts';
import type { CompiledMachine } from '../../machines/compile.ts';
import { addWorkload, type PlantEnv } from '../runner/env.ts';
import { FLAG, NOBODY, NONE } from '../runner/workloads.ts';
import type { ExecutorEvent, ExecutorState } from './executor.ts';

/** What a command of the machine does beyond the memory: publish, create, delete. */
export type Command = (w: number) => void;

/**
 * Bits of the commands that touch this memory. Done in this order they do what the table says: it
 * never holds in a step what it drops later in the same. A row with a further command in front of
 * one of these is carried out word for word.
 */
const MEMORY = {
  hold_queued_task: 1,
  drop_queued_task: 2,
  drop_running: 4,
  hold_running: 8,
  buffer_success: 16,
  buffer_failed: 32,
} as const;

/** Three numbers per event: task instance, try, state. */
const EVENT_SIZE = 3;

export class KeyBook {
  readonly state: Saveable;
  private readonly env: PlantEnv;
  private readonly machine: CompiledMachine;
  /** [effect] -> what to do, for rows that are carried out word for word. */
  private readonly commands: readonly Command[];
  /** [row] -> bits of MEMORY, 0 when the row is carried out word for word */
  private readonly memory: Uint8Array;
  /** [row] -> place of the first effect that is not done with `memory` */
  private readonly further: Uint16Array;
  /** queued_tasks: priority_weight descending, then first in first out. */
  private readonly order = new OrderedSet();
  private readonly events = new IntQueue();
  /** Keys in this running set that another scheduler has adopted meanwhile. */
  private readonly yielded = new IntSet();
  private readonly counters = { running: 0, sequence: 0 };
  /** The scheduler whose memory this is. */
  private readonly owner: number;

  /** `commands`: by name; names that are not given do nothing. */
  constructor(
    env: PlantEnv,
    machine: CompiledMachine,
    owner: number,
    commands: Record<string, Command> = {},
  ) {
    this.env = env;
    this.machine = machine;
    this.owner = owner;
    this.commands = machine.effectNames.map((name) => commands[name] ?? this.command(name));
    const { memory, further } = memoryOf(machine, commands);
    this.memory = memory;
    this.further = further;
    this.state = group({
      order: this.order,
      events: this.events,
      yielded: this.yielded,
      counters: scalars(this.counters),
    });
  }

  get queued(): number {
    return this.order.size;
  }

  /** Size of the running set. */
  get running(): number {
    return this.counters.running + this.yielded.size;
  }

  /** The next of queued_tasks, -1 when there is none. */
  first(): number {
    return this.order.first();
  }

  after(w: number): number {
    return this.order.after(w);
  }

  /** Takes a workload in: it waits in queued_tasks. */
  accept(ti: number, tryNumber: number, priority: number, event: number, guards = 0): number {
    const { workloads } = this.env;
    const known = this.find(ti, tryNumber, FLAG.queued);
    if (known !== NONE) {
      this.step(known, event, guards);
      return known;
    }
    const w = addWorkload(this.env, ti, tryNumber);
    workloads.rows.key[w] = this.machine.initial;
    workloads.rows.owner[w] = this.owner;
    workloads.rows.part[w] = this.env.part;
    this.order.add(w, -priority, this.counters.sequence++);
    // The order is kept while the machine has the key in queued_tasks; it was added with its rank.
    this.step(w, event, guards);
    return w;
  }

  /** One step of the key's machine; false when the event means nothing in its state. */
  step(w: number, event: number, guards = 0): boolean {
    const { rows } = this.env.workloads;
    const { machine } = this;
    const id = fire(machine, rows.key[w]!, event, guards);
    if (id === ILLEGAL) return false;
    rows.key[w] = nextState(machine, id);
    this.env.context.record(rows.ti[w]!, id);
    const row = id - machine.firstId;
    const bits = this.memory[row]!;
    if (bits !== 0) this.remember(w, bits);
    const end = machine.effectStart[row + 1]!;
    for (let i = this.further[row]!; i < end; i++) this.commands[machine.effects[i]!]!(w);
    return true;
  }

  private remember(w: number, bits: number): void {
    const { rows } = this.env.workloads;
    if ((bits & MEMORY.hold_queued_task) !== 0) rows.flags[w]! |= FLAG.queued;
    if ((bits & MEMORY.drop_queued_task) !== 0) {
      rows.flags[w]! &= ~FLAG.queued;
      this.order.remove(w);
    }
    if ((bits & MEMORY.drop_running) !== 0) this.dropRunning(w);
    if ((bits & MEMORY.hold_running) !== 0) this.holdRunning(w);
    if ((bits & MEMORY.buffer_success) !== 0) this.buffer(w, 'success');
    if ((bits & MEMORY.buffer_failed) !== 0) this.buffer(w, 'failed');
  }

  private command(name: string): Command {
    const bit = memoryBit(name);
    return (w) => this.remember(w, bit);
  }

  /** Is the key (task instance, try) in queued_tasks or running? */
  holds(ti: number, tryNumber: number): boolean {
    return this.find(ti, tryNumber, FLAG.queued | FLAG.running) !== NONE;
  }

  /** Puts an event into event_buffer; a later event of a key replaces the earlier one. */
  buffer(w: number, state: ExecutorState): void {
    const { rows } = this.env.workloads;
    const ti = rows.ti[w]!;
    const tryNumber = rows.tryNumber[w]!;
    const code = state === 'success' ? 1 : 0;
    // A task instance with one workload cannot have an earlier event of the same key.
    if (rows.next[this.env.workloads.newest(ti)] !== NONE) this.dropEvent(ti, tryNumber);
    this.push(ti, tryNumber, code);
  }

  /** The scheduler gives a silent task up: event `failed`, whether the key is here or not. */
  fail(ti: number, event: number, guards = 0): void {
    const { workloads, port } = this.env;
    const tryNumber = port.tryNumberOf(ti);
    const held = this.find(ti, tryNumber, FLAG.running | FLAG.queued);
    const w = held === NONE ? workloads.newest(ti) : held;
    if (w !== NONE && this.step(w, event, guards)) return;
    this.push(ti, tryNumber, 0);
  }

  drain(take: (event: ExecutorEvent) => void): void {
    const event: ExecutorEvent = { ti: 0, try_number: 0, state: 'success' };
    while (this.events.size > 0) {
      event.ti = this.events.shift();
      event.try_number = this.events.shift();
      event.state = this.events.shift() === 1 ? 'success' : 'failed';
      take(event);
    }
  }

  get hasEvents(): boolean {
    return this.events.size > 0;
  }

  /**
   * The scheduler process is gone, and with it all of this: its workloads are nobody's. `then` is
   * told of each and of the state that its key was in.
   */
  crash(event: number, guards: number, then: (w: number, key: number) => void): void {
    const { rows } = this.env.workloads;
    for (let w = 0; w < rows.rows; w++) {
      if (rows.ti[w] === NONE || rows.owner[w] !== this.owner) continue;
      if (rows.part[w] !== this.env.part) continue;
      const key = rows.key[w]!;
      this.step(w, event, guards);
      rows.flags[w]! &= ~(FLAG.queued | FLAG.running);
      rows.owner[w] = NOBODY;
      then(w, key);
    }
    this.order.clear();
    this.events.clear();
    this.yielded.clear();
    this.counters.running = 0;
  }

  /** Adoption: the key is in this memory from now on. False when its state does not allow it. */
  adopt(w: number, event: number, guards: number): boolean {
    const { workloads, executors } = this.env;
    const { rows } = workloads;
    if (rows.owner[w] !== NOBODY) executors[rows.owner[w]!]!.yield(w);
    rows.owner[w] = this.owner;
    return this.step(w, event, guards);
  }

  /**
   * Another scheduler adopts it from this one, which was only silent. With `keeps` the key stays
   * in the running set here too, until its result can be read.
   */
  yield(w: number, event: number, guards: number, keeps: boolean): void {
    const { rows } = this.env.workloads;
    if (keeps && (rows.flags[w]! & FLAG.running) !== 0) this.yielded.add(w);
    this.order.remove(w);
    this.dropRunning(w);
    this.step(w, event, guards);
    rows.flags[w]! &= ~(FLAG.queued | FLAG.running);
    rows.owner[w] = NOBODY;
  }

  yieldedEnds(w: number): void {
    this.yielded.remove(w);
  }

  private push(ti: number, tryNumber: number, code: number): void {
    this.events.push(ti);
    this.events.push(tryNumber);
    this.events.push(code);
  }

  private dropEvent(ti: number, tryNumber: number): void {
    for (let i = this.events.size / EVENT_SIZE; i > 0; i--) {
      const a = this.events.shift();
      const b = this.events.shift();
      const c = this.events.shift();
      if (a === ti && b === tryNumber) continue;
      this.events.push(a);
      this.events.push(b);
      this.events.push(c);
    }
  }

  /** The running set has a key once: an older workload of the same key is no longer waited for. */
  private holdRunning(w: number): void {
    const { rows } = this.env.workloads;
    const older = this.find(rows.ti[w]!, rows.tryNumber[w]!, FLAG.running);
    if (older !== NONE) {
      this.dropRunning(older);
      rows.flags[older]! |= FLAG.ignored;
    }
    rows.flags[w]! |= FLAG.running;
    this.counters.running += 1;
  }

  /** The newest workload of the key in this memory: another scheduler's executor has its own. */
  private find(ti: number, tryNumber: number, flag: number): number {
    const { rows } = this.env.workloads;
    let w = this.env.workloads.newest(ti);
    for (; w !== NONE; w = rows.next[w]!) {
      const isKey = rows.tryNumber[w] === tryNumber && (rows.flags[w]! & flag) !== 0;
      if (isKey && rows.owner[w] === this.owner) return w;
    }
    return NONE;
  }

  private dropRunning(w: number): void {
    const { rows } = this.env.workloads;
    assert(this.counters.running >= 0, 'running set below zero');
    if ((rows.flags[w]! & FLAG.running) === 0) return;
    rows.flags[w]! &= ~FLAG.running;
    this.counters.running -= 1;
  }
}

function memoryBit(name: string): number {
  return name in MEMORY ? MEMORY[name as keyof typeof MEMORY] : 0;
}

/** What each row of the machine does to the memory, and where its further commands begin. */
function memoryOf(
  machine: CompiledMachine,
  commands: Readonly<Record<string, Command>>,
): { memory: Uint8Array; further: Uint16Array } {
  const rows = machine.transitions.length;
  const memory = new Uint8Array(rows);
  const further = new Uint16Array(rows);
  machine.transitions.forEach(({ effects }, row) => {
    const first = machine.effectStart[row]!;
    const names = effects.map((effect) => machine.effectNames[effect]!);
    const isFurther = names.map((name) => name in commands);
    const bits = names.map((name, i) => (isFurther[i] === true ? 0 : memoryBit(name)));
    const at = isFurther.indexOf(true);
    const late = at >= 0 && bits.some((bit, i) => i > at && bit > 0);
    memory[row] = late ? 0 : bits.reduce((all, bit) => all | bit, 0);
    further[row] = late ? first : first + (at < 0 ? names.length : at);
  });
  return { memory, further };
}
