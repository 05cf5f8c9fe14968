/** When parts that matter for reading logs were away, from the faults of a run. */
import { executorsOf } from '../../airflow/executors/executorChoice.ts';
import { FAULT_REASON } from '../../airflow/faults/apply.ts';
import { parsePart } from '../../airflow/faults/partNames.ts';
import { inContainer, nodeOfMachine, partsOn } from '../../airflow/fleet/placement.ts';
import type { Fault, Scenario } from '../../airflow/scenario.ts';
import type { FaultRecord } from './history.ts';

/** How a part is away: its machine is gone, its processes have ended, or nobody gets through. */
export type Away = 'gone' | 'stopped' | 'cut_off';

export interface Absence {
  readonly part: string;
  readonly how: Away;
  readonly from: number;
  /** Infinity while it lasts. */
  to: number;
}

/** By verb and kind of part; other faults leave its files and its log server as they are. */
const AWAY: Readonly<Record<string, Away>> = {
  'kill worker': 'gone',
  'stop worker': 'stopped',
  'cold_stop worker': 'stopped',
  'partition worker': 'cut_off',
  'kill node': 'gone',
  'kill api-server': 'stopped',
  'silent api-server': 'cut_off',
  'kill web-server': 'stopped',
  'kill database': 'stopped',
  'kill triggerer': 'stopped',
  'stop triggerer': 'stopped',
  'refuse kubernetes-api': 'stopped',
  'silent kubernetes-api': 'cut_off',
  'fail kubernetes-api': 'stopped',
};

export function absencesOf(records: readonly FaultRecord[], scenario: Scenario): Absence[] {
  const found: Absence[] = [];
  for (const { t, index, reason } of records) {
    const fault = scenario.faults[index];
    if (fault === undefined) continue;
    if (reason === FAULT_REASON.nothingThere) undo(found, t);
    else if (reason === FAULT_REASON.over || fault.what === 'restore') {
      for (const part of partsHit(fault, scenario)) comeBack(found, part, t);
    } else found.push(...begun(fault, scenario, t));
  }
  return found;
}

/** The fault before found nothing to break. */
function undo(found: Absence[], t: number): void {
  while (found.at(-1)?.from === t && found.at(-1)?.to === Infinity) found.pop();
}

function comeBack(found: readonly Absence[], part: string, t: number): void {
  for (const absence of found) if (absence.part === part) absence.to = Math.min(absence.to, t);
}

function begun(fault: Fault, scenario: Scenario, t: number): Absence[] {
  const onMachine = fault.part.startsWith('machine:');
  return partsHit(fault, scenario).flatMap((part) => {
    const how = onMachine ? 'gone' : howAway(fault, scenario);
    return how === null ? [] : [{ part, how, from: t, to: Infinity }];
  });
}

/** Of a killed worker or scheduler outside of a container the log server and the files stay. */
function howAway({ what, part, args }: Fault, scenario: Scenario): Away | null {
  const parsed = parsePart(part);
  if (parsed === null) return null;
  const { kind, index } = parsed;
  if (kind === 'scheduler' && what === 'kill') {
    return inContainer(scenario, kind, index) ? 'gone' : null;
  }
  if (kind === 'worker' && what === 'kill' && args?.process === 'main') {
    return inContainer(scenario, kind, index) ? 'gone' : null;
  }
  return AWAY[`${what} ${kind}`] ?? null;
}

function partsHit({ part }: Fault, scenario: Scenario): string[] {
  const machines = scenario.fleet.placement ?? [];
  const node = /^node-(\d+)$/.exec(part);
  const hit = node
    ? machines.find((each) => nodeOfMachine(each, scenario.fleet) === Number(node[1]) - 1)
    : machines.find(({ name }) => part === `machine:${name}`);
  if (hit === undefined) return [part];
  const parts = partsOn(hit, scenario, executorsOf(scenario)).map(({ name }) => name);
  const ofCluster = nodeOfMachine(hit, scenario.fleet);
  return ofCluster < 0 ? parts : [...parts, `node-${ofCluster + 1}`];
}
