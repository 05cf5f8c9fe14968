/** A recorded run as a Scenario: the same DAGs, configuration, workers, pools and triggers. */
import { optionInfo, type OptionName } from '../../airflow/config/index.ts';
import type { BehaviourRule, ExecutorName, Scenario } from '../../airflow/scenario.ts';
import type { DagSpec, SensorSpec, TaskSpec } from '../../airflow/spec.ts';
import { plainDag, plainTask } from '../../airflow/plainSpecs.ts';
import type {
  RecordedBody,
  RecordedDag,
  RecordedMachine,
  RecordedRun,
  RecordedTask,
} from './recordedRun.ts';

const EXECUTORS: Readonly<Record<string, ExecutorName>> = {
  SequentialExecutor: 'sequential',
  LocalExecutor: 'local',
  CeleryExecutor: 'celery',
  KubernetesExecutor: 'kubernetes',
};

/** Tries that the list of outcomes names; the last one holds for all later ones. */
const ALWAYS = -1;

/** Seconds from the start of the world to the first trigger: the servers have been up for long. */
export const SETTLED_S = 20;

/**
 * `late`: seconds by which the first trigger is late, so that the loop and the timers of the
 * scheduler are met at another moment for each seed. `share`: from 0 to 1, where the DAG processor
 * reads the files within the time in which it was seen to do so.
 */
export function toScenario(run: RecordedRun, seed: number, late: number, share = 0.5): Scenario {
  const { given, expect } = run;
  const dags = given.dags.map(dagOf);
  const executor = EXECUTORS[given.executor] ?? 'local';
  return {
    format: 1,
    airflow: run.airflow,
    executor,
    dags,
    start: '2026-06-01T00:00:00Z',
    until_s: 600,
    seed,
    config: knownOptions(run),
    pools: Object.fromEntries(
      Object.entries(given.pools).map(([name, slots]) => [
        name,
        { slots, include_deferred: false },
      ]),
    ),
    fleet: {
      workers: given.workers.map(({ name, concurrency, queues }) => ({
        name,
        count: 1,
        concurrency,
        queues: [...queues],
      })),
      broker: 'redis',
      nodes: [],
      schedulers: 1,
      triggerers: 1,
    },
    behaviour: {
      by_kind: {},
      rules: given.dags.flatMap((dag) => dag.tasks.flatMap((task) => rulesOf(dag, task))),
    },
    actions: triggersOf(run, late),
    faults: [],
    latencies: {
      'host.cores': expect.machine.cores,
      'sensor.poke': 0,
      ...parseOf(expect.machine, SETTLED_S + late, share),
    },
  };
}

/** The recording also wrote down old names of options; their new names stand beside them. */
function knownOptions({ airflow, given }: RecordedRun): Scenario['config'] {
  const known = Object.entries(given.config).filter(
    ([name]) => optionInfo(airflow, name as OptionName) !== undefined,
  );
  return Object.fromEntries(known);
}

/**
 * Each half minute the DAG processor of 3.x reads the files, and whether that fell into a run is
 * written down. 2.x has it inside the scheduler, so that it cannot be told apart: it is drawn.
 */
function parseOf(machine: RecordedMachine, trigger: number, share: number): Scenario['latencies'] {
  const used = machine.cpu_s?.['dag-processor'];
  const window = machine.cpu_window_s;
  if (used === undefined || window === undefined || window >= PARSE_INTERVAL_S) return {};
  if (used < PARSE_SEEN_CPU_S) return { 'dag_processor.parse': 0 };
  // It was through within the window, and two processes read at best twice as fast as one.
  const at = trigger + share * Math.max(0, window - used / PARSING_PROCESSES);
  return { 'dag_processor.parse': used, 'dag_processor.first_parse': at % PARSE_INTERVAL_S };
}

/** Defaults of dag_processor.*, which the recorded runs keep. */
const PARSE_INTERVAL_S = 30;
const PARSING_PROCESSES = 2;

/** Less is the DAG processor at rest. */
const PARSE_SEEN_CPU_S = 1;

