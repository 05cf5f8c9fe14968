/** On which machine a workload uses memory, by executor and fleet. */
import type { Cluster } from '../fleet/cluster.ts';
import { Memory, type Place } from '../fleet/memory.ts';
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
  const machines = machinesOf(scenario.fleet, executor, env, cluster);
  const place: Place = {
    ...machines,
    limitOf: (w) => cluster?.needOf(w).limit ?? Infinity,
    kill: (w) => void (cluster === null ? supervisor.killTask(w) : cluster.faults.killForMemory(w)),
  };
  return new Memory(env.workloads, place);
}

type Machines = Pick<Place, 'machineOf' | 'memoryOf'>;

function machinesOf(
  fleet: FleetSpec,
  executor: ExecutorName,
  { workloads }: PlantEnv,
  cluster: Cluster | null,
): Machines {
  const one = fleet.machine?.memory_mb;
  if (one !== undefined) return { machineOf: () => 0, memoryOf: () => one };
  const placed = (w: number): number => workloads.rows.place[w]!;
  if (cluster !== null) {
    return { machineOf: placed, memoryOf: (node) => cluster.nodes.info[node]!.memory };
  }
  if (executor === 'celery') {
    const memory = workersMemory(fleet);
    return { machineOf: placed, memoryOf: (worker) => memory[worker] ?? Infinity };
  }
  return { machineOf: () => NONE, memoryOf: () => Infinity };
}

/** By the number of the worker, over all groups. */
function workersMemory({ workers }: FleetSpec): number[] {
  return workers.flatMap(({ count, memory_mb }) =>
    Array<number>(count).fill(memory_mb ?? Infinity),
  );
}
