/**
 * Time zones without the platform's: offsets and conversions from our own table of the IANA
 * database (data/zones.json, made by data/make_zones.py), so that every JavaScript engine agrees.
 * Changes before 1970 are left out. Why not a package: see decision "time zones".
 */
import { US_PER_SECOND } from './civil.ts';
import table from './data/zones.json' with { type: 'json' };
import { changesOfYear, parsePosixRule } from './posixRule.ts';

/** Offsets of a zone: `offsets[i]` holds from `changes[i - 1]` on, `offsets[0]` before all. */
export interface Zone {
  readonly name: string;
  /** Seconds since the epoch, ascending. */
  readonly changes: readonly number[];
  /** Seconds east of UTC; one more than changes. */
  readonly offsets: readonly number[];
}

/** The years that integer microseconds in a double reach. */
const LAST_YEAR = 2_256;

const NAMES: Readonly<Record<string, number>> = table.zones;
const known = new Map<string, Zone>();

/** A zone by IANA name, or a fixed offset such as `+05:30`; null when there is no such zone. */
export function zoneOf(name: string): Zone | null {
  const cached = known.get(name);
  if (cached) return cached;
  const zone = fixedZone(name) ?? namedZone(name);
  if (zone) known.set(name, zone);
  return zone;
}

/** All IANA names, sorted. */
export function zoneNames(): string[] {
  return Object.keys(NAMES);
}

/** Offset in microseconds at an instant. */
export function offsetAt(zone: Zone, us: number): number {
  return offsetFrom(zone, us / US_PER_SECOND, (i) => zone.changes[i] ?? 0);
}

/** Wall-clock time of an instant: local microseconds, counted as if they were UTC. */
export function toLocal(zone: Zone, us: number): number {
  return us + offsetAt(zone, us);
}

/**
 * Instant of a wall-clock time, as Airflow makes it: a time that comes twice means the second one,
 * a time that does not exist is moved forward by the length of the gap.
 */
export function fromLocal(zone: Zone, local: number): number {
  const before = localOffset(zone, local, 0);
  const after = localOffset(zone, local, 1);
  if (after <= before) return local - after;
  const moved = local + (after - before);
  return moved - localOffset(zone, moved, 1);
}

/** Offset of a wall-clock time; `fold` 0: as before a change, 1: as after it (PEP 495). */
function localOffset(zone: Zone, local: number, fold: 0 | 1): number {
  return offsetFrom(zone, local / US_PER_SECOND, (i) => {
    const [old = 0, next = 0] = [zone.offsets[i], zone.offsets[i + 1]];
    return (zone.changes[i] ?? 0) + (fold === 0 ? Math.max(old, next) : Math.min(old, next));
  });
}

/** Offset after the last change whose moment, told by `momentOf`, is not after `seconds`. */
function offsetFrom(zone: Zone, seconds: number, momentOf: (index: number) => number): number {
  let low = 0;
  let high = zone.changes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (momentOf(middle) <= seconds) low = middle + 1;
    else high = middle;
  }
  return (zone.offsets[low] ?? 0) * US_PER_SECOND;
}

function fixedZone(name: string): Zone | null {
  const found = /^([+-])(\d\d):?(\d\d)(?::?(\d\d))?$/.exec(name);
  if (!found) return null;
  const [hours, minutes, seconds] = [found[2], found[3], found[4]].map((part) => Number(part ?? 0));
  const total = (hours ?? 0) * 3_600 + (minutes ?? 0) * 60 + (seconds ?? 0);
  return { name, changes: [], offsets: [found[1] === '-' ? 0 - total : total] };
}

function namedZone(name: string): Zone | null {
  const index = Object.hasOwn(NAMES, name) ? NAMES[name] : undefined;
  const text = index === undefined ? undefined : table.texts[index];
  return text === undefined ? null : decode(name, text);
}

function decode(name: string, text: string): Zone {
  const [offsetText = '', changeText = '', rule = ''] = text.split('|');
  const values = offsetText.split(' ').map(Number);
  const changes: number[] = [];
  const offsets = [values[0] ?? 0];
  let at = 0;
  for (const part of changeText === '' ? [] : changeText.split(' ')) {
    const [seconds = '', index = ''] = part.split('.');
    at += parseInt(seconds, 36);
    changes.push(at);
    offsets.push(values[parseInt(index, 36)] ?? 0);
  }
  return { name, ...withRule(changes, offsets, rule) };
}

/** Writes the changes out that the rule makes in the years after the listed ones. */
function withRule(
  changes: readonly number[],
  offsets: readonly number[],
  text: string,
): Pick<Zone, 'changes' | 'offsets'> {
  const rule = parsePosixRule(text);
  const last = changes.at(-1) ?? 0;
  const firstYear = 1970 + Math.floor(Math.max(last, 0) / 31_556_952) - 1;
  const more = { changes: [...changes], offsets: [...offsets] };
  for (let year = firstYear; rule !== null && year <= LAST_YEAR; year += 1) {
    for (const change of changesOfYear(rule, year)) {
      if (change.at <= last || change.offset === more.offsets.at(-1)) continue;
      more.changes.push(change.at);
      more.offsets.push(change.offset);
    }
  }
  return more;
}
