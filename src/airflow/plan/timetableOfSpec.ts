/** The timetable of a DagSpec: class name and serialised data, as real Airflow stores them. */
import {
  asStored,
  parseIso,
  type Delta,
  type RelativeDelta,
  type RunImmediately,
  type Timetable,
} from '../timetables/index.ts';
import type { ScheduleSpec } from '../spec.ts';

type Data = Readonly<Record<string, unknown>>;

/** null: a class that the simulation does not know (a timetable of one's own). */
export function timetableOfSpec(schedule: ScheduleSpec): Timetable | null {
  return read(schedule.timetable, schedule.data ?? {});
}

function read(name: string, data: Data): Timetable | null {
  const timezone = text(data['timezone'], 'UTC');
  const interval = deltaOf(data['interval']);
  const runImmediately = immediately(data['run_immediately']);
  const cron = text(data['expression'], '');
  switch (name) {
    case 'NullTimetable':
    case 'PartitionedAtRuntime':
      return { kind: 'null' };
    case 'OnceTimetable':
      return { kind: 'once' };
    case 'ContinuousTimetable':
      return { kind: 'continuous' };
    case 'AssetTriggeredTimetable':
    case 'DatasetTriggeredTimetable':
    case 'PartitionedAssetTimetable':
      return { kind: 'asset_triggered' };
    case 'CronTriggerTimetable':
      return { kind: 'cron_trigger', cron, timezone, interval, runImmediately };
    case 'CronPartitionTimetable': {
      const runOffset = Number(data['run_offset'] ?? 0);
      const keyFormat = text(data['key_format'], '%Y-%m-%dT%H:%M:%S');
      return { kind: 'cron_partition', cron, timezone, runImmediately, runOffset, keyFormat };
    }
    case 'CronDataIntervalTimetable':
      return { kind: 'cron_interval', cron, timezone };
    case 'DeltaTriggerTimetable':
      return { kind: 'delta_trigger', delta: deltaOf(data['delta']), interval };
    case 'DeltaDataIntervalTimetable':
      return { kind: 'delta_interval', delta: deltaOf(data['delta']) };
    case 'MultipleCronTriggerTimetable':
      return {
        kind: 'multiple_cron',
        members: list(data['expressions']).map((expression) => ({
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
      return null;
  }
}

function events(data: Data): Timetable {
  const dates = list(data['event_dates']).map((date) => parseIso(String(date)) ?? 0);
  const restrictToEvents = data['restrict_to_events'] === true;
  return { kind: 'events', dates: dates.sort((a, b) => a - b), restrictToEvents };
}

/** `{"timetable": {"__type": path of the class, "__var": its data}}`. */
function assetOrTime(data: Data): Timetable | null {
  const inner = (data['timetable'] ?? {}) as Data;
  const path = text(inner['__type'], 'NullTimetable');
  const time = read(path.slice(path.lastIndexOf('.') + 1), (inner['__var'] ?? {}) as Data);
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

function text(value: unknown, fallback: string): string {
  return typeof value === 'string' ? value : fallback;
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}
