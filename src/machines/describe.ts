/**
 * Machines as plain data: for state charts, reference pages and "what can happen next". Crosses
 * the border to the page as it is, so drawing needs no XState.
 */
import { assert, must } from '../base/assert.ts';
import type { CompiledMachine } from './compile.ts';
import type { StateMeta } from './meta.ts';
import { has, isCapability } from './profile.ts';
import type { AirflowVersion } from './profile.ts';
import { effectText } from './what.ts';

export interface StateDescription {
  readonly name: string;
  readonly code: number;
  readonly initial: boolean;
  readonly tags: readonly string[];
  readonly meta: StateMeta;
  readonly entry: readonly string[];
  readonly exit: readonly string[];
}

export interface TransitionDescription {
  readonly id: number;
  readonly from: string;
  readonly event: string;
  /** What has to hold, in words of the guards: the last one named, the earlier ones not. */
  readonly guard: string | null;
  readonly unless: readonly string[];
  readonly to: string;
  readonly actions: readonly string[];
  /** Stays where it is and does nothing: legal, but not worth an arrow. */
  readonly ignored: boolean;
}

export interface MachineDescription {
  readonly id: string;
  readonly states: readonly StateDescription[];
  readonly transitions: readonly TransitionDescription[];
  readonly delays: readonly { readonly name: string; readonly microseconds: number }[];
}

/** The machine for drawing; with a version, only what can happen in it. */
export function describeMachine(
  machine: CompiledMachine,
  version?: AirflowVersion,
): MachineDescription {
  const transitions = machine.transitions.map((row) => describeRow(machine, row.id));
  return {
    id: machine.id,
    states: machine.shape.states.map((state, code) => ({
      name: state.name,
      code,
      initial: code === machine.initial,
      tags: state.tags,
      meta: state.meta,
      entry: state.entry.map(effectText),
      exit: state.exit.map(effectText),
    })),
    transitions: version ? transitions.filter((row) => possible(row, version)) : transitions,
    delays: [...machine.shape.delays].map(([name, microseconds]) => ({ name, microseconds })),
  };
}

/** One transition by its id. */
export function describeRow(machine: CompiledMachine, id: number): TransitionDescription {
  const { rows } = machine.shape;
  const row = must(rows[id - machine.firstId], 'a transition of another machine', { id });
  const chain = rows.filter((one) => one.from === row.from && one.event === row.event);
  const earlier = chain.slice(0, chain.indexOf(row));
  const actions = row.effects.map(effectText);
  return {
    id,
    from: row.from,
    event: row.event,
    guard: row.guard,
    unless: earlier.flatMap((one) => one.guard ?? []),
    to: row.to,
    actions,
    ignored: row.from === row.to && actions.length === 0,
  };
}

/** Whether the version's own capabilities leave this transition open. */
function possible(row: TransitionDescription, version: AirflowVersion): boolean {
  if (row.guard !== null && isCapability(row.guard) && !has(version, row.guard)) return false;
  return !row.unless.some((name) => isCapability(name) && has(version, name));
}

/**
 * Events that may happen in a state (a guard may still refuse them), in the order of their codes;
 * with a version, only those of that version. Throws for a state the machine does not have.
 */
export function legalEvents(
  machine: CompiledMachine,
  state: string,
  version?: AirflowVersion,
): string[] {
  assert(machine.states.includes(state), 'no such state', { machine: machine.id, state });
  const rows = machine.transitions.map((row) => describeRow(machine, row.id));
  const open = rows.filter((row) => row.from === state && (!version || possible(row, version)));
  return machine.events.filter((event) => open.some((row) => row.event === event));
}
