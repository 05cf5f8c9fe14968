// One field of a cron expression: `1-5`, `*/15`, `mon-fri`, `L`, `15W`, `5#3` and so on.
import { TimetableFailure } from './failure.ts';

interface FieldKind {
  readonly min: number;
  readonly max: number;
  /** So many different values mean "every". */
  readonly all: number;
  readonly names: readonly string[];
  /** Value of the first name. */
  readonly firstName: number;
}

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const WEEKDAYS = 'sun mon tue wed thu fri sat'.split(' ');

const plain = (min: number, max: number): FieldKind => ({
  min,
  max,
  all: max - min + 1,
  names: [],
  firstName: 0,
});

const MINUTE = plain(0, 59);
const DAY_FIELD = 2;
const WEEKDAY_FIELD = 4;

/** Minute, hour, day, month, weekday, second, year. */
export const FIELDS: readonly [
  FieldKind,
  FieldKind,
  FieldKind,
  FieldKind,
  FieldKind,
  FieldKind,
  FieldKind,
] = [
  MINUTE,
  plain(0, 23),
  plain(1, 31),
  { ...plain(1, 12), names: MONTHS, firstName: 1 },
  { ...plain(0, 6), names: WEEKDAYS, firstName: 0 },
  MINUTE,
  plain(1970, 2099),
];

export interface Field {
  /** Everything is allowed. */
  any: boolean;
  /** It says nothing but "every": croniter's own test for hourly schedules. */
  every: boolean;
  readonly values: number[];
  hasLast: boolean;
  nearest: number | null;
  readonly nth: Map<number, Set<number>>;
}

/** Reads the field at position `index`; `all` are the texts of all fields. */
export function expandField(text: string, index: number, all: readonly string[]): Field {
  const kind = FIELDS[index] ?? MINUTE;
  const field: Field = newField();
  if (/^[hr](\(\d+-\d+\))?(\/\d+)?$/.test(text)) bad(`hashed and random values: ${text}`);
  // The last part is read first, as croniter does: its error is the one that is reported.
  const parts = questionMark(text, index).split(',').reverse();
  for (const part of parts) readPart(field, part, index, kind, parts.length);
  const values = [...new Set(field.values)].sort((a, b) => a - b);
  field.values.splice(0, Infinity, ...values);
  const count = values.length + (field.hasLast ? 1 : 0) + (field.any ? 1 : 0);
  const isFull = count === kind.all && mayMeanEvery(index, all);
  field.every = isFull || (field.any && count === 1);
  field.any ||= isFull;
  return field;
}

function newField(): Field {
  const nth = new Map<number, Set<number>>();
  return { any: false, every: false, values: [], hasLast: false, nearest: null, nth };
}

function bad(message: string, exception = 'CroniterBadCronError'): never {
  throw new TimetableFailure(exception, message);
}

/** `?` stands for `*` in the two fields for days. */
function questionMark(text: string, index: number): string {
  if (!text.includes('?')) return text;
  const isDay = index === DAY_FIELD || index === WEEKDAY_FIELD;
  return text === '?' && isDay ? '*' : bad(`? is not allowed here: ${text}`);
}

/** A list of all days stays a restriction when the other field for days is one. */
function mayMeanEvery(index: number, all: readonly string[]): boolean {
  if (index === DAY_FIELD) return all[WEEKDAY_FIELD]?.includes('*') === true;
  if (index === WEEKDAY_FIELD) return all[DAY_FIELD]?.includes('*') === true;
  return true;
}

function readPart(field: Field, text: string, index: number, kind: FieldKind, n: number): void {
  if (index === DAY_FIELD && readNearest(field, text, n)) return;
  const nth = index === WEEKDAY_FIELD ? splitNth(text) : null;
  const body = nth?.body ?? text;
  const days = body === '*' ? null : (rangeOf(body, index, kind) ?? single(body, index, kind));
  if (days === null) {
    field.any = true;
    return;
  }
  if (days === 'last') {
    field.hasLast = true;
    return;
  }
  for (const day of days) {
    field.values.push(inRange(day, kind));
    if (nth) field.nth.set(day, new Set([...(field.nth.get(day) ?? []), nth.which]));
  }
}

