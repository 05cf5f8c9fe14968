/** When a task instance in up_for_retry may be tried again (semantics 7.1). */
import type { EngineContext } from '../context.ts';
import { NULL_TIME } from '../rows.ts';
import { retryDelay } from '../rules/index.ts';
import { dagOfTask, specOfTask } from '../plan/index.ts';

/** SimTime after which the next try may be scheduled; NULL_TIME when Airflow never can. */
export function nextRetryTime(ctx: EngineContext, ti: number): number {
  const { taskInstances: tis, dagRuns, retryDelays } = ctx.world;
  const { plan } = ctx;
  const task = tis.task[ti]!;
  const given = retryDelays.size === 0 ? -1 : retryDelays.get(ti);
  if (given >= 0) return tis.end_date[ti]! + given;
  const constant = plan.tasks.retryDelay[task]!;
  if (constant >= 0) return tis.end_date[ti]! + constant;
  const dag = dagOfTask(plan, task);
  const spec = specOfTask(plan, task);
  const date = dagRuns.logical_date[tis.dag_run[ti]!]!;
  const delay = retryDelay(ctx.profile, {
    dag_id: dag.dagId,
    task_id: spec.task_id,
    logicalDateUs: date === NULL_TIME ? null : date + plan.origin,
    tryNumber: tis.try_number[ti]!,
    retryDelayUs: Math.round(spec.retry_delay_s * 1_000_000),
    backoff: spec.retry_exponential_backoff,
    maxRetryDelayUs:
      spec.max_retry_delay_s === null ? null : Math.round(spec.max_retry_delay_s * 1_000_000),
    maxTaskRetryDelayS: ctx.options.maxTaskRetryDelayS,
    overrideUs: null,
  });
  return delay === null ? NULL_TIME : tis.end_date[ti]! + delay;
}
