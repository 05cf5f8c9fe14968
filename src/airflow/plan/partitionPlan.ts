/** Partitioned schedules (3.x): what a DAG does with partition keys (semantics 9.11). */
import { fieldsOf, itemsOf } from '../../base/plain.ts';
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
  const pairs = itemsOf(partition_mapper_config);
  const known = pairs.map((pair) => {
    const [asset, mapper] = itemsOf(pair);
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
  const fields = fieldsOf(asset);
  const names: Record<string, string> = {};
  for (const field of ['name', 'uri']) {
    const value = fields[field];
    if (typeof value === 'string') names[field] = value;
  }
  return names;
}
