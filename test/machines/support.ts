/** Asks XState itself, so that the tables can be compared with it. */
import { transition } from 'xstate';
import type { AnyMachineSnapshot, AnyStateMachine } from 'xstate';
import type { CompiledMachine } from '../../src/machines/compile.ts';

export interface Answer {
  readonly legal: boolean;
  readonly to: string;
  readonly effects: readonly string[];
}

/** The machine with guards that read `bits`, actions that do nothing and numbered delays. */
export function oracleOf(definition: AnyStateMachine, compiled: CompiledMachine) {
  const world = { bits: 0 };
  const guards = compiled.guards.map((name, code) => [
    name,
    () => ((world.bits >>> code) & 1) === 1,
  ]);
  const machine = definition.provide({
    guards: Object.fromEntries(guards),
    actions: Object.fromEntries(compiled.actions.map((name) => [name, () => {}])),
    delays: Object.fromEntries(compiled.delays.map((name, code) => [name, code + 1])),
  } as Parameters<AnyStateMachine['provide']>[0]) as AnyStateMachine;
  const ask = (state: string, event: string, bits: number): Answer => {
    world.bits = bits;
    const snapshot = machine.resolveState({ value: state, context: {} }) as AnyMachineSnapshot;
    const type = xstateEvent(machine.id, state, event);
    const legal = machine.getTransitionData(snapshot, { type } as never).length > 0;
    const [next, actions] = transition(machine, snapshot, { type });
    return { legal, to: String(next.value), effects: actions.map(effectName) };
  };
  return { machine, ask };
}

/** `after.NAME` -> XState's own name of that event in a state. */
export function xstateEvent(machine: string, state: string, event: string): string {
  if (!event.startsWith('after.')) return event;
  return `xstate.${event}.${machine}.${state}`;
}

function effectName(action: { type: string; params?: unknown }): string {
  const params = action.params as { id?: string; sendId?: string } | string | undefined;
  if (action.type === 'xstate.raise') return `schedule:${delayIn((params as { id: string }).id)}`;
  if (action.type === 'xstate.cancel') return `cancel:${delayIn(cancelled(params))}`;
  return action.type;
}

function cancelled(params: { id?: string; sendId?: string } | string | undefined): string {
  return typeof params === 'string' ? params : String(params?.sendId);
}

/** `xstate.after.NAME.machine.state` -> `NAME`. */
function delayIn(id: string): string {
  return id.split('.').slice(2, -2).join('.');
}

/** Every combination of the guards in `mask`. */
export function* combinations(mask: number): Generator<number> {
  let bits = mask;
  for (;;) {
    yield bits;
    if (bits === 0) return;
    bits = (bits - 1) & mask;
  }
}

/** Effects of a transition of the table by name. */
export function effectsOf(compiled: CompiledMachine, id: number): string[] {
  const codes = compiled.transitions[id - compiled.firstId]?.effects ?? [];
  return codes.map((code) => compiled.effectNames[code] ?? '?');
}
