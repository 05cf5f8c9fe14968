/** The Scenario of each lane of a scenario file. */
import type { Scenario, UserAction } from '../../airflow/scenario.ts';
import type { DagSpec } from '../../airflow/spec.ts';
import { all, err, ok } from '../../base/result.ts';
import type { Problem, Result } from '../../base/result.ts';
import { standardBase } from '../standardScenario.ts';
import type { LaneScenario } from '../standardScenario.ts';
import { isFields, mergeFleet, mergePools } from './merge.ts';
import type { Fields, LaneOfFile, ScenarioFile } from './scenarioFile.ts';

/** Checks a whole Scenario; the engine's `validateScenario`, or a part of it. */
export type Validate = (value: unknown) => Result<Scenario>;

/** The DAGs as the version of a lane reads them. */
export type DagsOf = (lane: LaneOfFile) => readonly DagSpec[];

/**
 * A fault or a part of a lane that others do not have (a worker, a pod) is left out there; one that
 * no lane has is a problem.
 */
export function laneScenariosOf(
  file: ScenarioFile,
  dagsOf: DagsOf,
  validate: Validate,
): Result<LaneScenario[]> {
  const dropped = new Map<number, Problem>();
  const kept = new Set<number>();
  const lanes = file.lanes.map((lane, i) => {
    const whole = scenarioValue(file, lane, dagsOf(lane));
    const faults = listOf(whole['faults']).filter((fault, at) => {
      const wrong = notHere(validate, whole, fault);
      if (wrong) dropped.set(at, relocated(wrong, at));
      else kept.add(at);
      return !wrong;
    });
    const checked = validate({ ...whole, faults });
    return checked.ok ? ok(laneOf(lane, checked.value)) : err(placed(checked.error, file, i));
  });
  const lost = [...dropped].filter(([at]) => !kept.has(at)).map(([, wrong]) => wrong);
  if (lost.length > 0) return err(placed(lost, file, 0));
  return withoutTwins(all(lanes));
}

const ELSEWHERE = ['fault_not_here', 'fault_part_unknown'];

/** Why this lane cannot have the fault, when another kind of lane could. */
function notHere(validate: Validate, whole: Fields, fault: unknown): Problem | undefined {
  const alone = validate({ ...whole, actions: [], faults: [fault] });
  return alone.ok ? undefined : alone.error.find(({ code }) => ELSEWHERE.includes(code));
}

function relocated(wrong: Problem, at: number): Problem {
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
    actions: actionsOf(file, base.actions),
    config: part('config'),
    latencies: part('latencies'),
    pools: { ...mergePools(fieldsOf(common['pools'])), ...mergePools(fieldsOf(own['pools'])) },
    fleet: mergeFleet(fieldsOf(common['fleet']), fieldsOf(own['fleet'])),
    behaviour: { by_kind: {}, rules: [], ...fieldsOf(common['behaviour']) },
    dags: file.dags.length > 0 ? file.dags : dags,
    executor: lane.executor,
    airflow: lane.airflow,
  };
}

/** The usual triggers, where the file has no actions: for the DAGs that nobody triggers. */
function actionsOf({ common, moreActions }: ScenarioFile, usual: readonly UserAction[]): unknown[] {
  const triggered = moreActions.filter((one) => one['action'] === 'trigger');
  const ids = new Set(triggered.map((one) => one['dag_id']));
  const unsaid = usual.filter((one) => !('dag_id' in one && ids.has(one.dag_id)));
  return [...listOf(common['actions'] ?? unsaid), ...moreActions];
}

function laneOf({ id, executor, airflow }: LaneOfFile, scenario: Scenario): LaneScenario {
  const { config, pools, fleet, latencies, seed } = scenario;
  return {
    lane: { id, executor, airflow, patch: { config, pools, fleet, latencies, seed } },
    scenario,
  };
}

/** The line of the lane's own field, else of the common one; an option stands under `config`. */
function placed(problems: readonly Problem[], file: ScenarioFile, lane: number): Problem[] {
  return problems.map((each) => {
    const field = each.where?.field ?? '';
    const places = [`lanes[${lane}].${field}`, field, `lanes[${lane}].config.${field}`];
    places.push(`config.${field}`);
    const found = field === '' ? '' : (places.find((place) => file.has(place)) ?? field);
    return { ...each, where: file.where(found) };
  });
}

/** Several lanes have the same thing wrong: once is enough. */
function withoutTwins<T>(result: Result<T>): Result<T> {
  if (result.ok) return result;
  const seen = new Map(result.error.map((each) => [JSON.stringify(each), each]));
  return err([...seen.values()]);
}

function fieldsOf(value: unknown): Fields {
  return isFields(value) ? value : {};
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
