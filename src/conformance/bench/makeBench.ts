/** The engine's tables and rules without its loop, executors and workers: the case drives them. */
import { assert } from '../../base/assert.ts';
import { makeConfig } from '../../airflow/config/index.ts';
import type { EngineContext, Observer, Workers } from '../../airflow/context.ts';
import { makeContext } from '../../airflow/engine.ts';
import { EVENT } from '../../airflow/eventKinds.ts';
import type { Executor } from '../../airflow/executors/executor.ts';
import { compilePlan, type LaterDag } from '../../airflow/plan/index.ts';
import { profileOf } from '../../airflow/profile/index.ts';
import type { PoolSpec } from '../../airflow/scenario.ts';
import { miniSchedule } from '../../airflow/scheduler/miniScheduler.ts';
import type { AirflowVersion, DagSpec } from '../../airflow/spec.ts';
import { setUpPools } from '../../airflow/world/pools.ts';
import { makeWorld } from '../../airflow/world/world.ts';
import { parseIso } from '../../airflow/timetables/index.ts';
import { FrozenSim } from './frozenSim.ts';

export interface BenchInput {
  readonly airflow: AirflowVersion;
  readonly dags: readonly DagSpec[];
  /** Date of t = 0. */
  readonly start: string;
  readonly config: Readonly<Record<string, string | number | boolean>>;
  readonly pools: Readonly<Record<string, PoolSpec>>;
  readonly observer: Observer;
  /** Later contents of the DAG files; whether runs keep the version of their creation. */
  readonly later?: readonly LaterDag[];
  readonly pinsRuns?: boolean;
}

export interface Bench {
  readonly ctx: EngineContext;
  readonly sim: FrozenSim;
}

/** How the installations were set up beside what a case says (READMEs of the sets). */
function recorded(airflow: AirflowVersion): BenchInput['config'] {
  return airflow === '2.11.2' ? { 'scheduler.schedule_after_task_execution': false } : {};
}

/** `executor` and `workers` are built on the context that they are then part of. */
export function makeBench(
  input: BenchInput,
  parts: (ctx: EngineContext) => { executor: Executor; workers: Workers },
): Bench {
  const config = makeConfig(input.airflow, { ...recorded(input.airflow), ...input.config });
  assert(config.ok, 'the case has an unknown option', { config: input.config });
  const plan = compilePlan({
    dags: input.dags,
    later: input.later ?? [],
    pinsRuns: input.pinsRuns === true,
    profile: profileOf(input.airflow),
    origin: parseIso(input.start) ?? 0,
    pools: Object.keys(input.pools),
  });
  const sim = new FrozenSim((kind, ti) => {
    assert(kind === EVENT.miniScheduler, 'the case schedules events of its own', { kind });
    miniSchedule(base, ti);
  });
  const base = makeContext(plan, config.value, sim, makeWorld(plan), [input.observer]);
  const ctx = Object.assign(base, { hasDagProcessor: false });
  Object.assign(ctx, parts(ctx));
  setUpPools(ctx, input.pools);
  return { ctx, sim };
}
