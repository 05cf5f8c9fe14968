/** The timetable of a DagSpec: class name and serialised data, as real Airflow stores them. */
import { fieldsOf, itemsOf, textOf, type PlainFields } from '../../base/plain.ts';
import {
  asStored,
  parseIso,
  type Delta,
  type RelativeDelta,
  type RunImmediately,
  type Timetable,
} from '../timetables/index.ts';
import type { ScheduleSpec } from '../spec.ts';

type Data = PlainFields;

/** null: a class that the simulation does not know (a timetable of one's own). */
export function timetableOfSpec(schedule: ScheduleSpec): Timetable | null {
  return read(schedule.timetable, schedule.data ?? {});
}

function read(name: string, data: Data): Timetable | null {
  const timezone = textOf(data['timezone'], 'UTC');
  const interval = deltaOf(data['interval']);
  const runImmediately = immediately(data['run_immediately']);
  const cron = textOf(data['expression'], '');
  switch (name) {
    case 'NullTimetable':
      return { kind: 'null' };
    case 'OnceTimetable':
      return { kind: 'once' };
    case 'ContinuousTimetable':
      return { kind: 'continuous' };
    case 'AssetTriggeredTimetable':
    case 'DatasetTriggeredTimetable':
      return { kind: 'asset_triggered' };
    case 'CronTriggerTimetable':
      return { kind: 'cron_trigger', cron, timezone, interval, runImmediately };
    case 'CronDataIntervalTimetable':
      return { kind: 'cron_interval', cron, timezone };
    case 'DeltaTriggerTimetable':
      return { kind: 'delta_trigger', delta: deltaOf(data['delta']), interval };
    case 'DeltaDataIntervalTimetable':
      return { kind: 'delta_interval', delta: deltaOf(data['delta']) };
    case 'MultipleCronTriggerTimetable':
      return {
        kind: 'multiple_cron',
        members: itemsOf(data['expressions']).map((expression) => ({
          kind: 'cron_trigger',
          cron: String(expression),
          timezone,
          interval,
          runImmediately,
        })),
      };
    case 'EventsTimetable':
      return events(data);
    case 'AssetOrTimeSchedule':
    case 'DatasetOrTimeSchedule':
      return assetOrTime(data);
    default:
      return partitioned(name, data);
  }
}

/** Schedules of partitions (3.x); null for a class that is not known. */
function partitioned(name: string, data: Data): Timetable | null {
  if (name === 'PartitionedAtRuntime') return { kind: 'null' };
  if (name === 'PartitionedAssetTimetable') return { kind: 'asset_triggered' };
  if (name !== 'CronPartitionTimetable') return null;
  return {
    kind: 'cron_partition',
    cron: textOf(data['expression'], ''),
    timezone: textOf(data['timezone'], 'UTC'),
    runImmediately: immediately(data['run_immediately']),
    runOffset: Number(data['run_offset'] ?? 0),
    keyFormat: textOf(data['key_format'], '%Y-%m-%dT%H:%M:%S'),
  };
}

function events(data: Data): Timetable {
  const dates = itemsOf(data['event_dates']).map((date) => parseIso(String(date)) ?? 0);
  const restrictToEvents = data['restrict_to_events'] === true;
  return { kind: 'events', dates: dates.sort((a, b) => a - b), restrictToEvents };
}

/** `{"timetable": {"__type": path of the class, "__var": its data}}`. */
function assetOrTime(data: Data): Timetable | null {
  const inner = fieldsOf(data['timetable']);
  const path = textOf(inner['__type'], 'NullTimetable');
  const time = read(path.slice(path.lastIndexOf('.') + 1), fieldsOf(inner['__var']));
  return time === null ? null : { kind: 'asset_or_time', time };
}

/** Seconds, or the fields of a relativedelta. */
function deltaOf(value: unknown): Delta {
  if (typeof value === 'number') return { us: Math.round(value * 1_000_000) };
  if (typeof value !== 'object' || value === null) return { us: 0 };
  return asStored({ relative: value as RelativeDelta });
}

function immediately(value: unknown): RunImmediately {
  return typeof value === 'number' ? { us: Math.round(value * 1_000_000) } : value === true;
}
