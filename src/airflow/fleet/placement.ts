/**
 * Which part of the installation stands on which machine (`fleet.placement`). Parts that no machine
 * names have one of their own. A machine with the name of a node of the cluster is that node.
 */
import { executorsOf } from '../executors/executorChoice.ts';
import type { ExecutorName, FleetSpec, MachineSpec, Scenario } from '../scenario.ts';
import { nodeNames } from './nodeNames.ts';

/** Kinds of parts that run on machines; of those with a number there may be several. */
export const PLACED = [
  'database',
  'broker',
  'result-backend',
  'api-server',
  'web-server',
  'dag-processor',
  'scheduler',
  'triggerer',
  'worker',
] as const;
export type PlacedKind = (typeof PLACED)[number];

export interface PlacedPart {
  readonly kind: PlacedKind;
  /** From 0; 0 for parts of which there is one. */
  readonly index: number;
  /** As a timetable of faults writes it: `worker-2`, `database`. */
  readonly name: string;
}

/** How many of a kind the lane has; 0: it has none. */
export function countOfKind(
  kind: PlacedKind,
  { fleet, airflow }: Pick<Scenario, 'fleet' | 'airflow'>,
  executors: readonly ExecutorName[],
): number {
  if (kind === 'scheduler') return Math.max(1, fleet.schedulers);
  if (kind === 'triggerer') return fleet.triggerers;
  if (kind === 'api-server') return airflow === '2.11.2' ? 0 : 1;
  if (kind === 'web-server') return airflow === '2.11.2' ? 1 : 0;
  const ofCelery = kind === 'worker' || kind === 'broker' || kind === 'result-backend';
  if (ofCelery && !executors.includes('celery')) return 0;
  return kind === 'worker' ? workersOf(fleet) : 1;
}

/** Also those that KEDA may start. */
function workersOf({ workers }: FleetSpec): number {
  return workers.reduce((sum, { count, keda }) => sum + Math.max(count, keda?.max ?? 0), 0);
}

const NUMBERED: readonly PlacedKind[] = ['scheduler', 'triggerer', 'worker'];

/** The kind of `worker-2` or `worker-*` and its number from 0 (-1: all); null: no such part. */
export function readPlaced(text: string): { kind: PlacedKind; index: number } | null {
  const [, word = '', number] = /^([a-z-]+?)(?:-(\*|[1-9]\d{0,5}))?$/.exec(text) ?? [];
  const kind = PLACED.find((each) => each === word);
  if (kind === undefined) return null;
  if (!NUMBERED.includes(kind)) return number === undefined ? { kind, index: 0 } : null;
  return { kind, index: number === '*' ? -1 : Number(number ?? 1) - 1 };
}

/** The parts of a machine that this lane has, those that others need first. */
export function partsOn(
  machine: MachineSpec,
  scenario: Pick<Scenario, 'fleet' | 'airflow'>,
  executors: readonly ExecutorName[],
): PlacedPart[] {
  const named = machine.runs.flatMap((text) => readPlaced(text) ?? []);
  return PLACED.flatMap((kind) => {
    const count = countOfKind(kind, scenario, executors);
    const mine = named.filter((each) => each.kind === kind);
    return Array.from({ length: count }, (_, index) => index)
      .filter((index) => mine.some((each) => each.index === -1 || each.index === index))
      .map((index) => ({ kind, index, name: nameOf(kind, index) }));
  });
}

function nameOf(kind: PlacedKind, index: number): string {
  return NUMBERED.includes(kind) ? `${kind}-${index + 1}` : kind;
}

/** Number of the machine of a part, -1: it has one of its own. */
export function machineOfPart(
  scenario: Pick<Scenario, 'fleet' | 'airflow'>,
  kind: PlacedKind,
  index: number,
): number {
  return (scenario.fleet.placement ?? []).findIndex(({ runs }) =>
    runs.some((text) => {
      const named = readPlaced(text);
      return named?.kind === kind && (named.index === -1 || named.index === index);
    }),
  );
}

/** Number of the cluster's node that the machine is, -1: it is none. */
export function nodeOfMachine({ name }: MachineSpec, { nodes }: FleetSpec): number {
  return nodeNames(nodes).indexOf(name);
}

/** Machine of each node of the cluster, -1 for those that only pods run on. */
export function machinesOfNodes({ nodes, placement = [] }: FleetSpec): number[] {
  return nodeNames(nodes).map((node) => placement.findIndex(({ name }) => name === node));
}

/**
 * Of each executor of the lane: the machine (-1: none) under the tasks of each worker, node or, where
 * tasks run below their scheduler, of each scheduler.
 */
export function tasksMachines(scenario: Scenario): number[][] {
  const executors = executorsOf(scenario);
  const all = (kind: PlacedKind): number[] =>
    Array.from({ length: countOfKind(kind, scenario, executors) }, (_, index) =>
      machineOfPart(scenario, kind, index),
    );
  return executors.map((name) => {
    if (name === 'kubernetes') return machinesOfNodes(scenario.fleet);
    return all(name === 'celery' ? 'worker' : 'scheduler');
  });
}

/** The part stands in a container of its own: killing its first process kills all in it. */
export function inContainer(
  scenario: Pick<Scenario, 'fleet' | 'airflow'>,
  kind: PlacedKind,
  index: number,
): boolean {
  const machine = machineOfPart(scenario, kind, index);
  return scenario.fleet.placement?.[machine]?.containers === true;
}
