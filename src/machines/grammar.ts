/**
 * Reads the structure of an XState machine and refuses everything that a flat table cannot say.
 * The words of the grammar: one level of states, transitions of a state and of the root, named
 * guards, actions and delays, entry, exit, `after`. XState keeps defining what they mean; the test
 * compares the result with XState's own `transition()`.
 */
import type { AnyStateMachine, AnyStateNode } from 'xstate';
import { assert } from '../base/assert.ts';
import { afterPrefix } from './fire.ts';
import type { StateMeta } from './meta.ts';

/** One step of a transition, in the order in which it is carried out. */
export type Effect =
  | { readonly kind: 'action'; readonly name: string }
  | { readonly kind: 'schedule'; readonly name: string }
  | { readonly kind: 'cancel'; readonly name: string };

/** One line of a decision chain: taken when its guard holds (or there is none). */
export interface RowShape {
  readonly from: string;
  readonly event: string;
  readonly guard: string | null;
  readonly to: string;
  readonly effects: readonly Effect[];
}

export interface StateShape {
  readonly name: string;
  readonly tags: readonly string[];
  readonly meta: StateMeta;
  readonly entry: readonly Effect[];
  readonly exit: readonly Effect[];
}

export interface MachineShape {
  readonly id: string;
  readonly initial: string;
  readonly states: readonly StateShape[];
  readonly rows: readonly RowShape[];
  /** delay name -> microseconds when nothing else is configured */
  readonly delays: ReadonlyMap<string, number>;
}

type Refuse = (what: string) => never;

/** The machine as plain data. Throws, naming machine, state and event, outside the grammar. */
export function readMachine(machine: AnyStateMachine): MachineShape {
  const refuse = refuser(machine.id, null, null);
  checkRoot(machine, refuse);
  const nodes = Object.values(machine.states) as AnyStateNode[];
  for (const node of nodes) checkState(node, refuser(machine.id, node.key, null));
  const states = nodes.map((node) => readState(machine, node));
  const rows = nodes.flatMap((node) => readRows(machine, node));
  return {
    id: machine.id,
    initial: initialOf(machine, refuse),
    states,
    rows,
    delays: delaysOf(machine),
  };
}

function refuser(id: string, state: string | null, event: string | null): Refuse {
  return (what) => {
    const where = [`machine "${id}"`];
    if (state !== null) where.push(`state "${state}"`);
    if (event !== null) where.push(`event "${event}"`);
    throw new Error(`${where.join(', ')}: ${what}`);
  };
}

function checkRoot(machine: AnyStateMachine, refuse: Refuse): void {
  const root = machine.root as AnyStateNode;
  if (root.type === 'parallel') refuse('parallel states are not allowed');
  if (Object.keys(machine.states).length === 0) refuse('a machine needs states');
  if (root.entry.length > 0 || root.exit.length > 0) refuse('the root has no entry or exit');
  if (root.config.after) refuse('the root has no after');
  checkCommon(root, refuse);
}

function checkState(node: AnyStateNode, refuse: Refuse): void {
  if (node.type === 'final') refuse('final states stop the machine; use the tag "finished"');
  if (node.type === 'history') refuse('history states are not allowed');
  if (node.type === 'parallel') refuse('parallel states are not allowed');
  if (node.type !== 'atomic') refuse('only one level of states is allowed');
  checkCommon(node, refuse);
  for (const part of ['airflow', 'i18n', 'colour'] as const) {
    const value = (node.meta as Partial<StateMeta> | undefined)?.[part];
    if (typeof value !== 'string' || value === '') refuse(`meta.${part} is missing`);
  }
}

function checkCommon(node: AnyStateNode, refuse: Refuse): void {
  if (node.invoke.length > 0) refuse('invoke is not allowed');
  if (node.always && node.always.length > 0) refuse('always is not allowed');
  if (node.config.onDone) refuse('onDone is not allowed');
}

function initialOf(machine: AnyStateMachine, refuse: Refuse): string {
  const initial = (machine.root as AnyStateNode).initial;
  if (initial.actions.length > 0) refuse('the initial transition has no actions');
  const target = initial.target?.[0];
  return target ? target.key : refuse('an initial state is needed');
}

function readState(machine: AnyStateMachine, node: AnyStateNode): StateShape {
  return {
    name: node.key,
    tags: [...node.tags],
    meta: node.meta as StateMeta,
    entry: readEffects(machine, node, node.entry, 'entry'),
    exit: readEffects(machine, node, node.exit, 'exit'),
  };
}

function delaysOf(machine: AnyStateMachine): ReadonlyMap<string, number> {
  const delays = new Map<string, number>();
  for (const [name, value] of Object.entries(machine.implementations.delays)) {
    const whole = typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
    if (!whole) refuser(machine.id, null, null)(`delay "${name}" is not whole microseconds`);
    delays.set(name, value as number);
  }
  return delays;
}

/* ---- transitions ---- */

type TransitionShape =
  ReturnType<AnyStateNode['transitions']['get']> extends (infer T)[] | undefined ? T : never;

function readRows(machine: AnyStateMachine, node: AnyStateNode): RowShape[] {
  const root = machine.root as AnyStateNode;
  const descriptors = new Set([...node.transitions.keys(), ...root.transitions.keys()]);
  return [...descriptors].flatMap((descriptor) => readCell(machine, node, descriptor));
}

