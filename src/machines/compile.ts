/**
 * XState definition -> flat tables of small integers, once, when the registry is loaded.
 * Codes follow the order of first appearance in the definition.
 */
import type { AnyStateMachine, EventFromLogic, StateMachine, StateValueFrom } from 'xstate';
import { assert } from '../base/assert.ts';
import { readMachine } from './grammar.ts';
import type { Effect, MachineShape, RowShape, StateShape } from './grammar.ts';
import type { Tables } from './fire.ts';
import { has, isCapability } from './profile.ts';
import type { AirflowVersion } from './profile.ts';

/* ---- the names of a machine as types ---- */

// The eight slots in front of guards, actions and delays are XState's own, hence the wildcards.
type PartsOf<M> =
  M extends StateMachine<
    infer _Context,
    infer _Event,
    infer _Children,
    infer _Actor,
    infer Action,
    infer Guard,
    infer Delay,
    infer _Value,
    infer Tag,
    infer _Input,
    infer _Output,
    infer _Emitted,
    infer _Meta,
    infer _Config
  >
    ? { action: Action; guard: Guard; delay: Delay; tag: Tag }
    : never;

type TypeOf<P> = P extends { type: infer N extends string } ? N : never;
type Text<T> = Extract<T, string>;

export type StateOf<M extends AnyStateMachine> = Text<StateValueFrom<M>>;
export type DelayOf<M extends AnyStateMachine> = Text<PartsOf<M>['delay']>;
export type EventOf<M extends AnyStateMachine> = TypeOf<EventFromLogic<M>> | `after.${DelayOf<M>}`;
export type GuardOf<M extends AnyStateMachine> = TypeOf<PartsOf<M>['guard']>;
export type ActionOf<M extends AnyStateMachine> = TypeOf<PartsOf<M>['action']>;
export type TagOf<M extends AnyStateMachine> = Text<PartsOf<M>['tag']>;

export type Codes<N extends string> = { readonly [name in N]: number };

export interface Transition {
  /** Unique over the registry; the log's `what`. */
  readonly id: number;
  readonly from: number;
  readonly event: number;
  /** Guard that took this row, -1 for none. */
  readonly guard: number;
  readonly to: number;
  readonly effects: readonly number[];
}

export interface CompiledMachine<
  S extends string = string,
  E extends string = string,
  G extends string = string,
  A extends string = string,
  D extends string = string,
  T extends string = string,
> extends Tables {
  readonly id: string;
  /** Place in the registry. */
  readonly index: number;
  readonly initial: number;
  /** Entry effects of the initial state, for a row that is created in it. */
  readonly initialEffects: Uint8Array;
  readonly states: readonly S[];
  readonly events: readonly E[];
  readonly guards: readonly G[];
  readonly actions: readonly A[];
  readonly delays: readonly D[];
  /** [delay] -> microseconds when nothing else is configured */
  readonly delayDefaults: readonly number[];
  /** [effect code] -> `name`, `schedule:delay` or `cancel:delay` */
  readonly effectNames: readonly string[];
  readonly state: Codes<S>;
  readonly event: Codes<E>;
  readonly guard: Codes<G>;
  readonly action: Codes<A>;
  /** Effect codes that start and stop a named delay. */
  readonly schedule: Codes<D>;
  readonly cancel: Codes<D>;
  /** tag -> bits of its states (`1 << state`) */
  readonly tagged: Codes<T>;
  /** [row] in order of id */
  readonly transitions: readonly Transition[];
  readonly shape: MachineShape;
}

export type CompiledOf<M extends AnyStateMachine> = CompiledMachine<
  StateOf<M>,
  EventOf<M>,
  GuardOf<M>,
  ActionOf<M>,
  DelayOf<M>,
  TagOf<M>
>;

/** Where a machine's numbers begin in the registry. */
export interface Place {
  readonly index: number;
  readonly firstId: number;
}

/** Throws, naming machine, state and event, when the definition is outside the grammar. */
export function compile<M extends AnyStateMachine>(
  machine: M,
  place: Place = { index: 0, firstId: 0 },
): CompiledOf<M> {
  const shape = readMachine(machine);
  const names = namesOf(shape, machine);
  const codes = { ...codesOf(names), ...timerCodes(names), tagged: tagBits(shape.states) };
  const tables = tablesOf(shape, names, codes);
  const initialShape = shape.states.find((state) => state.name === shape.initial);
  assert(initialShape, 'no initial state', { machine: shape.id });
  const compiled: CompiledMachine = {
    id: shape.id,
    ...place,
    ...names,
    ...codes,
    ...tables,
    initial: codeOf(codes.state, shape.initial),
    initialEffects: Uint8Array.from(initialShape.entry, (effect) => effectCode(codes, effect)),
    transitions: transitionsOf(shape, codes, tables, place.firstId),
    shape,
  };
  // The names were read from the same definition from which the types are derived.
  return compiled as CompiledOf<M>;
}

/* ---- names and codes ---- */

interface Names {
  readonly states: readonly string[];
  readonly events: readonly string[];
  readonly guards: readonly string[];
  readonly actions: readonly string[];
  readonly delays: readonly string[];
  readonly delayDefaults: readonly number[];
  readonly effectNames: readonly string[];
}

