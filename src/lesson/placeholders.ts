/**
 * Placeholders of the prose: {{kind:path|format}}. The numbers of a lesson come from the engine or
 * from the lesson's own data, never from a keyboard, so they cannot drift.
 *
 *   {{sim:start.local.makespan|s}}  a number that the engine computed (numbers.json)
 *   {{goal:fast|s}}                 the limit that a goal sets
 *   {{set:parallelism}}             a control as it stands now
 *   {{guess:local|clock}}           a prediction as it stands now
 *   {{lane:local}}                  a lane by its executor and slots, as it stands now
 */
export interface Placeholder {
  readonly whole: string;
  readonly kind: string;
  readonly path: string;
  readonly format: NumberFormat;
}

const NUMBER_FORMATS = ['n', 's', 's1', 'clock', 'percent', 'path'] as const;
export type NumberFormat = (typeof NUMBER_FORMATS)[number];

const PATTERN = /\{\{([a-z]+):([A-Za-z0-9_.-]+)(?:\|([a-z0-9]+))?\}\}/g;
const US = 1_000_000;

/** All of a text. `format` is left as written; `n` when none is. */
export function placeholdersOf(text: string): Placeholder[] {
  return [...text.matchAll(PATTERN)].flatMap((match) => {
    const [whole = '', kind = '', path = '', name = 'n'] = match;
    const format = NUMBER_FORMATS.find((one) => one === name);
    return format ? [{ whole, kind, path, format }] : [];
  });
}

/** What remains in braces after the well-formed ones are taken out. */
export function strayBraces(text: string): boolean {
  const rest = placeholdersOf(text).reduce((left, one) => left.replaceAll(one.whole, ''), text);
  return rest.includes('{{') || rest.includes('}}');
}

export type Lookup = (placeholder: Placeholder) => number | string | readonly string[] | null;

/** Fills in; what is not known yet is an en dash. */
export function fillIn(text: string, lookup: Lookup): string {
  return placeholdersOf(text).reduce((filled, one) => {
    const value = lookup(one);
    return filled.replaceAll(one.whole, value === null ? '–' : formatted(value, one.format));
  }, text);
}

export function formatted(
  value: number | string | readonly string[],
  format: NumberFormat,
): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'number') return value.map((id) => `\`${id}\``).join(' → ');
  switch (format) {
    case 's':
      return String(Math.round(value / US));
    case 's1':
      return (value / US).toFixed(1);
    case 'clock':
      return clock(value);
    case 'percent':
      return `${Math.round(value * 100)} %`;
    case 'n':
    case 'path':
      return String(value);
  }
}

/** 3:06, and 1:02:03 from one hour; whole seconds that have passed, as the clock shows them. */
export function clock(us: number): string {
  const all = Math.floor(us / US);
  const [hours, minutes, seconds] = [Math.floor(all / 3600), Math.floor(all / 60) % 60, all % 60];
  const two = (n: number): string => String(n).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
}
