/**
 * A machine is lost with everything on it, and comes back: each part is killed and restored by the
 * code of its own faults. A machine that is a node of the cluster takes the node's pods with it,
 * and the loss of such a node takes the parts that stand on it.
 */
import type { FaultHandler, FaultHandlers, Hit, Installation } from '../faults/handler.ts';
import { parsePart } from '../faults/partNames.ts';
import { machinesOfNodes, nodeOfMachine, partsOn } from '../fleet/placement.ts';
import type { MachineSpec } from '../scenario.ts';
import { executorsOf } from './executorChoice.ts';

type HandlerOf = (what: string, part: string) => FaultHandler | null;
type Verb = 'kill' | 'restore';

/** What becomes of a part when the power under it is cut, where that is not called `kill`. */
const CUT: Readonly<Record<string, string>> = { broker: 'stop', 'result-backend': 'refuse' };

export function machineHandlers(handlerOf: HandlerOf): FaultHandlers {
  const onMachine =
    (verb: Verb): FaultHandler =>
    (at, hit) => {
      const machine = at.scenario.fleet.placement?.find(({ name }) => name === hit.part.name);
      return machine !== undefined && changeAll(handlerOf, verb, at, hit, machine);
    };
  const onNode =
    (verb: Verb): FaultHandler =>
    (at, hit) => {
      const { fleet } = at.scenario;
      const machine = fleet.placement?.[machinesOfNodes(fleet)[hit.part.index] ?? -1];
      if (machine === undefined) return handlerOfNode(verb, at, hit);
      return changeAll(handlerOf, verb, at, hit, machine);
    };
  return {
    'kill machine': onMachine('kill'),
    'restore machine': onMachine('restore'),
    'kill node': onNode('kill'),
    'restore node': onNode('restore'),
  };
}

function handlerOfNode(verb: Verb, { plant }: Installation, { part }: Hit): boolean {
  const faults = plant.kubernetes?.cluster.faults;
  if (faults === undefined) return false;
  return verb === 'kill' ? faults.loseNode(part.index) : faults.restoreNode(part.index);
}

/** Those that others need come back first and go last. True: one of them has changed. */
function changeAll(
  handlerOf: HandlerOf,
  verb: Verb,
  at: Installation,
  hit: Hit,
  machine: MachineSpec,
): boolean {
  const { scenario } = at;
  const parts = partsOn(machine, scenario, executorsOf(scenario));
  const inOrder = verb === 'kill' ? parts.reverse() : parts;
  const node = nodeOfMachine(machine, scenario.fleet);
  let changed = false;
  if (node >= 0) {
    const there = { ...hit, part: { ...hit.part, index: node } };
    changed = handlerOfNode(verb, at, there);
  }
  for (const { kind, name } of inOrder) {
    const part = parsePart(name);
    const what = verb === 'kill' ? (CUT[kind] ?? 'kill') : 'restore';
    const handler = handlerOf(what, kind);
    if (part === null || handler === null) continue;
    changed = handler(at, { ...hit, part, word: wordOf }) || changed;
  }
  return changed;
}

/** Of the ways in which the parts could die: with all of their processes. */
function wordOf(name: string, otherwise: string): string {
  return name === 'children' ? 'die' : otherwise;
}
