/** What users do in a recorded scheduler case, through the engine's own actions (README, 1.3). */
import { createBackfill } from '../../airflow/actions/backfill.ts';
import { markRunQueued, markTask, type MarkState } from '../../airflow/actions/mark.ts';
import { triggerRun } from '../../airflow/actions/trigger.ts';
import { carryOut } from '../../airflow/actions/userActions.ts';
import type { EngineContext } from '../../airflow/context.ts';
import { isoToMicros } from '../../airflow/dates.ts';
import { findTask } from '../../airflow/plan/index.ts';
import { NONE, NULL_TIME } from '../../airflow/rows.ts';
import type { UserAction } from '../../airflow/scenario.ts';
import { parseDag } from '../../airflow/scheduler/nextRun.ts';
import { findRun } from '../../airflow/world/lookup.ts';
import { assert, must } from '../../base/assert.ts';
import type { GivenAction } from './given.ts';
import { dagOfRun } from '../../airflow/world/versions.ts';

/** Carries the action out now. A crash of the scheduler is the case's own business. */
export function act(ctx: EngineContext, action: GivenAction): void {
  const requeues = action.do === 'mark_run' && action['state'] === 'queued';
  const plain = requeues ? undefined : PLAIN[action.do];
  if (plain) {
    carryOut(ctx, plain(action), -1);
    return;
  }
  const dag = must(ctx.plan.dagIndex.get(text(action, 'dag')), 'the case names an unknown DAG');
  switch (action.do) {
    case 'parse':
      return parseDag(ctx, dag);
    case 'trigger':
      return trigger(ctx, dag, action);
    case 'mark_task':
      return mark(ctx, dag, action);
    case 'mark_run':
      return markRunQueued(ctx, findRun(ctx, dag, text(action, 'run_id')));
    case 'backfill':
      return backfill(ctx, dag, action);
    default:
      assert(false, 'the case has an unknown action', { action: action.do });
  }
}

type Translate = (action: GivenAction) => UserAction;

/** Those that a scenario can hold too: they take the same way as in the product. */
const PLAIN: Readonly<Record<string, Translate | undefined>> = {
  pause: (each) => ({ ...at(each), action: 'pause', dag_id: text(each, 'dag') }),
  unpause: (each) => ({ ...at(each), action: 'unpause', dag_id: text(each, 'dag') }),
  asset_event: (each) => ({ ...at(each), action: 'asset_event', asset: text(each, 'asset') }),
  pool: (each) => ({
    ...at(each),
    action: 'pool',
    pool: text(each, 'pool'),
    slots: Number(each['slots']),
  }),
  clear: (each) => ({
    ...at(each),
    ...runOf(each),
    action: 'clear',
    task_ids: each['tasks'] as string[] | null,
    upstream: each['upstream'] === true,
    downstream: each['downstream'] === true,
    only_failed: each['only_failed'] === true,
  }),
  mark_run: (each) => ({
    ...at(each),
    ...runOf(each),
    action: 'mark_run',
    state: each['state'] as 'success' | 'failed',
  }),
};

function trigger(ctx: EngineContext, dag: number, action: GivenAction): void {
  triggerRun(ctx, {
    dag,
    runId: text(action, 'run_id'),
    logicalDate: timeOf(ctx, action['logical_date']),
    runAfter: timeOf(ctx, action['run_after']),
  });
}

/** Recorded through the DAG's own function, not through the API. */
function mark(ctx: EngineContext, dag: number, action: GivenAction): void {
  const run = findRun(ctx, dag, text(action, 'run_id'));
  const task = findTask(ctx.plan, dagOfRun(ctx, run), text(action, 'task'));
  const state = action['state'] as MarkState;
  const only = { mapIndex: null, upstream: false, downstream: false };
  if (run !== NONE) markTask(ctx, { run, task, state, ...only, inPython: true }, [run]);
}

function backfill(ctx: EngineContext, dag: number, action: GivenAction): void {
  createBackfill(ctx, {
    dag,
    from: timeOf(ctx, action['from']),
    to: timeOf(ctx, action['to']),
    maxActiveRuns: Number(action['max_active_runs']),
    reverse: action['reverse'] === true,
    reprocess: action['reprocess'] as 'none' | 'failed' | 'completed',
  });
}

function at(action: GivenAction): { at_s: number } {
  return { at_s: action.at };
}

function runOf(action: GivenAction): { dag_id: string; run_id: string } {
  return { dag_id: text(action, 'dag'), run_id: text(action, 'run_id') };
}

function text(action: GivenAction, field: string): string {
  return String(action[field]);
}

function timeOf(ctx: EngineContext, value: unknown): number {
  return typeof value === 'string' ? isoToMicros(value) - ctx.plan.origin : NULL_TIME;
}
