/** Random DAGs: a few layers of tasks, schedules, mapping, setups and assets between them. */
import { listLiteral, listOf, mapOver } from './expansions.ts';
import { NO_SCHEDULE, plainDag } from '../../airflow/plainSpecs.ts';
import type { AssetCondition, DagSpec, ScheduleSpec, TaskSpec } from '../../airflow/spec.ts';
import type { Draws } from './draws.ts';
import type { Swarm } from './swarm.ts';
import { dressTask, shortTask, work } from './tasks.ts';

/** Before the scenario's start, so that every run has its tasks; schedules end soon after it. */
export const START_DATE = '2025-01-01T00:00:00Z';
const END_DATE = '2025-01-10T00:06:00Z';

export function drawDags(draws: Draws, swarm: Swarm): DagSpec[] {
  const count = draws.pick([1, 1, 2, 3]);
  const ids = Array.from({ length: count }, (_, i) => `dag_${i}`);
  return ids.map((id, i) => drawDag(draws, swarm, id, i, ids));
}

function drawDag(
  draws: Draws,
  swarm: Swarm,
  id: string,
  place: number,
  ids: readonly string[],
): DagSpec {
  const tasks = drawTasks(draws, swarm, ids.slice(place + 1));
  const { has } = swarm;
  const failFast = has.has('failFast') && draws.chance(50);
  if (failFast) tasks.forEach((task) => (task.trigger_rule = ruleOfFailFast(task)));
  const schedule = drawSchedule(draws, swarm, place);
  return plainDag(id, tasks, {
    schedule,
    start_date: START_DATE,
    end_date: schedule.periodic ? END_DATE : null,
    max_active_runs: has.has('limits') ? draws.between(1, 3) : 16,
    max_active_tasks: has.has('limits') ? draws.between(1, 4) : 16,
    max_consecutive_failed_dag_runs: has.has('failures') && draws.chance(15) ? 2 : 0,
    dagrun_timeout_s: has.has('timeouts') && draws.chance(30) ? draws.between(20, 90) : null,
    is_paused_upon_creation: false,
    fail_fast: failFast,
  });
}

/** A DAG with fail_fast refuses other rules; its teardowns keep theirs. */
function ruleOfFailFast(task: TaskSpec): string {
  return task.is_teardown ? 'all_done_setup_success' : 'all_success';
}

function drawTasks(draws: Draws, swarm: Swarm, others: readonly string[]): TaskSpec[] {
  const count = draws.pick([1, 2, 3, 4, 5, 6, 8]);
  const density = draws.pick([15, 35, 60]);
  const tasks: TaskSpec[] = [];
  for (let i = 0; i < count; i++) {
    const upstream = draws.some(
      tasks.map((task) => task.task_id),
      density,
    );
    const task = shortTask(`t${i}`, upstream);
    dressTask(task, draws, swarm, others);
    if (swarm.has.has('mapping') && draws.chance(30)) mapTask(task, draws, tasks);
    tasks.push(task);
  }
  chooseBranches(draws, tasks);
  if (swarm.has.has('setups') && draws.chance(60)) addFixture(draws, tasks);
  if (swarm.has.has('assets')) addOutlets(draws, tasks);
  return tasks;
}

/** Mapped over a literal list, or over what an upstream task returns. */
function mapTask(task: TaskSpec, draws: Draws, before: readonly TaskSpec[]): void {
  const sources = before.filter((each) => !each.is_empty && !each.is_mapped);
  if (task.is_empty || task.can_skip_downstream || task.trigger_rule === 'always') return;
  if (sources.length === 0 || draws.chance(50)) {
    mapOver(task, listLiteral(draws.between(0, 4)));
    return;
  }
  const source = draws.pick(sources);
  if (!task.upstream_task_ids.includes(source.task_id)) task.upstream_task_ids.push(source.task_id);
  const behaviour = source.behaviour ?? work(1);
  source.behaviour = { ...behaviour, returns_length: draws.between(0, 4) };
  mapOver(task, listOf(source.task_id));
}

function chooseBranches(draws: Draws, tasks: readonly TaskSpec[]): void {
  for (const task of tasks) {
    if (task.behaviour?.kind !== 'branch') continue;
    const after = tasks.filter((each) => each.upstream_task_ids.includes(task.task_id));
    task.behaviour.branch = draws.some(
      after.map((each) => each.task_id),
      50,
    );
  }
}

/** A setup before some tasks, and its teardown after them. */
function addFixture(draws: Draws, tasks: TaskSpec[]): void {
  const inside = draws.some(tasks, 50).filter((task) => task.trigger_rule === 'all_success');
  const setup = shortTask('create', []);
  setup.is_setup = true;
  const teardown = shortTask('delete', ['create', ...inside.map((task) => task.task_id)]);
  teardown.is_teardown = true;
  teardown.trigger_rule = 'all_done_setup_success';
  teardown.on_failure_fail_dagrun = draws.chance(30);
  for (const task of inside) task.upstream_task_ids.push('create');
  tasks.unshift(setup);
  tasks.push(teardown);
}

function addOutlets(draws: Draws, tasks: readonly TaskSpec[]): void {
  for (const task of draws.some(tasks, 25)) {
    task.outlets = [assetRef(draws.below(2))];
  }
}

function drawSchedule(draws: Draws, { has, airflow }: Swarm, place: number): ScheduleSpec {
  if (has.has('assets') && place > 0 && draws.chance(70)) return assetSchedule(draws, airflow);
  if (!has.has('schedules') || draws.chance(40)) return NO_SCHEDULE;
  const is3 = airflow === '3.3.2';
  const expression = draws.pick(['* * * * *', '*/2 * * * *', '*/5 * * * *']);
  return {
    timetable: is3 ? 'CronTriggerTimetable' : 'CronDataIntervalTimetable',
    summary: expression,
    data: is3
      ? { expression, timezone: 'UTC', interval: 0, run_immediately: false }
      : { expression, timezone: 'UTC' },
    asset_condition: null,
    can_be_scheduled: true,
    periodic: true,
  };
}

function assetSchedule(draws: Draws, airflow: string): ScheduleSpec {
  const assets = [0, 1].map(assetRef);
  const one = assets.slice(0, 1);
  return {
    ...NO_SCHEDULE,
    timetable: airflow === '3.3.2' ? 'AssetTriggeredTimetable' : 'DatasetTriggeredTimetable',
    summary: 'Asset',
    asset_condition: draws.pick([{ any: assets }, { all: assets }, { all: one }]),
    can_be_scheduled: true,
  };
}

function assetRef(number: number): AssetCondition {
  return { asset: { uri: `x://${number}`, name: `asset_${number}` } };
}
