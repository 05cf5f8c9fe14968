/**
 * Cron expressions as Airflow reads them, which is as croniter does: five fields, a sixth for
 * seconds, a seventh for years; names, ranges that wrap, steps, L, W, # and ? (set `timetables`,
 * tag cron_grammar).
 */
import { expandField, type Field, FIELDS } from './cronField.ts';
import { TimetableFailure } from './failure.ts';

/** What every field allows; null = anything. Numbers are sorted. */
export interface Cron {
  readonly minutes: readonly number[] | null;
  readonly hours: readonly number[] | null;
  /** The hour field is nothing but `*`, so a run may come in both hours when clocks go back. */
  readonly everyHour: boolean;
  readonly days: readonly number[] | null;
  /** The last day of the month is allowed too (L). */
  readonly lastDay: boolean;
  /** 1 to 12. */
  readonly months: readonly number[] | null;
  /** 0 Sunday to 6. */
  readonly weekdays: readonly number[] | null;
  /** Weekday -> which ones of the month: 1 to 5, or 0 for the last. Empty = not used. */
  readonly nthWeekdays: ReadonlyMap<number, ReadonlySet<number>>;
  /** Day of the month whose nearest Monday to Friday is meant (W), or null. */
  readonly nearestWeekday: number | null;
  readonly seconds: readonly number[] | null;
  readonly hasSeconds: boolean;
  readonly years: readonly number[] | null;
}

/** Presets of Airflow; the others are croniter's own and may be written in capitals. */
const AIRFLOW_PRESETS: Readonly<Record<string, string>> = {
  '@hourly': '0 * * * *',
  '@daily': '0 0 * * *',
  '@weekly': '0 0 * * 0',
  '@monthly': '0 0 1 * *',
  '@quarterly': '0 0 1 */3 *',
  '@yearly': '0 0 1 1 *',
};

const CRONITER_PRESETS: Readonly<Record<string, string>> = {
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
  '@daily': '0 0 * * *',
  '@weekly': '0 0 * * 0',
  '@monthly': '0 0 1 * *',
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
};

const known = new Map<string, Cron>();

/** Reads an expression or a preset; throws a TimetableFailure with croniter's class. */
export function parseCron(text: string): Cron {
  const cached = known.get(text);
  if (cached) return cached;
  const cron = read(AIRFLOW_PRESETS[text] ?? text);
  known.set(text, cron);
  return cron;
}

function read(text: string): Cron {
  const lower = text.toLowerCase();
  const parts = (CRONITER_PRESETS[lower] ?? lower).match(/[^ \t\n\r\f\v]+/g) ?? [];
  if (parts.length < 5 || parts.length > 7) {
    throw new TimetableFailure('CroniterBadCronError', `5, 6 or 7 fields wanted: ${text}`);
  }
  const fields = parts.map((part, index) => expandField(part, index, parts));
  const [minutes, hours, days, months, weekdays, seconds, years] = fields;
  checkWeekdays(text, weekdays);
  return {
    minutes: values(minutes),
    hours: values(hours),
    everyHour: hours?.every === true,
    days: values(days),
    lastDay: days?.hasLast === true && !days.any,
    months: values(months),
    weekdays: values(weekdays),
    nthWeekdays: weekdays?.nth ?? new Map<number, Set<number>>(),
    nearestWeekday: days?.nearest ?? null,
    seconds: values(seconds),
    hasSeconds: seconds !== undefined,
    years: values(years),
  };
}

function values(field: Field | undefined): readonly number[] | null {
  return field === undefined || field.any ? null : field.values;
}

/** Plain weekdays beside nth ones are refused, unless all seven are there. */
function checkWeekdays(text: string, field: Field | undefined): void {
  if (!field || field.nth.size === 0 || field.every) return;
  const plain = field.values.filter((day) => !field.nth.has(day));
  const count = field.values.length + (field.any ? 1 : 0);
  if (plain.length > 0 && count !== FIELDS[4].all) {
    throw new TimetableFailure('CroniterUnsupportedSyntaxError', `plain and nth weekdays: ${text}`);
  }
}
