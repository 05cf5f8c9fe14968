/** The Scenario of each lane of a scenario file. */
import type { Scenario, UserAction } from '../../airflow/scenario.ts';
import type { DagSpec } from '../../airflow/spec.ts';
import { all, err, fail, ok } from '../../base/result.ts';
import type { Problem, Result, Where } from '../../base/result.ts';
import { standardBase } from '../standardScenario.ts';
import type { LaneScenario } from '../standardScenario.ts';
import type { LaneOfFile } from './laneOfFile.ts';
import { fieldsOf, listOf, mergeBehaviour, mergeFleet, mergePools } from './merge.ts';
import type { Fields } from './merge.ts';
import type { ScenarioFile } from './scenarioFile.ts';

/** Checks a whole Scenario; the engine's `validateScenario`, or a part of it. */
export type Validate = (value: unknown) => Result<Scenario>;

/** The DAGs as the version of a lane reads them. */
export type DagsOf = (lane: LaneOfFile) => readonly DagSpec[];

/**
 * A common fault of a part that others do not have (a worker, a pod) is left out in their lanes; one
 * that no lane has is a problem.
 */
export function laneScenariosOf(
  file: ScenarioFile,
  dagsOf: DagsOf,
  validate: Validate,
): Result<LaneScenario[]> {
  const common = listOf(file.common['faults']);
  const refusals = common.map((): Problem[] => []);
  const lanes = file.lanes.map((lane, i) => {
    const chosen = chooseDags(dagsOf(lane), lane, file.where(`lanes[${i}].dag_ids`));
    if (!chosen.ok) return chosen;
    const whole = scenarioValue(file, lane, chosen.value);
    const here = common.map((fault, at) => {
      const wrong = notHere(validate, whole, fault);
      if (wrong) refusals[at]?.push(atFault(wrong, at));
      return wrong ? null : fault;
    });
    const faults = [...here.filter((fault) => fault !== null), ...listOf(lane.own['faults'])];
    const checked = validate({ ...whole, faults });
    if (checked.ok) return ok(laneOf(lane, checked.value));
    return err(placed(checked.error, file, i, here));
  });
  const lost = refusals.flatMap((wrong) =>
    wrong.length === lanes.length ? wrong.slice(0, 1) : [],
  );
  return lost.length > 0 ? err(placed(lost, file, 0, common)) : withoutTwins(all(lanes));
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

const ELSEWHERE = ['fault_not_here', 'fault_part_unknown'];

/** Why this lane cannot have the fault, when another kind of lane could. */
function notHere(validate: Validate, whole: Fields, fault: unknown): Problem | undefined {
  const alone = validate({ ...whole, actions: [], faults: [fault] });
  return alone.ok ? undefined : alone.error.find(({ code }) => ELSEWHERE.includes(code));
}

function atFault(wrong: Problem, at: number): Problem {
  const field = wrong.where?.field?.replace('faults[0]', `faults[${at}]`) ?? `faults[${at}]`;
  return { ...wrong, where: { field } };
}

/** Everything laid over each other: what goes without saying, the common part, the lane's own. */
function scenarioValue(file: ScenarioFile, lane: LaneOfFile, dags: readonly DagSpec[]): Fields {
  const { common } = file;
  const { own } = lane;
  const base = standardBase(dags, 1);
  const part = (name: string): Fields => ({ ...fieldsOf(common[name]), ...fieldsOf(own[name]) });
  return {
    ...base,
    ...common,
    ...own,
    faults: [],
    actions: actionsOf(file, lane, base.actions, dags),
    config: part('config'),
    latencies: part('latencies'),
    pools: { ...mergePools(fieldsOf(common['pools'])), ...mergePools(fieldsOf(own['pools'])) },
    fleet: mergeFleet(fieldsOf(common['fleet']), fieldsOf(own['fleet'])),
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
function actionsOf(
  { common, moreActions }: ScenarioFile,
  { own }: LaneOfFile,
  usual: readonly UserAction[],
  dags: readonly DagSpec[],
): unknown[] {
  const more = [...listOf(own['actions']), ...moreActions];
  const triggered = new Set(
    more
      .map(fieldsOf)
      .filter(isTrigger)
      .map((one) => one['dag_id']),
  );
  const here = new Set(dags.map((dag) => dag.dag_id));
  const said = common['actions'];
  const kept =
    said === undefined
      ? usual.filter((one) => !('dag_id' in one && triggered.has(one.dag_id)))
      : listOf(said).filter((one) => isHere(fieldsOf(one)['dag_id'], here));
  return [...kept, ...more];
}

function isTrigger(one: Fields): boolean {
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

/** The line of the lane's own field, else of the common one; an option stands under `config`. */
function placed(
  problems: readonly Problem[],
  file: ScenarioFile,
  lane: number,
  commonFaults: readonly unknown[],
): Problem[] {
  return problems.map((each) => {
    const field = sourceOf(each.where?.field ?? '', file, lane, commonFaults);
    const places = [`lanes[${lane}].${field}`, field, `lanes[${lane}].config.${field}`];
    places.push(`config.${field}`);
    const found = field === '' ? '' : (places.find((place) => file.has(place)) ?? field);
    return { ...each, where: file.where(found) };
  });
}

/** `faults[3]` of the whole list: the common one that it was, or the lane's own. */
function sourceOf(
  field: string,
  file: ScenarioFile,
  lane: number,
  commonFaults: readonly unknown[],
): string {
  const [all = '', list, index] = /^(faults|actions)\[(\d+)\]/.exec(field) ?? [];
  if (list === undefined) return field;
  const rest = field.slice(all.length);
  const commons = list === 'faults' ? commonFaults : listOf(file.common['actions']);
  const kept = [...commons.keys()].filter((at) => commons[at] !== null);
  const at = kept[Number(index)];
  if (at !== undefined) return `${list}[${at}]${rest}`;
  return `lanes[${lane}].${list}[${Number(index) - kept.length}]${rest}`;
}

/** Several lanes have the same thing wrong: once is enough. */
function withoutTwins<T>(result: Result<T>): Result<T> {
  if (result.ok) return result;
  const seen = new Map(result.error.map((each) => [JSON.stringify(each), each]));
  return err([...seen.values()]);
}
