/** Reads the schedule of a recorded timetable case, and names timetables as Airflow does. */
import type { Profile } from '../../airflow/profile/index.ts';
import {
  asStored,
  type Delta,
  parseIso,
  type RelativeDelta,
  type RunImmediately,
  type Timetable,
  timetableOf,
  type WrittenSchedule,
} from '../../airflow/timetables/index.ts';

type GivenDelta = { seconds: number } | { relativedelta: RelativeDelta };

export interface GivenSchedule {
  kind: string;
  value?: string;
  delta?: GivenDelta;
  interval?: GivenDelta | null;
  cron?: string;
  crons?: string[];
  timezone_arg?: string;
  run_immediately?: boolean | null | { seconds: number };
  run_offset?: number | null;
  key_format?: string | null;
  event_dates?: string[];
  restrict_to_events?: boolean;
  import_from?: string;
  timetable?: GivenSchedule;
}

/** The timetable after the DAG was stored and loaded, or null when it cannot even be made. */
export function timetableIn(
  profile: Profile,
  given: GivenSchedule,
  timezone: string,
  asIntervals: boolean,
): Timetable | null {
  const written = writtenSchedule(given);
  if (written) return timetableOf(profile, written, timezone, asIntervals);
  if (given.timetable) {
    const time = timetableIn(profile, given.timetable, timezone, asIntervals);
    return time && { kind: 'asset_or_time', time };
  }
  return timetableObject(given);
}

function writtenSchedule(given: GivenSchedule): WrittenSchedule | null {
  switch (given.kind) {
    case 'cron':
    case 'preset':
      return { kind: 'text', text: given.value ?? '' };
    case 'delta':
      return { kind: 'delta', delta: deltaOf(given.delta) };
    case 'none':
    case 'not_given':
      return { kind: given.kind };
    case 'asset_list':
      return { kind: 'assets' };
    default:
      return null;
  }
}

function timetableObject(given: GivenSchedule): Timetable | null {
  const cron = given.cron ?? '';
  const timezone = given.timezone_arg ?? 'UTC';
  const common = { timezone, runImmediately: immediately(given.run_immediately) };
  const interval = deltaOf(given.interval);
  switch (given.kind) {
    case 'CronTriggerTimetable':
      return { kind: 'cron_trigger', cron, interval, ...common };
    case 'CronDataIntervalTimetable':
      return { kind: 'cron_interval', cron, timezone };
    case 'DeltaTriggerTimetable':
      return { kind: 'delta_trigger', delta: deltaOf(given.delta), interval };
    case 'DeltaDataIntervalTimetable':
      return { kind: 'delta_interval', delta: deltaOf(given.delta) };
    case 'MultipleCronTriggerTimetable': {
      const members = (given.crons ?? []).map(
        (text) => ({ kind: 'cron_trigger', cron: text, interval, ...common }) as const,
      );
      return members.length === 0 ? null : { kind: 'multiple_cron', members };
    }
    case 'CronPartitionTimetable': {
      const keyFormat = given.key_format ?? '%Y-%m-%dT%H:%M:%S';
      return {
        kind: 'cron_partition',
        cron,
        runOffset: given.run_offset ?? 0,
        keyFormat,
        ...common,
      };
    }
    case 'EventsTimetable': {
      const dates = (given.event_dates ?? []).map((text) => parseIso(text) ?? 0);
      const restrictToEvents = given.restrict_to_events === true;
      return { kind: 'events', dates: dates.sort((a, b) => a - b), restrictToEvents };
    }
    default:
      throw new Error(`unknown kind of schedule: ${given.kind}`);
  }
}

function deltaOf(given: GivenDelta | null | undefined): Delta {
  if (!given) return { us: 0 };
  if ('seconds' in given) return { us: Math.round(given.seconds * 1_000_000) };
  return asStored({ relative: given.relativedelta });
}

function immediately(given: GivenSchedule['run_immediately']): RunImmediately {
  if (typeof given === 'object' && given !== null) return { us: Math.round(given.seconds * 1e6) };
  return given === true;
}

/** True for events timetables that were imported from the SDK. */
export function isFromSdk(given: GivenSchedule): boolean {
  if (given.timetable) return isFromSdk(given.timetable);
  return given.import_from?.startsWith('airflow.sdk') === true;
}

const CLASS_NAMES: Readonly<Record<Exclude<Timetable['kind'], 'asset_triggered'>, string>> = {
  null: 'NullTimetable',
  once: 'OnceTimetable',
  continuous: 'ContinuousTimetable',
  cron_trigger: 'CronTriggerTimetable',
  cron_partition: 'CronPartitionTimetable',
  cron_interval: 'CronDataIntervalTimetable',
  delta_trigger: 'DeltaTriggerTimetable',
  delta_interval: 'DeltaDataIntervalTimetable',
  events: 'EventsTimetable',
  multiple_cron: 'MultipleCronTriggerTimetable',
  asset_or_time: 'AssetOrTimeSchedule',
};

export function className(profile: Profile, { kind }: Timetable): string {
  if (kind === 'asset_triggered') return profile.assetTimetableName;
  if (kind === 'asset_or_time' && !profile.assetsHaveNames) return 'DatasetOrTimeSchedule';
  return CLASS_NAMES[kind];
}
