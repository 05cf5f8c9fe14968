/**
 * The log's `what` codes as plain data, so that a page can read a log without loading XState. A
 * saved log keeps its own copy: codes may change when a machine does.
 */
import type { CompiledMachine } from './compile.ts';

export interface What {
  readonly id: number;
  readonly machine: string;
  readonly from: string;
  readonly event: string;
  /** Guard that took this way, null when there was none to ask. */
  readonly guard: string | null;
  readonly to: string;
  /** Commands and timers (`schedule:delay`, `cancel:delay`) in order. */
  readonly actions: readonly string[];
}

/** Every transition of the machines, in the order of its id. */
export function whatTableOf(machines: readonly CompiledMachine[]): What[] {
  return machines.flatMap((machine) =>
    machine.transitions.map((row) => ({
      id: row.id,
      machine: machine.id,
      from: machine.states[row.from]!,
      event: machine.events[row.event]!,
      guard: row.guard < 0 ? null : machine.guards[row.guard]!,
      to: machine.states[row.to]!,
      actions: row.effects.map((code) => machine.effectNames[code]!),
    })),
  );
}
