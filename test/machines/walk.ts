/**
 * The same script played by a live XState actor on a simulated clock and by the table: both write
 * what they did, with the time.
 */
import { createActor } from 'xstate';
import type { AnyStateMachine } from 'xstate';
import type { CompiledMachine } from '../../src/machines/compile.ts';
import { fireAsking, ILLEGAL } from '../../src/machines/fire.ts';

export type Context = Readonly<Record<string, unknown>>;
export type Step =
  /** `pick` chooses among the legal events, `stray` among all of them. */
  | { readonly kind: 'event' | 'stray'; readonly pick: number; readonly bits: number }
  | { readonly kind: 'wait'; readonly time: number; readonly bits: number };

export interface Player {
  send(event: string): void;
  advance(time: number): void;
  state(): string;
  context(): Context;
  /** Ids of the transitions taken; only the table knows them. */
  readonly taken: ReadonlySet<number>;
  readonly log: string[];
}

interface Timer {
  readonly at: number;
  readonly seq: number;
  readonly delay: number;
  readonly run: () => void;
}

/** An ordered clock: the earliest timer first, ties in the order of their start. */
class Clock {
  now = 0;
  private seq = 0;
  private readonly timers = new Map<number, Timer>();

  start(delay: number, run: () => void): number {
    this.seq += 1;
    this.timers.set(this.seq, { at: this.now + delay, seq: this.seq, delay, run });
    return this.seq;
  }

  stop(id: number): Timer | undefined {
    const timer = this.timers.get(id);
    this.timers.delete(id);
    return timer;
  }

  advance(time: number): void {
    const end = this.now + time;
    for (let next = this.earliest(end); next; next = this.earliest(end)) {
      this.timers.delete(next.seq);
      this.now = next.at;
      next.run();
    }
    this.now = end;
  }

  private earliest(end: number): Timer | undefined {
    const due = [...this.timers.values()].filter((timer) => timer.at <= end);
    return due.sort((a, b) => a.at - b.at || a.seq - b.seq)[0];
  }
}

/** Delays are told apart by their length: no two are equal. */
function delayLengths(compiled: CompiledMachine, lengths: readonly number[]): number[] {
  return compiled.delays.map((_, code) => (lengths[code % lengths.length] ?? 1) * 32 + code);
}

/** `guards` answers for a name; null: the machine's own guards and assigns over its context. */
export type Guards = ((name: string) => boolean) | null;

export interface Script {
  readonly definition: AnyStateMachine;
  readonly compiled: CompiledMachine;
  readonly context: Context;
  readonly steps: readonly Step[];
  readonly lengths: readonly number[];
  /** A row that is restored in this state, without timers; null: created in the initial state. */
  readonly start: string | null;
}

export function livePlayer(script: Script, guards: Guards): Player {
  const { definition, compiled, context, lengths } = script;
  const clock = new Clock();
  const log: string[] = [];
  const delays = delayLengths(compiled, lengths);
  const note = (what: string): number => log.push(`${clock.now} ${what}`);
  const nameOf = (delay: number): string => compiled.delays[delays.indexOf(delay)] ?? '?';
  const made = provided(definition, compiled, guards === null);
  const guard = (name: string): boolean => guards?.(name) ?? false;
  made.ear = { note, guard, delay: (code) => delays[code] ?? 0 };
  const { machine } = made;
  const value = script.start;
  const actor = createActor(machine, {
    input: context,
    ...(value === null ? {} : { snapshot: machine.resolveState({ value, context }) }),
    clock: {
      setTimeout(run: () => void, delay: number) {
        note(`schedule:${nameOf(delay)}`);
        return clock.start(delay, run);
      },
      clearTimeout(id: number) {
        const timer = clock.stop(id);
        if (timer) note(`cancel:${nameOf(timer.delay)}`);
      },
    },
  });
  actor.start();
  return {
    log,
    taken: new Set(),
    send: (event) => actor.send({ type: event }),
    advance: (time) => clock.advance(time),
    state: () => String(actor.getSnapshot().value),
    context: () => actor.getSnapshot().context as Context,
  };
}

