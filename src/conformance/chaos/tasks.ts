/** Random tasks of a DAG: shape, rule, limits, and what they do when they run. */
import { plainTask } from '../../airflow/plainSpecs.ts';
import type { BehaviourSpec, SensorSpec, TaskSpec } from '../../airflow/spec.ts';
import type { Draws } from './draws.ts';
import type { Feature, Swarm } from './swarm.ts';

const RULES_OF_BOTH = [
  'all_success',
  'all_failed',
  'all_done',
  'one_success',
  'one_failed',
  'one_done',
  'none_failed',
  'none_failed_min_one_success',
  'none_skipped',
  'all_skipped',
  'always',
] as const;

export const POOLS = ['small', 'wide', 'absent'] as const;
export const QUEUES = ['default', 'other', 'nobody'] as const;

/** A task of some seconds that is soon tried again. */
export function shortTask(taskId: string, upstream: readonly string[]): TaskSpec {
  return plainTask(taskId, {
    upstream_task_ids: [...upstream],
    retry_delay_s: 10,
    behaviour: work(3),
  });
}

/** Everything about a task but its edges. `others`: ids of DAGs that it may trigger or watch. */
export function dressTask(
  task: TaskSpec,
  draws: Draws,
  { has, airflow }: Swarm,
  others: readonly string[],
): void {
  const on: On = (feature, percent) => has.has(feature) && draws.chance(percent);
  task.behaviour = work(draws.between(0, 12));
  if (on('rules', 50)) task.trigger_rule = draws.pick(RULES_OF_BOTH);
  if (on('rules', 5) && airflow === '3.3.2') task.trigger_rule = 'all_done_min_one_success';
  if (on('empties', 20)) makeEmpty(task);
  else if (on('branches', 20)) makeSkipper(task, draws);
  else if (on('sensors', 25)) makeSensor(task, draws, has.has('deferral'));
  else if (on('deferral', 20)) task.deferrable = true;
  else if (on('crossDag', 20) && others.length > 0) lookAtOther(task, draws, others);
  if (on('retries', 50)) giveRetries(task, draws, airflow === '3.3.2');
  if (on('timeouts', 20)) task.execution_timeout_s = draws.between(1, 15);
  if (on('past', 30)) task.depends_on_past = true;
  if (on('past', 15)) task.wait_for_downstream = true;
  if (on('past', 50)) task.ignore_first_depends_on_past = true;
  limitTask(task, draws, on);
}

type On = (feature: Feature, percent: number) => boolean;

/** What it competes with others for. */
function limitTask(task: TaskSpec, draws: Draws, on: On): void {
  if (on('pools', 50)) choosePool(task, draws);
  if (on('limits', 25)) task.max_active_tis_per_dag = draws.between(1, 2);
  if (on('limits', 25)) task.max_active_tis_per_dagrun = draws.between(1, 2);
  if (on('priorities', 60)) task.priority_weight = draws.between(1, 9);
  if (on('priorities', 60)) task.weight_rule = draws.pick(['absolute', 'upstream', 'downstream']);
  if (on('queues', 30)) task.queue = draws.pick(QUEUES);
}

export function work(seconds: number): BehaviourSpec {
  return { kind: 'bash', duration_s: seconds, duration_source: 'bash_sleep' };
}

function makeEmpty(task: TaskSpec): void {
  task.task_type = task.operator_name = 'EmptyOperator';
  task.is_empty = true;
  task.behaviour = { kind: 'empty', duration_s: null, duration_source: null };
}

function makeSkipper(task: TaskSpec, draws: Draws): void {
  task.can_skip_downstream = true;
  const base = { duration_s: draws.between(0, 4), duration_source: null };
  if (draws.chance(20)) task.behaviour = { ...base, kind: 'latest_only' };
  else if (draws.chance(50)) {
    task.behaviour = { ...base, kind: 'short_circuit', condition: draws.chance(40) };
  } else task.behaviour = { ...base, kind: 'branch', branch: [] };
  task.task_type = task.operator_name =
    task.behaviour.kind === 'latest_only' ? 'LatestOnlyOperator' : 'BranchPythonOperator';
}

function makeSensor(task: TaskSpec, draws: Draws, mayDefer: boolean): void {
  task.task_type = task.operator_name = 'PythonSensor';
  task.sensor = sensorOf(draws);
  task.behaviour = { kind: 'sensor', duration_s: draws.between(0, 60), duration_source: null };
  if (mayDefer && draws.chance(40)) task.deferrable = true;
}

function sensorOf(draws: Draws): SensorSpec {
  return {
    mode: draws.pick(['poke', 'reschedule']),
    poke_interval_s: draws.between(1, 20),
    timeout_s: draws.pick([5, 40, 120]),
    soft_fail: draws.chance(30),
    exponential_backoff: draws.chance(15),
    max_wait_s: null,
    silent_fail: false,
    never_fail: draws.chance(10),
  };
}

function lookAtOther(task: TaskSpec, draws: Draws, others: readonly string[]): void {
  const target = { dag_id: draws.pick(others) };
  if (draws.chance(60)) {
    task.task_type = task.operator_name = 'TriggerDagRunOperator';
    const waits = draws.chance(40);
    task.behaviour = {
      kind: 'trigger_dag_run',
      duration_s: 1,
      duration_source: null,
      target: { ...target, wait_for_completion: waits },
    };
    return;
  }
  task.task_type = task.operator_name = 'ExternalTaskSensor';
  task.sensor = { ...sensorOf(draws), timeout_s: 60 };
  task.behaviour = { kind: 'external_task_sensor', duration_s: 0, duration_source: null, target };
}

function giveRetries(task: TaskSpec, draws: Draws, is3: boolean): void {
  task.retries = draws.between(1, 3);
  task.retry_delay_s = draws.pick([0, 1, 10, 45]);
  if (!draws.chance(20)) return;
  task.retry_exponential_backoff = is3 ? 2 : true;
  task.max_retry_delay_s = draws.pick([20, 60]);
}

function choosePool(task: TaskSpec, draws: Draws): void {
  task.pool = draws.pick(draws.chance(6) ? POOLS : POOLS.slice(0, 2));
  task.pool_slots = draws.pick([1, 1, 1, 2, 3]);
}
