/**
 * The parts of a lane's installation with the names that faults call them by, in the order in which
 * a task instance meets them. From the scenario alone: the same for the whole run.
 */
import { FAULTS, faultProblems, faultsOfPart, parsePart } from '../airflow/faults/index.ts';
import { executorsOf } from '../airflow/executors/executorChoice.ts';
import type { LaneFault, PartInfo } from './frame.ts';
import { nodeNames } from '../airflow/fleet/nodeNames.ts';
import { countOfKind } from '../airflow/fleet/placement.ts';
import type { PartKind } from '../airflow/faults/kinds.ts';
import type { ExecutorName, Scenario } from '../airflow/scenario.ts';

/** LocalExecutor's processes are many alike; the first ones stand for all. */
const MOST_ALIKE = 64;

export function partsOf(scenario: Scenario, lines: number): PartInfo[] {
  const offsets = groupOffsets(scenario);
  const { fleet, airflow } = scenario;
  const executors = executorsOf(scenario);
  const one = (kind: PartKind, detail = ''): PartInfo => make(scenario, kind, 0, null, detail);
  const plant: PartInfo[] = [
    ...several(scenario, 'scheduler', fleet.schedulers),
    one('dag-processor'),
    one(airflow === '2.11.2' ? 'web-server' : 'api-server'),
    one('database'),
    ...several(scenario, 'triggerer', fleet.triggerers),
  ];
  if (executors.includes('celery')) plant.push(...celeryParts(scenario));
  if (executors.includes('kubernetes')) plant.push(...clusterParts(scenario));
  if (executors.includes('local')) plant.push(...several(scenario, 'local-worker', lines, 1));
  return plant.map((part) => ({ ...part, group: groupOf(part, offsets) }));
}

type Offsets = Readonly<Partial<Record<ExecutorName, number>>>;

/** Where the slot groups of each executor begin: they stand one after the other. */
export function groupOffsets(scenario: Scenario): Offsets {
  const executors = executorsOf(scenario);
  const groups: Readonly<Record<ExecutorName, number>> = {
    sequential: 1,
    local: countOfKind('scheduler', scenario, executors),
    // Groups that grow have a place for each worker or node that may come.
    celery: countOfKind('worker', scenario, executors),
    kubernetes: nodeNames(scenario.fleet.nodes).length,
  };
  const offsets: Partial<Record<ExecutorName, number>> = {};
  let next = 0;
  for (const executor of executors) {
    offsets[executor] = next;
    next += groups[executor];
  }
  return offsets;
}

const EXECUTOR_OF: Readonly<Record<string, ExecutorName>> = {
  worker: 'celery',
  node: 'kubernetes',
  'local-worker': 'local',
};

function groupOf({ kind, n }: PartInfo, offsets: Offsets): number | null {
  const first = offsets[EXECUTOR_OF[kind] ?? 'sequential'];
  if (first === undefined || !(kind in EXECUTOR_OF)) return null;
  // Processes of LocalExecutor are lines of one group.
  return kind === 'local-worker' ? first : first + n - 1;
}

function several(scenario: Scenario, kind: PartKind, count: number, slots?: number): PartInfo[] {
  return Array.from({ length: Math.min(count, MOST_ALIKE) }, (_, i) =>
    make(scenario, kind, i + 1, slots ?? null, ''),
  );
}

function celeryParts(scenario: Scenario): PartInfo[] {
  const { broker, workers } = scenario.fleet;
  let n = 0;
  const each = workers.flatMap(({ name, count, concurrency, queues, autoscale, keda }) =>
    Array.from({ length: Math.max(count, keda?.max ?? 0) }, () =>
      make(
        scenario,
        'worker',
        ++n,
        autoscale?.max ?? concurrency,
        queues ? `${name}: ${queues.join(', ')}` : name,
      ),
    ),
  );
  return [
    make(scenario, 'broker', 0, null, broker),
    make(scenario, 'result-backend', 0, null, ''),
    ...each,
  ];
}

function clusterParts(scenario: Scenario): PartInfo[] {
  let n = 0;
  const nodes = scenario.fleet.nodes.flatMap(({ name, count, pods }) =>
    Array.from({ length: count }, () => make(scenario, 'node', ++n, pods, name)),
  );
  return [make(scenario, 'kubernetes-api', 0, null, ''), ...nodes];
}

function make(
  scenario: Scenario,
  kind: PartKind,
  n: number,
  slots: number | null,
  detail: string,
): PartInfo {
  const verbs = faultsOfPart(kind, scenario.airflow, executorsOf(scenario)).map(({ what }) => what);
  return { name: n > 0 ? `${kind}-${n}` : kind, kind, n, slots, group: null, detail, verbs };
}

/** The faults whose part this lane has; the others are for other lanes. */
export function faultsHere(scenario: Scenario): LaneFault[] {
  return scenario.faults.flatMap((fault, index) => {
    const problems = faultProblems({ ...scenario, faults: [fault] });
    if (problems.some(({ code }) => ELSEWHERE.includes(code))) return [];
    const part = parsePart(fault.part)?.kind;
    const kind = FAULTS.find((one) => one.what === fault.what && one.part === part);
    return [{ ...fault, index, lasting: kind?.undone ?? false }];
  });
}

const ELSEWHERE = ['fault_not_here', 'fault_part_unknown', 'fault_unknown'];