interface AllCodes {
  readonly state: Codes<string>;
  readonly event: Codes<string>;
  readonly guard: Codes<string>;
  readonly action: Codes<string>;
  readonly schedule: Codes<string>;
  readonly cancel: Codes<string>;
}

function namesOf(shape: MachineShape, machine: AnyStateMachine): Names {
  const events = unique(shape.rows.map((row) => row.event));
  const actions = Object.keys(machine.implementations.actions);
  const guards = Object.keys(machine.implementations.guards);
  const delays = [...shape.delays.keys()];
  checkSizes(shape, events.length, guards.length, actions.length + 2 * delays.length);
  return {
    states: shape.states.map((state) => state.name),
    events,
    guards,
    actions,
    delays,
    delayDefaults: [...shape.delays.values()],
    effectNames: [
      ...actions,
      ...delays.map((name) => `schedule:${name}`),
      ...delays.map((name) => `cancel:${name}`),
    ],
  };
}

function checkSizes(shape: MachineShape, events: number, guards: number, effects: number): void {
  const machine = shape.id;
  assert(shape.states.length <= 31, 'more states than bits in a tag', { machine });
  assert(guards <= 31, 'more guards than bits in a mask', { machine, guards });
  assert(events <= 255 && effects <= 255, 'codes do not fit a byte', { machine, events, effects });
}

function codesOf(names: Names): Omit<AllCodes, 'schedule' | 'cancel'> {
  return {
    state: numbered(names.states),
    event: numbered(names.events),
    guard: numbered(names.guards),
    action: numbered(names.actions),
  };
}

function timerCodes(names: Names): Pick<AllCodes, 'schedule' | 'cancel'> {
  const first = names.actions.length;
  return {
    schedule: numbered(names.delays, first),
    cancel: numbered(names.delays, first + names.delays.length),
  };
}

function tagBits(states: readonly StateShape[]): Codes<string> {
  const bits = new Map<string, number>();
  states.forEach((state, code) => {
    for (const tag of state.tags) bits.set(tag, (bits.get(tag) ?? 0) | (1 << code));
  });
  return Object.fromEntries(bits);
}

function numbered(names: readonly string[], first = 0): Codes<string> {
  return Object.fromEntries(names.map((name, i) => [name, first + i]));
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)];
}

function codeOf(codes: Codes<string>, name: string): number {
  const code = codes[name];
  assert(code !== undefined, 'a name without a code', { name });
  return code;
}

function effectCode(codes: AllCodes, effect: Effect): number {
  return codeOf(codes[effect.kind], effect.name);
}

/* ---- tables ---- */

function tablesOf(shape: MachineShape, names: Names, codes: AllCodes): Omit<Tables, 'firstId'> {
  const eventCount = names.events.length;
  const cells = shape.states.length * eventCount;
  const cell = new Int16Array(cells).fill(-1);
  const cellGuards = new Uint32Array(cells);
  const rowElse = new Int16Array(shape.rows.length).fill(-1);
  const last = new Int16Array(cells).fill(-1);
  shape.rows.forEach((row, i) => {
    const at = codeOf(codes.state, row.from) * eventCount + codeOf(codes.event, row.event);
    if (cell[at] === -1) cell[at] = i;
    else rowElse[last[at]!] = i;
    last[at] = i;
    if (row.guard !== null) cellGuards[at]! |= 1 << codeOf(codes.guard, row.guard);
  });
  return { eventCount, cell, cellGuards, rowElse, ...rowColumns(shape.rows, codes) };
}

function rowColumns(
  rows: readonly RowShape[],
  codes: AllCodes,
): Pick<Tables, 'rowGuard' | 'rowTo' | 'effectStart' | 'effects'> {
  const effects = rows.map((row) => row.effects.map((effect) => effectCode(codes, effect)));
  const effectStart = new Uint16Array(rows.length + 1);
  effects.forEach((list, i) => (effectStart[i + 1] = effectStart[i]! + list.length));
  return {
    rowGuard: Int8Array.from(rows, (row) =>
      row.guard === null ? -1 : codeOf(codes.guard, row.guard),
    ),
    rowTo: Uint8Array.from(rows, (row) => codeOf(codes.state, row.to)),
    effectStart,
    effects: Uint8Array.from(effects.flat()),
  };
}

function transitionsOf(
  shape: MachineShape,
  codes: AllCodes,
  tables: Omit<Tables, 'firstId'>,
  firstId: number,
): Transition[] {
  return shape.rows.map((row, i) => ({
    id: firstId + i,
    from: codeOf(codes.state, row.from),
    event: codeOf(codes.event, row.event),
    guard: tables.rowGuard[i]!,
    to: tables.rowTo[i]!,
    effects: [...tables.effects.subarray(tables.effectStart[i], tables.effectStart[i + 1])],
  }));
}

/* ---- questions ---- */

/** Bits of the guards that are true because of the Airflow version alone. */
export function versionGuards(machine: CompiledMachine, version: AirflowVersion): number {
  let bits = 0;
  machine.guards.forEach((name, code) => {
    if (isCapability(name) && has(version, name)) bits |= 1 << code;
  });
  return bits;
}
