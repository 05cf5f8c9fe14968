/** The scenario's user actions, carried out at their time (scenarioActions.ts). */
import type { EngineContext } from '../context.ts';
import { CORE_RECORD } from '../records.ts';
import type {
  AnswerAction,
  BackfillAction,
  BackfillControlAction,
  UserAction,
} from '../scenarioActions.ts';
import { controlBackfill, startBackfill } from './onBackfills.ts';
import { deletePool, sendAssetEvent, setPool } from './onInstallation.ts';
import {
  clearRun,
  deleteRunAction,
  markRunAction,
  materialize,
  pauseAction,
  trigger,
} from './onRuns.ts';
import { answer, clear, mark } from './onTasks.ts';
import { refusalNumber, type Refusal } from './refusals.ts';

/** Carries it out now; '' or why Airflow refuses, which is a record in the log too. */
export function carryOut(ctx: EngineContext, action: UserAction, index: number): Refusal {
  ctx.sim.because(ctx.sim.record(index, CORE_RECORD.userAction));
  const refusal = awayOf(ctx) || act(ctx, action);
  if (refusal !== '') ctx.sim.record(index, CORE_RECORD.actionRefused, refusalNumber(refusal));
  return refusal;
}

/** Pages and API answer 500, or nothing at all: whoever asks has to ask again. */
function awayOf({ world }: EngineContext): Refusal {
  const { databaseDown, serverDown } = world.counters;
  if (databaseDown === 1) return 'database_down';
  return serverDown === 1 ? 'server_down' : '';
}

function act(ctx: EngineContext, action: UserAction): Refusal {
  switch (action.action) {
    case 'trigger':
      return trigger(ctx, action);
    case 'pause':
    case 'unpause':
      return pauseAction(ctx, action);
    case 'clear':
      return clear(ctx, action);
    case 'clear_run':
      return clearRun(ctx, action);
    case 'mark_task':
      return mark(ctx, action);
    case 'mark_run':
      return markRunAction(ctx, action);
    case 'delete_run':
      return deleteRunAction(ctx, action);
    default:
      return actElsewhere(ctx, action);
  }
}

type Elsewhere = Extract<UserAction, { pool: string } | { asset: string }> | BackfillAction;

/** What is not about one run. */
function actElsewhere(
  ctx: EngineContext,
  action: Elsewhere | BackfillControlAction | AnswerAction,
): Refusal {
  switch (action.action) {
    case 'pool':
      return setPool(ctx, action);
    case 'delete_pool':
      return deletePool(ctx, action);
    case 'asset_event':
      return sendAssetEvent(ctx, action);
    case 'materialize':
      return materialize(ctx, action);
    case 'backfill':
      return startBackfill(ctx, action);
    case 'pause_backfill':
    case 'unpause_backfill':
    case 'cancel_backfill':
      return controlBackfill(ctx, action);
    case 'answer':
      return answer(ctx, action);
  }
}
