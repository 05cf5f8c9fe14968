/** Partitioned schedules (3.x): what a DAG does with partition keys (semantics 9.11). */
import { readMapper, type Mapper } from '../partitions/mappers.ts';
import type { AssetRef, ScheduleSpec } from '../spec.ts';
import { isMeant } from './assetPlan.ts';

export interface PartitionPlan {
  /** The mapper for events of an asset. */
  mapperOf(asset: AssetRef): Mapper;
}

/** null for DAGs that do not wait for partitions. */
export function partitionPlanOf(schedule: ScheduleSpec): PartitionPlan | null {
  if (schedule.timetable !== 'PartitionedAssetTimetable') return null;
  const { default_partition_mapper, partition_mapper_config } = schedule.data ?? {};
  const otherwise = readMapper(default_partition_mapper);
  const pairs = Array.isArray(partition_mapper_config)
    ? (partition_mapper_config as unknown[])
    : [];
  const known = pairs.map((pair) => {
    const [asset, mapper] = Array.isArray(pair) ? (pair as unknown[]) : [];
    return { asset: namesOf(asset), mapper: readMapper(mapper) };
  });
  return {
    mapperOf: (asset) => known.find((one) => isMeant(one.asset, asset))?.mapper ?? otherwise,
  };
}

/** Its runs may have a partition key that somebody gives. */
export function takesPartitionKey(schedule: ScheduleSpec): boolean {
  const { timetable } = schedule;
  return timetable === 'PartitionedAtRuntime' || timetable.includes('Partition');
}

function namesOf(asset: unknown): Record<string, string> {
  const fields = (asset ?? {}) as Readonly<Record<string, unknown>>;
  const names = (['name', 'uri'] as const).flatMap((field) => {
    const value = fields[field];
    return typeof value === 'string' ? [[field, value] as const] : [];
  });
  return Object.fromEntries(names);
}
