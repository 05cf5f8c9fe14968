/** Placements that cannot be: problems that name their field, `fleet.placement[1].runs[0]`. */
import { problem, type Problem } from '../../base/result.ts';
import { executorsOf } from '../executors/executorChoice.ts';
import type { Scenario } from '../scenario.ts';
import { countOfKind, partsOn, PLACED, readPlaced } from './placement.ts';

/**
 * A kind of part that only other lanes have (a worker beside LocalExecutor) is no problem: one
 * placement stands for all lanes.
 */
export function placementProblems(scenario: Scenario): Problem[] {
  const { placement = [], machine } = scenario.fleet;
  const wrong = placement.flatMap((each, i) =>
    each.runs.flatMap((text, n) => partProblem(text, scenario, `fleet.placement[${i}].runs[${n}]`)),
  );
  const both = machine !== undefined && placement.length > 0;
  return [
    ...wrong,
    ...twiceNamed(scenario),
    ...twicePlaced(scenario),
    ...(both ? [problem('placement_and_machine', {}, { field: 'fleet.placement' })] : []),
  ];
}

function partProblem(text: string, scenario: Scenario, field: string): Problem[] {
  const part = readPlaced(text);
  if (part === null) {
    return [problem('placement_part_unknown', { part: text, known: [...PLACED] }, { field })];
  }
  const count = countOfKind(part.kind, scenario, executorsOf(scenario));
  if (part.index < Math.max(1, count) || count === 0) return [];
  return [problem('placement_part_missing', { part: text, count }, { field })];
}

function twiceNamed({ fleet }: Scenario): Problem[] {
  const names = (fleet.placement ?? []).map(({ name }) => name);
  return names.flatMap((name, i) =>
    names.indexOf(name) === i
      ? []
      : [problem('placement_machine_twice', { name }, { field: `fleet.placement[${i}].name` })],
  );
}

function twicePlaced(scenario: Scenario): Problem[] {
  const executors = executorsOf(scenario);
  const first = new Map<string, string>();
  return (scenario.fleet.placement ?? []).flatMap((machine, i) =>
    partsOn(machine, scenario, executors).flatMap(({ name }) => {
      const other = first.get(name);
      if (other === undefined) first.set(name, machine.name);
      if (other === undefined) return [];
      const params = { part: name, machine: machine.name, other };
      return [problem('placement_part_twice', params, { field: `fleet.placement[${i}].runs` })];
    }),
  );
}
