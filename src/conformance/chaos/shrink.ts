/**
 * A failing scenario made small: parts are left out as long as the same invariant stays broken
 * (reliability E12). The same scenario always gives the same small one.
 */
import { plainTask } from '../../airflow/plainSpecs.ts';
import type { Fault, Scenario } from '../../airflow/scenario.ts';
import type { DagSpec, TaskSpec } from '../../airflow/spec.ts';
import { runLive } from './liveRun.ts';

/** Whether the scenario still shows what is looked for. */
export type Fails = (scenario: Scenario) => boolean;

const MOST_RUNS = 1_500;

/** Tries until nothing more can be left out, or that many runs were made. */
export function shrink(scenario: Scenario, invariant: string): Scenario {
  let left = MOST_RUNS;
  const fails: Fails = (each) => left-- > 0 && runLive(each).violation?.invariant === invariant;
  let best = scenario;
  for (let again = true; again && left > 0;) {
    const smaller = onePass(best, fails);
    again = smaller !== best;
    best = smaller;
  }
  return best;
}

function onePass(scenario: Scenario, fails: Fails): Scenario {
  let best = scenario;
  for (const simpler of [fewerFaults, fewerActions, fewerDags, fewerTasks, lessConfig, plainer]) {
    best = simpler(best, fails);
  }
  return best;
}

/** The first candidate that fails, as long as there is one. */
function greedy(
  scenario: Scenario,
  candidates: (scenario: Scenario) => Iterable<Scenario>,
  fails: Fails,
): Scenario {
  let best = scenario;
  for (let found = true; found;) {
    found = false;
    for (const candidate of candidates(best)) {
      if (!fails(candidate)) continue;
      best = candidate;
      found = true;
      break;
    }
  }
  return best;
}

function without<T>(list: readonly T[], index: number): T[] {
  return list.filter((_, i) => i !== index);
}

function fewerFaults(scenario: Scenario, fails: Fails): Scenario {
  const none = { ...scenario, faults: [] };
  if (scenario.faults.length > 0 && fails(none)) return none;
  return greedy(
    scenario,
    (at) =>
      at.faults.flatMap((fault, i) =>
        isNeeded(fault, at.faults) ? [] : [{ ...at, faults: without(at.faults, i) }],
      ),
    fails,
  );
}

/** What heals stays as long as there is something to heal: else nothing would be wrong at the end. */
function isNeeded({ what, part }: Fault, faults: readonly Fault[]): boolean {
  if (what !== 'restore') return false;
  const breaks = faults.filter((each) => each.what !== 'restore');
  return breaks.some((each) => each.part === part) || (isScheduler(part) && breaks.length > 0);
}

/** It dies of the faults of other parts, too. */
function isScheduler(part: string): boolean {
  return part.startsWith('scheduler');
}

function fewerActions(scenario: Scenario, fails: Fails): Scenario {
  return greedy(
    scenario,
    (at) => at.actions.map((_, i) => ({ ...at, actions: without(at.actions, i) })),
    fails,
  );
}

function fewerDags(scenario: Scenario, fails: Fails): Scenario {
  return greedy(scenario, (at) => at.dags.map((dag) => withoutDag(at, dag)), fails);
}

function withoutDag(scenario: Scenario, dag: DagSpec): Scenario {
  const ofOthers = (each: { dag_id?: string }): boolean => each.dag_id !== dag.dag_id;
  return {
    ...scenario,
    dags: scenario.dags.filter((each) => each !== dag),
    actions: scenario.actions.filter((each) => !('dag_id' in each) || ofOthers(each)),
    faults: scenario.faults.filter((each) => !each.part.includes(`:${dag.dag_id}`)),
  };
}

function fewerTasks(scenario: Scenario, fails: Fails): Scenario {
  return greedy(
    scenario,
    (at) =>
      at.dags.flatMap((dag) => dag.tasks.map((task) => withDag(at, dag, withoutTask(dag, task)))),
    fails,
  );
}

function withDag(scenario: Scenario, old: DagSpec, dag: DagSpec): Scenario {
  const gone = old.tasks.filter((task) => !dag.tasks.some((each) => each.task_id === task.task_id));
  return {
    ...scenario,
    dags: scenario.dags.map((each) => (each === old ? dag : each)),
    faults: scenario.faults.filter(
      ({ part }) => !gone.some((task) => part.includes(`:${old.dag_id}/*/${task.task_id}`)),
    ),
  };
}

/** What waited for it does so no more; what is mapped over it gets a list of two. */
function withoutTask(dag: DagSpec, task: TaskSpec): DagSpec {
  const { task_id } = task;
  const tasks = dag.tasks
    .filter((each) => each !== task)
    .map((each) => ({
      ...each,
      upstream_task_ids: each.upstream_task_ids.filter((id) => id !== task_id),
      expand: JSON.stringify(each.expand).includes(`"task_id":"${task_id}"`)
        ? { style: 'expand' as const, items: { x: { kind: 'literal' as const, length: 2 } } }
        : each.expand,
    }));
  return { ...dag, tasks };
}

function lessConfig(scenario: Scenario, fails: Fails): Scenario {
  return greedy(
    scenario,
    (at) =>
      Object.keys(at.config).map((name) => {
        const { [name]: _gone, ...config } = at.config;
        return { ...at, config };
      }),
    fails,
  );
}

/** Fields of tasks and DAGs back to what they are when nobody says anything. */
function plainer(scenario: Scenario, fails: Fails): Scenario {
  return greedy(scenario, plainerOnes, fails);
}

const PLAIN = plainTask('plain');
const MADE_PLAIN = [
  'trigger_rule',
  'weight_rule',
  'priority_weight',
  'pool',
  'pool_slots',
  'queue',
  'retries',
  'retry_exponential_backoff',
  'max_retry_delay_s',
  'execution_timeout_s',
  'depends_on_past',
  'wait_for_downstream',
  'ignore_first_depends_on_past',
  'max_active_tis_per_dag',
  'max_active_tis_per_dagrun',
  'outlets',
] as const;

function* plainerOnes(scenario: Scenario): Iterable<Scenario> {
  if (scenario.behaviour.rules.length > 0) {
    const { rules } = scenario.behaviour;
    for (let i = 0; i < rules.length; i++) {
      yield { ...scenario, behaviour: { ...scenario.behaviour, rules: without(rules, i) } };
    }
  }
  for (const dag of scenario.dags) {
    for (const [i, task] of dag.tasks.entries()) {
      for (const simple of plainerTasks(task)) {
        yield withDag(scenario, dag, { ...dag, tasks: dag.tasks.with(i, simple) });
      }
    }
  }
}

function* plainerTasks(task: TaskSpec): Iterable<TaskSpec> {
  for (const id of task.upstream_task_ids) {
    yield { ...task, upstream_task_ids: task.upstream_task_ids.filter((each) => each !== id) };
  }
  for (const name of MADE_PLAIN) {
    const value = PLAIN[name];
    if (JSON.stringify(task[name]) !== JSON.stringify(value)) yield { ...task, [name]: value };
  }
}
