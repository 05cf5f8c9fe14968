/** The tables of assets, their events, aliases and partitions; columns as in rows.ts. */
import { makeTable } from '../kernel/index.ts';
import { NO_ROW, NO_TIME } from './rows.ts';

export const newAssetEvents = () =>
  makeTable('asset_event', {
    asset: 'i32',
    timestamp: NO_TIME,
    source_ti: NO_ROW,
    /** Text of its partition key, and the date of the run that sent it. */
    partition_key: NO_ROW,
    partition_date: NO_TIME,
    source_alias: NO_ROW,
    extra: NO_ROW,
    /** Previous event of the same asset. */
    previous: NO_ROW,
  });

/** asset_partition_dag_run: a run that waits for, or was made for, a partition of its assets. */
export const newPartitionRuns = () =>
  makeTable('asset_partition_dag_run', {
    dag: NO_ROW,
    partition_key: NO_ROW,
    partition_date: NO_TIME,
    /** Newest entry of its log; how many there are. */
    log: NO_ROW,
    events: 'i32',
    dag_run: NO_ROW,
  });

/** partitioned_asset_key_log */
export const newPartitionLog = () =>
  makeTable('partitioned_asset_key_log', { asset: 'i32', source_key: 'i32', next: NO_ROW });

/** asset_alias_asset: which assets were ever written under which alias. */
export const newAliasAssets = () =>
  makeTable('asset_alias_asset', {
    alias: 'i32',
    asset: 'i32',
    /** Next row of the same alias. */
    next: NO_ROW,
  });

/** asset_dag_run_queue: rows are freed when they are consumed. */
export const newAssetQueue = () =>
  makeTable('asset_dag_run_queue', {
    dag: NO_ROW,
    asset: 'i32',
    created_at: NO_TIME,
    /** Next row of the same DAG. */
    next: NO_ROW,
  });
