/**
 * What a person expects who says no more than "run these DAGs": a day to begin at, the runs that
 * nothing else would start, and an end. Page and command line have it from here.
 */
import type { Comparison, FleetSpec, Lane, Scenario, UserAction } from '../airflow/scenario.ts';
import type { AssetCondition, DagSpec } from '../airflow/spec.ts';

/** A Monday: any day would do, and a fixed one makes runs repeatable. */
export const STANDARD_START = '2026-01-05T00:00:00+00:00';
const HOUR_S = 3600;
/** Without a schedule there is nothing after the triggered runs: long enough for any of them. */
const UNTIL_UNSCHEDULED_S = 24 * HOUR_S;
/** With one, runs go on for ever. */
const UNTIL_SCHEDULED_S = 2 * HOUR_S;

function standardUntil(dags: readonly DagSpec[]): number {
  return dags.some((dag) => dag.schedule.periodic) ? UNTIL_SCHEDULED_S : UNTIL_UNSCHEDULED_S;
}

/** Triggers at the beginning for the DAGs that neither a schedule, an asset nor a task starts. */
export function standardTriggers(dags: readonly DagSpec[]): UserAction[] {
  const started = new Set(dags.flatMap((dag) => dag.tasks.flatMap(triggered)));
  const produced = new Set(dags.flatMap((dag) => dag.tasks).flatMap((task) => names(task.outlets)));
  return dags
    .filter(({ dag_id, schedule }) => !isAutomatic(schedule, produced) && !started.has(dag_id))
    .map(({ dag_id }) => ({ at_s: 0, action: 'trigger', dag_id }));
}

function triggered({ behaviour }: DagSpec['tasks'][number]): string[] {
  const target = behaviour?.kind === 'trigger_dag_run' ? behaviour.target : undefined;
  return target ? [target.dag_id] : [];
}

/** A DAG that waits for assets which none of these DAGs produces would never run by itself. */
function isAutomatic(schedule: DagSpec['schedule'], produced: ReadonlySet<string>): boolean {
  const { asset_condition: condition } = schedule;
  if (condition) return names([condition]).some((name) => produced.has(name));
  return schedule.periodic || schedule.can_be_scheduled;
}

/** Addresses of the assets, names of the aliases, in a condition. */
function names(conditions: readonly AssetCondition[]): string[] {
  return conditions.flatMap((one) => {
    if ('asset' in one) return [one.asset.uri];
    if ('alias' in one) return [one.alias];
    if ('all' in one) return names(one.all);
    return 'any' in one ? names(one.any) : Object.values(one.ref);
  });
}

export function standardFleet(): FleetSpec {
  return {
    workers: [{ name: 'worker', count: 2, concurrency: 12, queues: null }],
    broker: 'redis',
    nodes: [{ name: 'node', count: 1, pods: 32, image_cached: true }],
    schedulers: 1,
    triggerers: 1,
  };
}

/** The common part of all lanes. */
export function standardBase(dags: readonly DagSpec[], seed: number): Comparison['base'] {
  return {
    format: 1,
    dags: [...dags],
    start: STANDARD_START,
    until_s: standardUntil(dags),
    seed,
    config: {},
    pools: {},
    fleet: standardFleet(),
    behaviour: { by_kind: {}, rules: [] },
    actions: standardTriggers(dags),
    faults: [],
    latencies: {},
  };
}

/** A lane with the whole scenario that it runs. */
export interface LaneScenario {
  readonly lane: Lane;
  readonly scenario: Scenario;
}

/** The common part with the patch of each lane. */
export function laneScenarios({ base, lanes }: Comparison): LaneScenario[] {
  return lanes.map((lane) => {
    const { patch, executor, airflow } = lane;
    const scenario: Scenario = {
      ...base,
      ...patch,
      config: { ...base.config, ...patch.config },
      pools: { ...base.pools, ...patch.pools },
      latencies: { ...base.latencies, ...patch.latencies },
      executor,
      airflow,
    };
    return { lane, scenario };
  });
}
