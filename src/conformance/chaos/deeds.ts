/** Random deeds of a user: triggers at first, then clears, marks, pauses and pools in between. */
import type { Scenario, UserAction } from '../../airflow/scenario.ts';
import type { DagSpec } from '../../airflow/spec.ts';
import type { Draws } from './draws.ts';
import type { Swarm } from './swarm.ts';

/** Seconds in which users do something. */
const BUSY_S = 150;

export function drawActions(
  draws: Draws,
  { airflow, has }: Swarm,
  dags: readonly DagSpec[],
  pools: Scenario['pools'],
): UserAction[] {
  const actions = dags.flatMap((dag) => triggers(draws, dag));
  if (has.has('actions')) {
    const count = draws.between(1, 5);
    for (let i = 0; i < count; i++) actions.push(deed(draws, dags, Object.keys(pools)));
  }
  if (has.has('assets') && draws.chance(40)) {
    actions.push({ at_s: draws.below(BUSY_S), action: 'asset_event', asset: 'asset_0' });
  }
  return actions.filter((each) => exists(each, airflow)).sort((a, b) => a.at_s - b.at_s);
}

/** 2.x has no backfill that a scheduler drives: that is a command with a loop of its own. */
function exists({ action }: UserAction, airflow: Scenario['airflow']): boolean {
  return airflow === '3.3.2' || action !== 'backfill';
}

/** A DAG of its own schedule may have none; their run ids are known to the later deeds. */
function triggers(draws: Draws, dag: DagSpec): UserAction[] {
  const needed = dag.schedule.timetable === 'NullTimetable';
  const count = needed ? draws.pick([1, 1, 2, 3]) : draws.below(2);
  return Array.from({ length: count }, (_, i) => ({
    at_s: i === 0 ? 0 : draws.below(BUSY_S),
    action: 'trigger' as const,
    dag_id: dag.dag_id,
    run_id: runIdOf(i),
  }));
}

function runIdOf(number: number): string {
  return `run_${number}`;
}

type Make = (draws: Draws, dag: DagSpec, at_s: number, run_id: string) => UserAction;

/** What users do to a DAG, each as often as it stands here. */
const DEEDS: readonly Make[] = [
  clear,
  clear,
  mark,
  mark,
  markRun,
  pause,
  unpause,
  backfill,
  others,
];

function deed(draws: Draws, dags: readonly DagSpec[], pools: readonly string[]): UserAction {
  const at_s = draws.between(1, BUSY_S);
  if (pools.length > 0 && draws.chance(20)) return poolDeed(draws, at_s, draws.pick(pools));
  return draws.pick(DEEDS)(draws, draws.pick(dags), at_s, runIdOf(draws.below(2)));
}

function clear(draws: Draws, dag: DagSpec, at_s: number, run_id: string): UserAction {
  const { dag_id } = dag;
  return {
    at_s,
    action: 'clear',
    dag_id,
    run_id,
    task_ids: draws.chance(70) ? [draws.pick(dag.tasks).task_id] : null,
    upstream: draws.chance(20),
    downstream: draws.chance(60),
    past: draws.chance(10),
    future: draws.chance(10),
    only_failed: draws.chance(30),
  };
}

function mark(draws: Draws, dag: DagSpec, at_s: number, run_id: string): UserAction {
  const { dag_id } = dag;
  const { task_id } = draws.pick(dag.tasks);
  const state = draws.pick(['success', 'failed', 'skipped'] as const);
  const downstream = draws.chance(20);
  return { at_s, action: 'mark_task', dag_id, run_id, task_id, state, downstream };
}

function markRun(draws: Draws, { dag_id }: DagSpec, at_s: number, run_id: string): UserAction {
  const state = draws.pick(['success', 'failed', 'queued'] as const);
  return { at_s, action: 'mark_run', dag_id, run_id, state };
}

function pause(_: Draws, { dag_id }: DagSpec, at_s: number): UserAction {
  return { at_s, action: 'pause', dag_id };
}

function unpause(_: Draws, { dag_id }: DagSpec, at_s: number): UserAction {
  return { at_s, action: 'unpause', dag_id };
}

function backfill(draws: Draws, { dag_id }: DagSpec, at_s: number): UserAction {
  return {
    at_s,
    action: 'backfill',
    dag_id,
    from_date: '2025-01-09T22:00:00Z',
    to_date: `2025-01-09T22:0${draws.between(1, 4)}:00Z`,
    run_backwards: draws.chance(30),
    max_active_runs: draws.between(1, 3),
  };
}

function others(draws: Draws, { dag_id }: DagSpec, at_s: number, run_id: string): UserAction {
  if (draws.chance(50)) return { at_s, action: 'delete_run', dag_id, run_id };
  return { at_s, action: 'clear_run', dag_id, run_id, only_failed: draws.chance(50) };
}

function poolDeed(draws: Draws, at_s: number, pool: string): UserAction {
  if (draws.chance(15)) return { at_s, action: 'delete_pool', pool };
  const slots = draws.between(0, 5);
  if (draws.chance(70)) return { at_s, action: 'pool', pool, slots };
  return { at_s, action: 'pool', pool, include_deferred: draws.chance(50) };
}
