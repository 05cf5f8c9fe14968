/** The machines that a scenario places parts on, as the page draws them: boxes with parts in them. */
import { executorsOf } from '../airflow/executors/executorChoice.ts';
import { nodeOfMachine, partsOn } from '../airflow/fleet/placement.ts';
import type { Scenario } from '../airflow/scenario.ts';
import type { MachineInfo } from './frame.ts';

/** Parts that no machine names have one of their own, which is not listed. */
export function machinesOf(scenario: Scenario): MachineInfo[] {
  const executors = executorsOf(scenario);
  const { placement = [] } = scenario.fleet;
  return placement.map((machine) => ({
    name: machine.name,
    cores: machine.cores ?? null,
    memory_mb: machine.memory_mb ?? null,
    containers: machine.containers ?? false,
    node: executors.includes('kubernetes') ? nodeOf(machine.name, scenario) : null,
    parts: partsOn(machine, scenario, executors).map(({ name }) => name),
  }));
}

function nodeOf(name: string, { fleet }: Scenario): string | null {
  const node = nodeOfMachine({ name, runs: [] }, fleet);
  return node < 0 ? null : `node-${node + 1}`;
}
