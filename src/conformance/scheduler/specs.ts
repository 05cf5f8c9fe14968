/** The DAGs of a recorded scheduler case as DagSpecs: what the files of such an installation give. */
import {
  booleanOption,
  makeConfig,
  numberOption,
  type Config,
} from '../../airflow/config/index.ts';
import { plainDag } from '../../airflow/plainSpecs.ts';
import type {
  AirflowVersion,
  AssetCondition,
  DagSpec,
  ScheduleSpec,
  TaskSpec,
} from '../../airflow/spec.ts';
import { must } from '../../base/assert.ts';
import { bareTask, schedule } from '../bench/caseSpecs.ts';
import type { GivenAssets, GivenDag, GivenSchedule, GivenTask, SchedulerGiven } from './given.ts';

export function specsOf(given: SchedulerGiven, airflow: AirflowVersion): DagSpec[] {
  const made = makeConfig(airflow, given.config);
  const config = must(made.ok ? made.value : null, 'unknown option', { config: given.config });
  return given.dags.map((dag) => dagSpecOf(dag, config));
}

function dagSpecOf(dag: GivenDag, config: Config): DagSpec {
  const tasks = dag.tasks.map((task) => taskSpecOf(task, config.version));
  return {
    ...plainDag(dag.dag_id, tasks),
    schedule: scheduleOf(dag.schedule, config),
    start_date: dag.start_date,
    end_date: dag.end_date,
    catchup: dag.catchup ?? booleanOption(config, 'scheduler.catchup_by_default'),
    max_active_runs: dag.max_active_runs ?? numberOption(config, 'core.max_active_runs_per_dag'),
    max_active_tasks: dag.max_active_tasks ?? numberOption(config, 'core.max_active_tasks_per_dag'),
    max_consecutive_failed_dag_runs: dag.max_consecutive_failed_dag_runs,
    dagrun_timeout_s: dag.dagrun_timeout,
    is_paused_upon_creation: dag.is_paused,
    fail_fast: dag.fail_fast,
  };
}

function taskSpecOf(task: GivenTask, airflow: AirflowVersion): TaskSpec {
  const reschedules = task.outcomes.some((outcome) => outcome.state === 'reschedule');
  const { mapped } = task;
  return {
    ...bareTask(task.task_id, airflow),
    upstream_task_ids: task.upstream,
    trigger_rule: task.trigger_rule,
    retries: task.retries,
    retry_delay_s: task.retry_delay,
    retry_exponential_backoff:
      airflow === '2.11.2' ? task.retry_exponential_backoff > 0 : task.retry_exponential_backoff,
    max_retry_delay_s: task.max_retry_delay,
    pool: task.pool,
    pool_slots: task.pool_slots,
    priority_weight: task.priority_weight,
    weight_rule: task.weight_rule,
    max_active_tis_per_dag: task.max_active_tis_per_dag,
    max_active_tis_per_dagrun: task.max_active_tis_per_dagrun,
    depends_on_past: task.depends_on_past,
    wait_for_downstream: task.wait_for_downstream,
    outlets: task.outlets.map((name) => ({ asset: { uri: name, name } })),
    is_empty: task.empty,
    is_mapped: mapped !== null,
    expand:
      mapped === null
        ? null
        : { style: 'expand', items: { x: { kind: 'literal', length: mapped } } },
    sensor: reschedules ? SENSOR : null,
  };
}

const SENSOR: TaskSpec['sensor'] = {
  mode: 'reschedule',
  poke_interval_s: 60,
  timeout_s: 604_800,
  soft_fail: false,
  exponential_backoff: false,
  max_wait_s: null,
  silent_fail: false,
  never_fail: false,
};

function scheduleOf(given: GivenSchedule, config: Config): ScheduleSpec {
  if (given === null) return schedule('NullTimetable', {}, null);
  const asIntervals = booleanOption(config, 'scheduler.create_cron_data_intervals');
  if (typeof given === 'string') return ofText(given, asIntervals);
  if ('delta' in given) {
    const intervals = asIntervals || config.version === '2.11.2';
    const name = intervals ? 'DeltaDataIntervalTimetable' : 'DeltaTriggerTimetable';
    return schedule(name, { delta: given.delta, interval: 0 }, null);
  }
  if ('assets' in given) {
    return schedule('AssetTriggeredTimetable', {}, conditionOf(given.assets));
  }
  const { cron, assets } = given.asset_or_time;
  const name = config.version === '2.11.2' ? 'CronDataIntervalTimetable' : 'CronTriggerTimetable';
  const data = { timetable: { __type: name, __var: { expression: cron, timezone: 'UTC' } } };
  return schedule('AssetOrTimeSchedule', data, conditionOf(assets));
}

function ofText(text: string, asIntervals: boolean): ScheduleSpec {
  if (text === '@once') return schedule('OnceTimetable', {}, null);
  if (text === '@continuous') return schedule('ContinuousTimetable', {}, null);
  const name = asIntervals ? 'CronDataIntervalTimetable' : 'CronTriggerTimetable';
  return schedule(name, { expression: text, timezone: 'UTC' }, null);
}

function conditionOf(given: GivenAssets): AssetCondition {
  if (typeof given === 'string') return { asset: { uri: given, name: given } };
  if ('all' in given) return { all: given.all.map(conditionOf) };
  return { any: given.any.map(conditionOf) };
}
