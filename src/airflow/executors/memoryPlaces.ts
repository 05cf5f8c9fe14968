/** On which machine a workload uses memory, by executor and fleet. */
import type { Cluster } from '../fleet/cluster.ts';
import { Memory, type Place } from '../fleet/memory.ts';
import { tasksMachines } from '../fleet/placement.ts';
import type { PlantEnv } from '../runner/env.ts';
import type { Supervisor } from '../runner/supervisor.ts';
import { NONE } from '../runner/workloads.ts';
import type { ExecutorName, FleetSpec, Scenario } from '../scenario.ts';

/** Null when no rule names a need: nothing is counted then. */
export function memoryOf(
  env: PlantEnv,
  scenario: Scenario,
  executor: ExecutorName,
  supervisor: Supervisor,
  cluster: Cluster | null,
): Memory | null {
  if (scenario.behaviour.rules.every(({ memory_mb }) => memory_mb === undefined)) return null;
  const machines = machinesOf(scenario, executor, env, cluster);
  const place: Place = {
    ...machines,
    limitOf: (w) => cluster?.needOf(w).limit ?? Infinity,
    kill: (w) => void (cluster === null ? supervisor.killTask(w) : cluster.faults.killForMemory(w)),
  };
  return new Memory(env.workloads, place);
}

type Memories = Pick<Place, 'machineOf' | 'memoryOf'>;

/** Machines of the placement come first, then workers or nodes that have one of their own. */
function machinesOf(
  scenario: Scenario,
  executor: ExecutorName,
  { workloads, part }: PlantEnv,
  cluster: Cluster | null,
): Memories {
  const { fleet } = scenario;
  const one = fleet.machine?.memory_mb;
  if (one !== undefined) return { machineOf: () => 0, memoryOf: () => one };
  const memory = [
    ...(fleet.placement ?? []).map(({ memory_mb }) => memory_mb ?? Infinity),
    ...ownMemory(fleet, executor, cluster),
  ];
  const first = fleet.placement?.length ?? 0;
  const table = tasksMachines(scenario)[part] ?? [];
  const { rows } = workloads;
  const numbered = executor === 'celery' || executor === 'kubernetes';
  return {
    machineOf: (w) => {
      const at = numbered ? rows.place[w]! : rows.owner[w]!;
      const machine = table[at] ?? NONE;
      return machine !== NONE || !numbered || at === NONE ? machine : first + at;
    },
    memoryOf: (machine) => memory[machine] ?? Infinity,
  };
}

function ownMemory(fleet: FleetSpec, executor: ExecutorName, cluster: Cluster | null): number[] {
  if (cluster !== null) return cluster.nodes.info.map(({ memory }) => memory);
  return executor === 'celery' ? workersMemory(fleet) : [];
}

/** By the number of the worker, over all groups. */
function workersMemory({ workers }: FleetSpec): number[] {
  return workers.flatMap(({ count, memory_mb }) =>
    Array<number>(count).fill(memory_mb ?? Infinity),
  );
}