/** `15W` or `W15`: the Monday to Friday nearest to the 15th; alone in its field. */
function readNearest(field: Field, text: string, parts: number): boolean {
  const found = /^(?:(\d+)w|w(\d+))$/.exec(text);
  if (!found) return false;
  const day = Number(found[1] ?? found[2]);
  if (day < 1 || day > 31) bad(`no such day: ${text}`);
  if (parts > 1) bad(`W wants a single day: ${text}`);
  field.nearest = day;
  field.values.push(day);
  return true;
}

const NAMED = `(?:${WEEKDAYS.join('|')})(?:-(?:${WEEKDAYS.join('|')}))?|\\w+`;
const NTH = new RegExp(`^(?:(${NAMED})#|(l))(\\d+)$`);

/** `5#3`: the third Friday; `L5`: the last one (0). */
function splitNth(text: string): { body: string; which: number } | null {
  const found = NTH.exec(text);
  if (!found) return null;
  const last = Number(found[3]);
  if (found[2] !== undefined) return { body: found[3] ?? '', which: 0 };
  if (last < 1 || last > 5) bad(`no such weekday of the month: ${text}`);
  return { body: found[1] ?? '', which: last };
}

// Values of `a-b`, `a-b/s`, `*/s` or `a/s`; null when the text has no such form.
function rangeOf(text: string, index: number, kind: FieldKind): number[] | null {
  const starred = text.replace(/^\*(\/.+)$/, `${kind.min}-${kind.max}$1`);
  const range = /^([^-]+)-([^-/]+)(?:\/(\d+))?$/;
  let found = range.exec(starred);
  const isStart = found === null;
  found ??= range.exec(text.replace(/^(.+)\/(.+)$/, `$1-${kind.max}/$2`));
  if (!found) return null;
  const highText = index === DAY_FIELD && found[2] === 'l' ? '31' : (found[2] ?? '');
  const low = alias(numberOf(found[1] ?? '', kind), index);
  const high = alias(numberOf(highText, kind), index);
  const step = found[3] === undefined ? 1 : Number(found[3]);
  if (step === 0 || Math.max(low, high) > kind.max) bad(`out of bounds: ${text}`);
  // `59/15` is minute 59 alone; an equal range that was written as one means the whole cycle.
  if (low === high) return isStart ? [low] : steps(kind.min, kind.max, step);
  return low < high ? steps(low, high, step) : wrapped(low, high, step, kind);
}

function steps(low: number, high: number, step: number): number[] {
  const values: number[] = [];
  for (let value = low; value <= high; value += step) values.push(value);
  return values;
}

/** `22-2`: on to the end of the field, then from its beginning; the step counts across. */
function wrapped(low: number, high: number, step: number, kind: FieldKind): number[] {
  const first = steps(low, kind.max, step);
  const last = first.at(-1) ?? low;
  const left = kind.max - last;
  const overshoots = last - kind.min + step > kind.max - kind.min + 1;
  const skip = overshoots && left < step ? step - left : 0;
  return [...first, ...steps(kind.min + skip, high, step)];
}

function single(text: string, index: number, kind: FieldKind): number[] | 'last' {
  if (text.startsWith('-')) bad(`negative: ${text}`);
  if (text === 'l' && index === DAY_FIELD) return 'last';
  const value = /^\d+$/.test(text) ? Number(text) : nameOf(text, kind);
  return [inRange(alias(value, index), kind)];
}

function numberOf(text: string, kind: FieldKind): number {
  if (/^\d+$/.test(text)) return Number(text);
  return text === 'l' && kind.min === 1 && kind.max === 31
    ? bad('L begins no range')
    : nameOf(text, kind);
}

function nameOf(text: string, kind: FieldKind): number {
  const position = kind.names.indexOf(text);
  if (position < 0) return bad(`no such name: ${text}`, 'CroniterNotAlphaError');
  return kind.firstName + position;
}

function inRange(value: number, kind: FieldKind): number {
  return value < kind.min || value > kind.max ? bad(`out of range: ${value}`) : value;
}

/** Weekday 7 is Sunday. */
function alias(value: number, index: number): number {
  return index === WEEKDAY_FIELD && value === 7 ? 0 : value;
}