/** What the parts of a provided machine ask; a machine is provided once and used for all scripts. */
interface Ear {
  note(what: string): void;
  guard(name: string): boolean;
  delay(code: number): number;
}

interface Provided {
  readonly machine: AnyStateMachine;
  ear: Ear;
}

const cache = new Map<string, Provided>();

function provided(definition: AnyStateMachine, compiled: CompiledMachine, own: boolean): Provided {
  const key = `${compiled.id} ${own}`;
  const made = cache.get(key) ?? provide(definition, compiled, own);
  cache.set(key, made);
  return made;
}

/** `own`: with the machine's own guards and assigns. */
function provide(definition: AnyStateMachine, compiled: CompiledMachine, own: boolean): Provided {
  const actions = compiled.actions.filter((name) => !own || !assignmentOf(definition, name));
  const guards = own ? [] : compiled.guards;
  const parts = {
    actions: Object.fromEntries(actions.map((name) => [name, () => made.ear.note(name)])),
    delays: Object.fromEntries(compiled.delays.map((name, i) => [name, () => made.ear.delay(i)])),
    guards: Object.fromEntries(guards.map((name) => [name, () => made.ear.guard(name)])),
  };
  const machine = definition.provide(parts as Parameters<AnyStateMachine['provide']>[0]);
  const ear: Ear = { note: () => {}, guard: () => false, delay: () => 0 };
  const made: Provided = { machine: machine as AnyStateMachine, ear };
  return made;
}

type Assignment = Readonly<Record<string, unknown>>;

function assignmentOf(definition: AnyStateMachine, name: string): Assignment | null {
  const action = definition.implementations.actions[name] as { assignment?: Assignment };
  return action.assignment ?? null;
}

export function tablePlayer(script: Script, guards: Guards): Player {
  const { definition, compiled, context, lengths } = script;
  const clock = new Clock();
  const log: string[] = [];
  const delays = delayLengths(compiled, lengths);
  const timers = new Map<string, number>();
  const taken = new Set<number>();
  let state = script.start === null ? compiled.initial : compiled.states.indexOf(script.start);
  let columns: Context = context;
  const note = (what: string): number => log.push(`${clock.now} ${what}`);

  const ask = (code: number): boolean => {
    const name = compiled.guards[code]!;
    if (guards) return guards(name);
    const guard = definition.implementations.guards[name] as (args: object) => boolean;
    return guard({ context: columns });
  };
  const send = (event: string): void => {
    const id = fireAsking(compiled, state, compiled.events.indexOf(event), ask);
    if (id === ILLEGAL) return;
    taken.add(id);
    const row = compiled.transitions[id - compiled.firstId]!;
    state = row.to;
    carryOut(row.effects);
  };
  const carryOut = (effects: Iterable<number>): void => {
    for (const code of effects) carryOutOne(compiled.effectNames[code]!);
  };
  const carryOutOne = (name: string): void => {
    const [kind, delay] = name.split(':');
    if (kind === 'schedule' && delay) return startTimer(delay);
    if (kind === 'cancel' && delay) return stopTimer(delay);
    const assignment = guards ? null : assignmentOf(definition, name);
    if (assignment) columns = assigned(columns, assignment);
    else note(name);
  };
  const startTimer = (delay: string): void => {
    note(`schedule:${delay}`);
    const run = (): void => {
      timers.delete(delay);
      send(`after.${delay}`);
    };
    timers.set(delay, clock.start(delays[compiled.delays.indexOf(delay)]!, run));
  };
  const stopTimer = (delay: string): void => {
    const id = timers.get(delay);
    timers.delete(delay);
    if (id !== undefined && clock.stop(id)) note(`cancel:${delay}`);
  };
  if (script.start === null) carryOut(compiled.initialEffects);
  return {
    log,
    taken,
    send,
    advance: (time) => clock.advance(time),
    state: () => compiled.states[state]!,
    context: () => columns,
  };
}

function assigned(columns: Context, assignment: Assignment): Context {
  const changes = Object.entries(assignment).map(([name, value]) => {
    if (typeof value !== 'function') return [name, value] as const;
    return [name, (value as (args: object) => unknown)({ context: columns })] as const;
  });
  return { ...columns, ...Object.fromEntries(changes) };
}
