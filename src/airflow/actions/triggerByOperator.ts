/** TriggerDagRunOperator: makes a run of another DAG, and looks whether it has ended. */
import { dagRun } from '../../machines/index.ts';
import type { EngineContext } from '../context.ts';
import { isoToMicros } from '../dates.ts';
import { NONE, NULL_TIME } from '../rows.ts';
import type { TargetState, Triggered } from '../runner/port.ts';
import type { TargetSpec } from '../spec.ts';
import { parseIso } from '../timetables/index.ts';
import { findRun } from '../world/lookup.ts';
import { runAtDate } from '../dagRun/createRun.ts';
import { clearWholeRun } from './clearRequest.ts';
import { freeDate, triggerRun } from './trigger.ts';

/** Source: providers/standard/operators/trigger_dagrun.py, sdk/execution_time/task_runner.py. */
export function triggerByOperator(ctx: EngineContext, ti: number, target: TargetSpec): Triggered {
  const dag = ctx.plan.dagIndex.get(target.dag_id) ?? NONE;
  if (dag === NONE || ctx.world.dags.is_parsed[dag] === 0) return 'fails';
  if (target.fail_when_dag_is_paused && ctx.world.dags.is_paused[dag] === 1) return 'fails';
  const logicalDate = logicalDateOf(ctx, ti, dag, target);
  const existing = existingRun(ctx, dag, target, logicalDate);
  if (existing !== NONE) return again(ctx, existing, target);
  const run = triggerRun(ctx, {
    dag,
    runId: target.run_id ?? null,
    logicalDate,
    runAfter: dateOf(ctx, ti, target.run_after),
    conf: target.conf,
    note: target.note,
    byOperator: true,
  });
  return run === NONE ? 'ends' : { run };
}

/** 2.x knows a run by its date too. */
function existingRun(
  ctx: EngineContext,
  dag: number,
  target: TargetSpec,
  logicalDate: number,
): number {
  const named = target.run_id === undefined ? NONE : findRun(ctx, dag, target.run_id);
  if (named !== NONE || ctx.profile.hasRunAfter) return named;
  return runAtDate(ctx, dag, logicalDate);
}

/** The run exists: it is cleared, or the task skips; else 3.x ends it, 2.x raises. */
function again(ctx: EngineContext, run: number, target: TargetSpec): Triggered {
  if (target.reset_dag_run) {
    clearWholeRun(ctx, run, false);
    return { run };
  }
  if (target.skip_when_already_exists) return 'skips';
  return ctx.profile.triggerConflictIsFinal ? 'ends' : 'fails';
}

/** Now, unless a date or (3.x) only run_after is given. */
function logicalDateOf(ctx: EngineContext, ti: number, dag: number, target: TargetSpec): number {
  const none = ctx.profile.runsWithoutLogicalDate ? NULL_TIME : freeDate(ctx, dag, ctx.sim.now);
  if (target.logical_date === null) return none;
  if (target.logical_date !== undefined) {
    const date = dateOf(ctx, ti, target.logical_date);
    return date === NULL_TIME ? freeDate(ctx, dag, ctx.sim.now) : date;
  }
  if (target.run_after !== undefined) return none;
  return freeDate(ctx, dag, ctx.sim.now);
}

const TEMPLATE = /^\{\{\s*(?:dag_run\.)?(\w+)\s*\}\}$/;

/** A date as written, or one of the own run's that a template names; NULL_TIME when unknown. */
function dateOf(ctx: EngineContext, ti: number, text: string | null | undefined): number {
  if (typeof text !== 'string') return NULL_TIME;
  if (parseIso(text) !== null) return isoToMicros(text) - ctx.plan.origin;
  const { dagRuns, taskInstances: tis } = ctx.world;
  const run = tis.dag_run[ti]!;
  switch (TEMPLATE.exec(text)?.[1]) {
    case 'logical_date':
    case 'execution_date':
    case 'ts':
      return dagRuns.logical_date[run]!;
    case 'data_interval_start':
      return dagRuns.data_interval_start[run]!;
    case 'data_interval_end':
      return dagRuns.data_interval_end[run]!;
    case 'run_after':
      return dagRuns.run_after[run]!;
    default:
      return NULL_TIME;
  }
}

export function endOfTriggered(ctx: EngineContext, run: number, target: TargetSpec): TargetState {
  const state = dagRun.states[ctx.world.dagRuns.state[run]!]!;
  if ((target.failed_states ?? ['failed']).includes(state)) return 'failed';
  return (target.allowed_states ?? ['success']).includes(state) ? 'met' : 'waiting';
}
