/**
 * Machines as plain data: for state charts, reference pages and "what can happen next". Crosses
 * the border to the page as it is, so drawing needs no XState.
 */
import type { CompiledMachine } from './compile.ts';
import type { StateMeta } from './meta.ts';
import { has, isCapability } from './profile.ts';
import type { AirflowVersion } from './profile.ts';

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
      entry: state.entry.map((effect) => effectText(effect.kind, effect.name)),
      exit: state.exit.map((effect) => effectText(effect.kind, effect.name)),
    })),
    transitions: version ? transitions.filter((row) => possible(row, version)) : transitions,
    delays: machine.delays.map((name, i) => ({ name, microseconds: machine.delayDefaults[i]! })),
  };
}

/** One transition by its id. */
export function describeRow(machine: CompiledMachine, id: number): TransitionDescription {
  const row = machine.transitions[id - machine.firstId]!;
  const actions = row.effects.map((code) => machine.effectNames[code]!);
  return {
    id,
    from: machine.states[row.from]!,
    event: machine.events[row.event]!,
    guard: row.guard < 0 ? null : machine.guards[row.guard]!,
    unless: earlierGuards(machine, id - machine.firstId),
    to: machine.states[row.to]!,
    actions,
    ignored: row.from === row.to && actions.length === 0,
  };
}

function effectText(kind: string, name: string): string {
  return kind === 'action' ? name : `${kind}:${name}`;
}

/** Guards of the rows that are asked before this one. */
function earlierGuards(machine: CompiledMachine, row: number): string[] {
  const { from, event } = machine.transitions[row]!;
  const names: string[] = [];
  let at = machine.cell[from * machine.eventCount + event]!;
  for (; at >= 0 && at !== row; at = machine.rowElse[at]!) {
    names.push(machine.guards[machine.rowGuard[at]!]!);
  }
  return names;
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
  const code = machine.states.indexOf(state);
  if (code < 0) throw new Error(`machine "${machine.id}" has no state "${state}"`);
  const rows = machine.transitions.filter((row) => row.from === code);
  const open = rows.filter((row) => !version || possible(describeRow(machine, row.id), version));
  return machine.events.filter((_, event) => open.some((row) => row.event === event));
}