function triggersOf(run: RecordedRun, late: number): Scenario['actions'] {
  const { triggers } = run.given;
  const first = Math.min(...triggers.map(([at]) => at));
  return triggers.map(([at, dag_id]) => ({
    at_s: SETTLED_S + late + at - first,
    action: 'trigger',
    dag_id,
  }));
}

function dagOf(dag: RecordedDag): DagSpec {
  const tasks = dag.tasks.map((task) => taskOf(dag, task));
  return plainDag(dag.dag_id, tasks, {
    start_date: dag.start_date,
    end_date: dag.end_date,
    catchup: dag.catchup,
    max_active_runs: dag.max_active_runs,
    max_active_tasks: dag.max_active_tasks,
    is_paused_upon_creation: false,
  });
}

function taskOf(dag: RecordedDag, task: RecordedTask): TaskSpec {
  const downstream = dag.tasks.filter(({ upstream }) => upstream.includes(task.task_id));
  return plainTask(task.task_id, {
    task_type: task.operator,
    operator_name: task.operator,
    upstream_task_ids: [...task.upstream],
    downstream_task_ids: downstream.map(({ task_id }) => task_id),
    trigger_rule: task.trigger_rule,
    weight_rule: task.weight_rule,
    priority_weight: task.priority_weight,
    pool: task.pool,
    pool_slots: task.pool_slots,
    queue: task.queue,
    retries: task.retries,
    retry_delay_s: task.retry_delay_s,
    retry_exponential_backoff: task.retry_exponential_backoff,
    max_retry_delay_s: task.max_retry_delay_s,
    sensor: task.sensor ? sensorOf(task.sensor) : null,
    deferrable: task.body.deferred_seconds !== undefined,
    is_empty: task.operator === 'EmptyOperator',
    can_skip_downstream: task.body.branch !== undefined,
    behaviour: {
      kind: kindOf(task),
      duration_s: secondsOf(task.body),
      duration_source: 'python_sleep',
      ...(task.body.branch === undefined ? {} : { branch: [task.body.branch] }),
    },
  });
}

function kindOf(task: RecordedTask): 'empty' | 'branch' | 'sensor' | 'python' {
  if (task.operator === 'EmptyOperator') return 'empty';
  if (task.body.branch !== undefined) return 'branch';
  return task.sensor ? 'sensor' : 'python';
}

function secondsOf(body: RecordedBody): number {
  if (body.after_seconds !== undefined) return Math.max(0, body.after_seconds - START_UP_S);
  return body.deferred_seconds ?? body.seconds ?? 0;
}

/** The recorded sensors count from the start of the run, ours from their first poke. */
const START_UP_S = 0.2;

function sensorOf(sensor: NonNullable<RecordedTask['sensor']>): SensorSpec {
  return {
    mode: sensor.mode === 'reschedule' ? 'reschedule' : 'poke',
    poke_interval_s: sensor.poke_interval_s,
    timeout_s: sensor.timeout_s,
    soft_fail: false,
    exponential_backoff: false,
    max_wait_s: null,
    silent_fail: false,
    never_fail: false,
  };
}

/** Planned failures, and bodies of single copies of a mapped task. */
function rulesOf(dag: RecordedDag, task: RecordedTask): BehaviourRule[] {
  const place = { dag_id: dag.dag_id, task_id: task.task_id };
  const own = failures(task.body).map((rule) => ({ ...place, ...rule }));
  const mapped = (task.body_mapped ?? []).flatMap((body, map_index) => [
    { ...place, map_index, duration: secondsOf(body) },
    ...failures(body).map((rule) => ({ ...place, map_index, ...rule })),
  ]);
  return [...own, ...mapped];
}

function failures(body: RecordedBody): BehaviourRule[] {
  const tries = body.fail_tries ?? 0;
  if (tries === 0) return [];
  if (tries === ALWAYS) return [{ outcomes: ['failed'] }];
  return [{ outcomes: [...Array<'failed'>(tries).fill('failed'), 'success'] }];
}
