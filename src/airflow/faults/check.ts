/** Faults of a scenario that cannot be: problems that name their field, `faults[2].part`. */
import { problem, type Problem } from '../../base/result.ts';
import { sizeOf } from '../fleet/nodeNames.ts';
import { PodNeeds } from '../fleet/podNeeds.ts';
import { executorsOf } from '../executors/executorChoice.ts';
import { dagsOfFile } from '../dagFiles.ts';
import { FIRST_CONTENT } from '../dagVersions.ts';
import type { Fault, Scenario, WorkerGroupSpec } from '../scenario.ts';
import { existsIn, faultsOfPart, kindOf } from './catalogue.ts';
import type { ArgShape, FaultKind } from './kinds.ts';
import { NUMBERED, parsePart, type Part } from './partNames.ts';

export function faultProblems(scenario: Scenario): Problem[] {
  return scenario.faults.flatMap((fault, i) => problemsOf(scenario, fault, `faults[${i}]`));
}

function problemsOf(scenario: Scenario, fault: Fault, path: string): Problem[] {
  if (!(fault.at_s >= 0)) return [problem('number_negative', {}, { field: `${path}.at_s` })];
  const part = parsePart(fault.part);
  if (part === null || !isThere(scenario, part)) {
    return [problem('fault_part_unknown', { part: fault.part }, at(`${path}.part`))];
  }
  const { what } = fault;
  const { airflow, executor } = scenario;
  const executors = executorsOf(scenario);
  const kind = kindOf(what, part.kind);
  if (kind === null) {
    const known = faultsOfPart(part.kind, airflow, executors).map((each) => each.what);
    return [problem('fault_unknown', { what, part: part.kind, known }, at(`${path}.what`))];
  }
  if (!existsIn(kind, airflow, executors)) {
    return [problem('fault_not_here', { what, part: part.kind, airflow, executor }, at(path))];
  }
  const wrong = argProblems(kind, fault.args ?? {}, `${path}.args`);
  return wrong.length > 0 ? wrong : contentProblems(scenario, kind, fault, `${path}.args.to`);
}

/** A file can only become a content that the scenario has. */
function contentProblems(
  { versions = {} }: Scenario,
  kind: FaultKind,
  fault: Fault,
  field: string,
): Problem[] {
  const to = String(fault.args?.['to'] ?? FIRST_CONTENT);
  const known = [FIRST_CONTENT, ...Object.keys(versions)];
  if (kind.part !== 'file' || kind.what !== 'change' || known.includes(to)) return [];
  return [problem('version_unknown', { to, known }, at(field))];
}

function at(field: string): { field: string } {
  return { field };
}

/** Numbers within the fleet, names that the scenario has. */
function isThere(scenario: Scenario, part: Part): boolean {
  if (NUMBERED.includes(part.kind)) return part.index < countOf(scenario, part);
  const { dags } = scenario;
  if (part.ti !== null) {
    const { dag_id, task_id } = part.ti;
    const dag = dags.find((each) => each.dag_id === dag_id);
    return dag?.tasks.some((task) => task.task_id === task_id) ?? false;
  }
  if (part.kind === 'image') return imagesOf(scenario).includes(part.name);
  if (part.kind === 'machine') {
    return scenario.fleet.placement?.some(({ name }) => name === part.name) ?? false;
  }
  if (part.kind === 'file') return dagsOfFile(dags, part.name).length > 0;
  return part.kind === 'pool' ? hasPool(scenario, part.name) : true;
}

/** Those that KEDA may start have numbers too. */
function mostWorkers({ count, keda }: WorkerGroupSpec): { count: number } {
  return { count: Math.max(count, keda?.max ?? 0) };
}

function countOf({ fleet, config }: Scenario, part: Part): number {
  const sum = (groups: readonly { count: number }[]): number =>
    groups.reduce((total, group) => total + group.count, 0);
  if (part.kind === 'scheduler') return fleet.schedulers;
  if (part.kind === 'triggerer') return fleet.triggerers;
  if (part.kind === 'worker') return sum(fleet.workers.map(mostWorkers));
  if (part.kind === 'node') return fleet.nodes.reduce((all, each) => all + sizeOf(each), 0);
  const parallelism = Number(config['core.parallelism'] ?? 32);
  return parallelism > 0 ? parallelism : Infinity;
}

function imagesOf({ dags, fleet }: Scenario): readonly string[] {
  return new PodNeeds(dags, fleet.cluster?.pod).images;
}

function hasPool({ dags, pools }: Scenario, name: string): boolean {
  const named = dags.some((dag) => dag.tasks.some((task) => task.pool === name));
  return named || name === 'default_pool' || Object.hasOwn(pools, name);
}

function argProblems(kind: FaultKind, given: NonNullable<Fault['args']>, path: string): Problem[] {
  const shapes: Readonly<Record<string, ArgShape>> = kind.undone
    ? { ...kind.args, for_s: { type: 'seconds', default: 0 } }
    : kind.args;
  const unknown = Object.keys(given).filter((name) => !Object.hasOwn(shapes, name));
  const problems = unknown.map((name) =>
    problem('fault_argument_unknown', { name, known: Object.keys(shapes) }, at(`${path}.${name}`)),
  );
  for (const [name, shape] of Object.entries(shapes)) {
    const value = given[name];
    const fine = value === undefined ? shape.default !== undefined : fits(value, shape);
    if (fine) continue;
    const params = { name, value: value ?? null, needs: needs(shape) };
    problems.push(problem('fault_argument_wrong', params, at(`${path}.${name}`)));
  }
  return problems;
}

function fits(value: number | string, shape: ArgShape): boolean {
  if (shape.type === 'text') return String(value) !== '';
  if (shape.type === 'word') return shape.of.includes(String(value));
  if (typeof value !== 'number' || !Number.isFinite(value)) return false;
  if (shape.type === 'seconds') return value >= 0;
  return shape.type === 'number' || (Number.isInteger(value) && value >= shape.min);
}

function needs(shape: ArgShape): string {
  if (shape.type === 'word') return shape.of.join(' | ');
  return shape.type === 'integer' ? `integer >= ${shape.min}` : shape.type;
}
