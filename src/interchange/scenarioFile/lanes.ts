/** The Scenario of each lane of a scenario file. */
import type { Scenario } from '../../airflow/scenario.ts';
import type { DagSpec } from '../../airflow/spec.ts';
import { fieldsOf, type PlainFields } from '../../base/plain.ts';
import { all, err, fail, map, ok } from '../../base/result.ts';
import type { Problem, Result, Where } from '../../base/result.ts';
import { standardBase, standardTriggers } from '../standardScenario.ts';
import type { LaneScenario } from '../standardScenario.ts';
import type { LaneOfFile } from './laneOfFile.ts';
import { concurrencyOf } from './concurrency.ts';
import { mergeBehaviour, mergeFleet, mergePools } from './merge.ts';
import { itemsAt, type Item } from './items.ts';
import { located } from './places.ts';
import type { ScenarioFile } from './scenarioFile.ts';

/** Checks a whole Scenario; the engine's `validateScenario`, or a part of it. */
export type Validate = (value: unknown) => Result<Scenario>;

/** The DAGs as the version of a lane reads them; `content`: those of a later content (`versions`). */
export type DagsOf = (lane: LaneOfFile, content?: string) => readonly DagSpec[];

/**
 * A common fault of a part that others do not have (a worker, a pod) is left out in their lanes; one
 * that no lane has is a problem.
 */
export function laneScenariosOf(
  file: ScenarioFile,
  dagsOf: DagsOf,
  validate: Validate,
): Result<LaneScenario[]> {
  const refusals = new Map<string, Problem[]>();
  const refuse = (field: string, wrong: Problem): void => {
    refusals.set(field, [...(refusals.get(field) ?? []), wrong]);
  };
  const lanes = file.lanes.map((lane, i) => {
    const chosen = chooseDags(dagsOf(lane), lane, file.where(`lanes[${i}].dag_ids`));
    if (!chosen.ok) return chosen;
    const later = contentsOf(file, chosen.value, (name) => dagsOf(lane, name));
    return laneScenario(file, i, { dags: chosen.value, ...later }, validate, refuse);
  });
  const lost = [...refusals.values()].flatMap((wrong) =>
    wrong.length === lanes.length ? wrong.slice(0, 1) : [],
  );
  return lost.length > 0 ? err(lost) : withoutTwins(all(lanes));
}

/** `refuse` is told the common faults that this lane leaves out. */
function laneScenario(
  file: ScenarioFile,
  index: number,
  read: { readonly dags: readonly DagSpec[]; readonly versions?: PlainFields },
  validate: Validate,
  refuse: (field: string, wrong: Problem) => void,
): Result<LaneScenario> {
  const lane = file.lanes[index];
  if (!lane) return fail('scenario_empty');
  const { dags, ...later } = read;
  const whole = { ...scenarioValue(file, lane, dags), ...later };
  const actions = actionsOf(file, index, dags);
  const common = itemsAt(file.common['faults'], 'faults');
  const own = itemsAt(lane.own['faults'], `lanes[${index}].faults`);
  const attempt = (faults: readonly Item[]): Result<Scenario> => {
    const checked = validate({ ...whole, actions: valuesOf(actions), faults: valuesOf(faults) });
    return checked.ok ? checked : err(located(checked.error, file, index, { actions, faults }));
  };
  const first = attempt([...common, ...own]);
  const strange = first.ok ? new Map<string, Problem>() : elsewhere(first.error, common);
  for (const [field, wrong] of strange) refuse(field, wrong);
  const here = common.filter(({ field }) => !strange.has(field));
  return map(strange.size > 0 ? attempt([...here, ...own]) : first, (one) => laneOf(lane, one));
}

const ELSEWHERE = ['fault_not_here', 'fault_part_unknown'];

/** Common faults that this lane cannot have, when another kind of lane could: by their paths. */
function elsewhere(problems: readonly Problem[], common: readonly Item[]): Map<string, Problem> {
  const strange = problems.filter(({ code }) => ELSEWHERE.includes(code));
  return new Map(
    common.flatMap(({ field }): [string, Problem][] => {
      const wrong = strange.find(({ where }) => where?.field?.startsWith(field) === true);
      return wrong ? [[field, wrong]] : [];
    }),
  );
}

function valuesOf(items: readonly Item[]): unknown[] {
  return items.map(({ value }) => value);
}