function readCell(machine: AnyStateMachine, node: AnyStateNode, descriptor: string): RowShape[] {
  const event = eventName(machine, node, descriptor);
  const refuse = refuser(machine.id, node.key, event);
  if (descriptor.includes('*')) refuse('wildcard events are not allowed');
  const own = node.transitions.get(descriptor) ?? [];
  const inherited = (machine.root as AnyStateNode).transitions.get(descriptor) ?? [];
  checkReachable(own, refuse);
  checkReachable(inherited, refuse);
  const rows: RowShape[] = [];
  for (const transition of [...own, ...inherited]) {
    rows.push(readRow(machine, node, event, transition));
    if (transition.guard === undefined) break;
  }
  return rows;
}

function checkReachable(list: readonly TransitionShape[], refuse: Refuse): void {
  const open = list.findIndex((transition) => transition.guard === undefined);
  if (open >= 0 && open < list.length - 1) refuse('a transition after one without a guard is dead');
}

function readRow(
  machine: AnyStateMachine,
  node: AnyStateNode,
  event: string,
  transition: TransitionShape,
): RowShape {
  const refuse = refuser(machine.id, node.key, event);
  const targets = transition.target ?? [];
  if (targets.length > 1) refuse('only one target is allowed');
  const target = targets[0];
  if (target && target.parent !== machine.root) refuse('the target must be a state of the machine');
  const guard = guardName(machine, transition.guard, refuse);
  const body = readActions(machine, transition.actions, refuse);
  const moves = target !== undefined && leaves(node, target, transition);
  const exit = moves ? readEffects(machine, node, node.exit, event) : [];
  const entry = moves ? readEffects(machine, target, target.entry, event) : [];
  const to = target?.key ?? node.key;
  return { from: node.key, event, guard, to, effects: [...exit, ...body, ...entry] };
}

/** XState 5: a transition to the state itself leaves it only when asked to, or from the root. */
function leaves(node: AnyStateNode, target: AnyStateNode, transition: TransitionShape): boolean {
  return transition.reenter || transition.source !== node || target !== node;
}

/** `xstate.after.NAME.machine.state` -> `after.NAME`; other events as they are. */
function eventName(machine: AnyStateMachine, node: AnyStateNode, descriptor: string): string {
  const head = 'xstate.after.';
  if (!descriptor.startsWith(head)) return descriptor;
  const delay = descriptor.slice(head.length, descriptor.length - node.id.length - 1);
  const known = Object.hasOwn(machine.implementations.delays, delay);
  if (!known) refuser(machine.id, node.key, descriptor)(`delay "${delay}" has no name in setup`);
  return afterPrefix + delay;
}

/* ---- named parts ---- */

function guardName(machine: AnyStateMachine, guard: unknown, refuse: Refuse): string | null {
  if (guard === undefined) return null;
  const name = nameOf(guard);
  if (name === null) return refuse('inline guards are not allowed, name them in setup');
  const implementation: unknown = machine.implementations.guards[name];
  if (typeof implementation !== 'function') return refuse(`guard "${name}" is not in setup`);
  if ('check' in implementation) refuse(`guard "${name}" is a combination, write a plain one`);
  return name;
}

function readActions(machine: AnyStateMachine, list: readonly unknown[], refuse: Refuse): Effect[] {
  return list.map((action) => {
    const name = nameOf(action);
    if (name === null) return refuse('inline actions are not allowed, name them in setup');
    checkAction(machine, name, refuse);
    return { kind: 'action', name };
  });
}

/** Only `assign` may compute; raise, sendTo, spawn and the like would hide data from the table. */
function checkAction(machine: AnyStateMachine, name: string, refuse: Refuse): void {
  const implementation: unknown = machine.implementations.actions[name];
  if (typeof implementation !== 'function') return refuse(`action "${name}" is not in setup`);
  const builtin: unknown = 'type' in implementation ? implementation.type : undefined;
  if (builtin !== undefined && builtin !== 'xstate.assign') {
    refuse(
      `action "${name}" is ${typeof builtin === 'string' ? builtin : 'not plain'}, only assign and plain commands are allowed`,
    );
  }
}

/** Entry and exit lists also hold the timers that XState made out of `after`. */
function readEffects(
  machine: AnyStateMachine,
  node: AnyStateNode,
  list: readonly unknown[],
  place: string,
): Effect[] {
  const refuse = refuser(machine.id, node.key, place);
  return list.flatMap((action): Effect[] => {
    const timer = timerOf(machine, node, action);
    return timer ? [timer] : readActions(machine, [action], refuse);
  });
}

function timerOf(machine: AnyStateMachine, node: AnyStateNode, action: unknown): Effect | null {
  if (typeof action !== 'function' || !('type' in action)) return null;
  const kinds: Readonly<Record<string, 'schedule' | 'cancel'>> = {
    'xstate.raise': 'schedule',
    'xstate.cancel': 'cancel',
  };
  const kind = kinds[String(action.type)];
  const id = 'id' in action ? action.id : 'sendId' in action ? action.sendId : undefined;
  if (!kind || typeof id !== 'string' || !node.transitions.has(id)) return null;
  const event = eventName(machine, node, id);
  assert(event.startsWith(afterPrefix), 'a timer without after', { id });
  return { kind, name: event.slice(afterPrefix.length) };
}

function nameOf(part: unknown): string | null {
  if (typeof part === 'string') return part;
  if (typeof part !== 'object' || part === null || !('type' in part)) return null;
  if ('params' in part && part.params !== undefined) return null;
  return typeof part.type === 'string' ? part.type : null;
}
