/** Runs that assets started (3.x): numbered by DAG in their ids, without dates of their own. */
import type { EngineContext } from '../context.ts';
import { pythonIso } from '../dates.ts';
import { NULL_TIME, RUN_TYPE } from '../rows.ts';
import { createRun, type NewRun } from './createRun.ts';

export function createAssetRun(
  ctx: EngineContext,
  dag: number,
  time: number,
  partition: Pick<NewRun, 'partitionKey' | 'partitionDate'> = {},
): number {
  const { dags } = ctx.world;
  dags.asset_runs[dag]! += 1;
  return createRun(ctx, {
    dag,
    runId: `asset_triggered__${pythonIso(time + ctx.plan.origin)}_${dags.asset_runs[dag]!}`,
    type: RUN_TYPE.assetTriggered,
    logicalDate: NULL_TIME,
    intervalStart: NULL_TIME,
    intervalEnd: NULL_TIME,
    runAfter: time,
    ...partition,
  });
}
