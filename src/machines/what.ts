/**
 * The log's `what` codes as plain data, so that a page can read a log without loading XState. A
 * saved log keeps its own copy: codes may change when a machine does.
 */
import type { CompiledMachine } from './compile.ts';
import type { Effect } from './grammar.ts';

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
    machine.shape.rows.map((row, i) => ({
      id: machine.firstId + i,
      machine: machine.id,
      from: row.from,
      event: row.event,
      guard: row.guard,
      to: row.to,
      actions: row.effects.map(effectText),
    })),
  );
}

/** `name` of a command, `schedule:delay` or `cancel:delay` of a timer. */
export function effectText(effect: Effect): string {
  return effect.kind === 'action' ? effect.name : `${effect.kind}:${effect.name}`;
}