/** Later contents of the files, with the DAGs that the lane has. */
function contentsOf(
  { versions, common }: ScenarioFile,
  dags: readonly DagSpec[],
  read: (name: string) => readonly DagSpec[],
): { versions?: PlainFields } {
  const here = new Set(dags.map(({ dag_id }) => dag_id));
  const contents = Object.keys(versions).map((name) => {
    const found = read(name);
    // A DAG that the first files lack is a mistake to be told; one of another lane is not.
    return [name, found.filter(({ dag_id }) => here.size === 0 || here.has(dag_id))] as const;
  });
  if (contents.length === 0) return {};
  return { versions: { ...fieldsOf(common['versions']), ...Object.fromEntries(contents) } };
}

/** The DAGs of the lane, by their ids or by `nightly_*`. */
function chooseDags(
  dags: readonly DagSpec[],
  { dagIds }: LaneOfFile,
  where: Where,
): Result<readonly DagSpec[]> {
  if (dagIds === null) return ok(dags);
  const fits = (id: string, wanted: string): boolean =>
    wanted.endsWith('*') ? id.startsWith(wanted.slice(0, -1)) : id === wanted;
  const missing = dagIds.find((wanted) => !dags.some(({ dag_id }) => fits(dag_id, wanted)));
  if (missing === undefined) {
    return ok(dags.filter(({ dag_id }) => dagIds.some((wanted) => fits(dag_id, wanted))));
  }
  const known = dags.map(({ dag_id }) => dag_id);
  return fail('scenario_dag_unknown', { dag_id: missing, known }, where);
}

/** Everything laid over each other: what goes without saying, the common part, the lane's own. */
function scenarioValue(
  file: ScenarioFile,
  lane: LaneOfFile,
  dags: readonly DagSpec[],
): PlainFields {
  const { common } = file;
  const { own } = lane;
  const base = standardBase(dags, 1);
  const part = (name: string): PlainFields => ({
    ...fieldsOf(common[name]),
    ...fieldsOf(own[name]),
  });
  const config = part('config');
  return {
    ...base,
    ...common,
    ...own,
    config,
    latencies: part('latencies'),
    logs: part('logs'),
    prices: part('prices'),
    pools: { ...mergePools(fieldsOf(common['pools'])), ...mergePools(fieldsOf(own['pools'])) },
    fleet: mergeFleet(part('fleet'), concurrencyOf(lane.airflow, config)),
    behaviour: mergeBehaviour(fieldsOf(common['behaviour']), fieldsOf(own['behaviour'])),
    dags: file.dags.length > 0 ? file.dags : dags,
    executor: lane.executor,
    airflow: lane.airflow,
  };
}

/**
 * The file's actions, as far as the lane has their DAG; where it has none, the usual triggers of the
 * DAGs that nobody triggers. Then those of the lane and of the command line.
 */
function actionsOf(file: ScenarioFile, index: number, dags: readonly DagSpec[]): Item[] {
  const own = itemsAt(file.lanes[index]?.own['actions'], `lanes[${index}].actions`);
  const more = [...own, ...file.moreActions];
  const triggered = new Set(
    more
      .map(({ value }) => fieldsOf(value))
      .filter(isTrigger)
      .map((one) => one['dag_id']),
  );
  const here = new Set(dags.map((dag) => dag.dag_id));
  const said = file.common['actions'];
  const usual = standardTriggers(dags).filter((one) => !triggered.has(dagIdOf(one)));
  const kept = itemsAt(said ?? usual, 'actions').filter(({ value }) =>
    isHere(dagIdOf(value), here),
  );
  return [...kept, ...more];
}

function dagIdOf(action: unknown): unknown {
  return fieldsOf(action)['dag_id'];
}

function isTrigger(one: PlainFields): boolean {
  return one['action'] === 'trigger';
}

/** DAGs written out in the file are not looked up: they run in every lane. */
function isHere(dagId: unknown, here: ReadonlySet<string>): boolean {
  return typeof dagId !== 'string' || here.size === 0 || here.has(dagId);
}

function laneOf({ id, executor, airflow }: LaneOfFile, scenario: Scenario): LaneScenario {
  const { executor: _executor, airflow: _airflow, format: _format, ...patch } = scenario;
  return { lane: { id, executor, airflow, patch }, scenario };
}

/** Several lanes have the same thing wrong: once is enough. */
function withoutTwins<T>(result: Result<T>): Result<T> {
  if (result.ok) return result;
  const seen = new Map(result.error.map((each) => [JSON.stringify(each), each]));
  return err([...seen.values()]);
}
