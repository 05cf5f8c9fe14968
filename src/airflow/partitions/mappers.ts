/**
 * Partition mappers (3.x; semantics 9.11): from the key of an asset event to the keys of the runs
 * that wait for it, and back to all keys that a roll-up wants. null = Airflow raises.
 * Source: partition_mappers/*.py.
 */
import { fieldsOf, itemsOf, textOf, type PlainFields } from '../../base/plain.ts';
import { fromLocal, zoneOf } from '../timetables/zones.ts';
import { membersOf, readKey, startOf, UNITS, writeKey, type Unit } from './periods.ts';

export type Window =
  | { readonly kind: 'period'; readonly unit: Unit; readonly backward: boolean }
  | { readonly kind: 'segments'; readonly keys: readonly string[] };

interface StartOf {
  readonly kind: 'start_of';
  readonly unit: Unit;
  readonly timezone: string;
  readonly input: string;
  readonly output: string;
}

export type Mapper = { readonly most: number | null } & (
  | { readonly kind: 'identity' }
  | { readonly kind: 'fixed'; readonly key: string }
  | { readonly kind: 'allowed'; readonly keys: readonly string[] }
  | StartOf
  | { readonly kind: 'chain'; readonly of: readonly Mapper[] }
  | { readonly kind: 'product'; readonly of: readonly Mapper[]; readonly delimiter: string }
  | {
      readonly kind: 'rollup';
      readonly upstream: Mapper;
      readonly window: Window;
      /** MinimumCount(n); null: WaitForAll. */
      readonly minimum: number | null;
    }
  | {
      readonly kind: 'fan_out';
      readonly upstream: Mapper;
      readonly window: Window;
      readonly downstream: Mapper;
    }
);

/** Keys of the runs that wait for an event with this key. */
export function toDownstream(mapper: Mapper, key: string): readonly string[] | null {
  switch (mapper.kind) {
    case 'identity':
      return [key];
    case 'fixed':
      return [mapper.key];
    case 'allowed':
      return mapper.keys.includes(key) ? [key] : null;
    case 'start_of':
      return startKey(mapper, key);
    case 'chain':
      return mapper.of.reduce<readonly string[] | null>(
        (keys, each) => flat(keys?.map((one) => toDownstream(each, one)) ?? [null]),
        [key],
      );
    case 'product':
      return product(mapper.of, key.split(mapper.delimiter), mapper.delimiter);
    case 'rollup':
      return toDownstream(mapper.upstream, key);
    case 'fan_out':
      return fanOut(mapper, key);
  }
}

function flat(lists: readonly (readonly string[] | null)[]): string[] | null {
  return lists.includes(null) ? null : lists.flatMap((list) => list ?? []);
}

function startKey(mapper: StartOf, key: string): string[] | null {
  const local = readKey(key, mapper.input);
  return local === null ? null : [writeKey(startOf(mapper.unit, local), mapper.output)];
}

function product(
  mappers: readonly Mapper[],
  parts: readonly string[],
  delimiter: string,
): string[] | null {
  if (parts.length !== mappers.length) return null;
  const found = flat(
    mappers.map((mapper, i) => {
      const keys = toDownstream(mapper, parts[i]!);
      return keys?.length === 1 ? keys : null;
    }),
  );
  return found === null ? null : [found.join(delimiter)];
}

type FanOut = Extract<Mapper, { kind: 'fan_out' }>;
type Rollup = Extract<Mapper, { kind: 'rollup' }>;

function fanOut({ upstream, window, downstream }: FanOut, key: string): string[] | null {
  const coarse = toDownstream(upstream, key);
  if (coarse?.length !== 1) return null;
  const members = membersFrom(upstream, window, coarse[0]!);
  if (members === null) return null;
  return members.map((member) => {
    if (typeof member === 'string') return member;
    return downstream.kind === 'start_of'
      ? writeKey(member, downstream.output)
      : writeKey(member, '%Y-%m-%dT%H:%M:%S');
  });
}

/** Members of the window of a key that a mapper has made: moments, or fixed segments. */
function membersFrom(
  mapper: Mapper,
  window: Window,
  key: string,
): readonly (number | string)[] | null {
  if (window.kind === 'segments') return window.keys;
  if (mapper.kind !== 'start_of') return null;
  const local = readKey(key, mapper.output);
  return local === null ? null : membersOf(window.unit, local, window.backward);
}

/** All keys of events that a run of this key waits for. */
function toUpstream({ upstream, window }: Rollup, key: string): readonly string[] | null {
  const members = membersFrom(upstream, window, key);
  const input = upstream.kind === 'start_of' ? upstream.input : '';
  return (
    members?.map((member) => (typeof member === 'string' ? member : writeKey(member, input))) ??
    null
  );
}

/** Whether the events that came are enough: one, or as many as the roll-up's policy wants. */
export function isSatisfied(mapper: Mapper, key: string, came: ReadonlySet<string>): boolean {
  if (mapper.kind !== 'rollup') return came.size > 0;
  const wanted = toUpstream(mapper, key);
  if (wanted === null) return false;
  const matched = wanted.filter((each) => came.has(each)).length;
  const { minimum } = mapper;
  if (minimum === null) return matched === wanted.length;
  return matched >= (minimum > 0 ? minimum : Math.max(0, wanted.length + minimum));
}

/** Instant of the partition that a key names, microseconds since 1970; null when it names none. */
export function partitionDate(mapper: Mapper, key: string): number | null {
  switch (mapper.kind) {
    case 'start_of': {
      const local = readKey(key, mapper.output);
      const zone = zoneOf(mapper.timezone);
      if (local === null) return null;
      const start = startOf(mapper.unit, local);
      return zone ? fromLocal(zone, start) : start;
    }
    case 'rollup':
      return partitionDate(mapper.upstream, key);
    case 'fan_out':
      return partitionDate(mapper.downstream, key);
    case 'chain': {
      const last = mapper.of.at(-1);
      return last ? partitionDate(last, key) : null;
    }
    case 'product': {
      const parts = key.split(mapper.delimiter);
      const dates = mapper.of.flatMap((each, i) => partitionDate(each, parts[i] ?? '') ?? []);
      return parts.length === mapper.of.length && dates.length === 1 ? dates[0]! : null;
    }
    default:
      return null;
  }
}

/** A mapper as it is serialised: `{"__type": path of the class, "__var": its data}`. */
export function readMapper(form: unknown): Mapper {
  const { name, data } = partOf(form);
  const most = typeof data['max_downstream_keys'] === 'number' ? data['max_downstream_keys'] : null;
  const unit = UNITS.find((each) => name === `StartOf${each}Mapper`);
  if (unit) {
    const timezone = textOf(data['timezone'], 'UTC');
    const input = textOf(data['input_format'], '%Y-%m-%dT%H:%M:%S');
    return {
      most,
      kind: 'start_of',
      unit,
      timezone,
      input,
      output: textOf(data['output_format'], ''),
    };
  }
  switch (name) {
    case 'FixedKeyMapper':
      return { most, kind: 'fixed', key: textOf(data['downstream_key'], '') };
    case 'AllowedKeyMapper':
      return { most, kind: 'allowed', keys: texts(data['allowed_keys']) };
    case 'ChainMapper':
      return { most, kind: 'chain', of: itemsOf(data['mappers']).map(readMapper) };
    case 'ProductMapper': {
      const of = itemsOf(data['mappers']).map(readMapper);
      return { most, kind: 'product', of, delimiter: textOf(data['delimiter'], '|') };
    }
    case 'RollupMapper':
      return {
        most,
        kind: 'rollup',
        upstream: readMapper(data['upstream_mapper']),
        window: readWindow(data['window']),
        minimum: readPolicy(data['wait_policy']),
      };
    case 'FanOutMapper':
      return {
        most,
        kind: 'fan_out',
        upstream: readMapper(data['upstream_mapper']),
        window: readWindow(data['window']),
        downstream: readMapper(data['downstream_mapper']),
      };
    default:
      return { most, kind: 'identity' };
  }
}

function readWindow(form: unknown): Window {
  const { name, data } = partOf(form);
  const unit = UNITS.find((each) => name === `${each}Window`);
  if (unit) return { kind: 'period', unit, backward: data['direction'] === 'backward' };
  return { kind: 'segments', keys: texts(data['segments']) };
}

function readPolicy(form: unknown): number | null {
  const { name, data } = partOf(form);
  return name === 'MinimumCount' && typeof data['n'] === 'number' ? data['n'] : null;
}

function partOf(form: unknown): { name: string; data: PlainFields } {
  const part = fieldsOf(form);
  const path = textOf(part['__type'], '');
  return { name: path.slice(path.lastIndexOf('.') + 1), data: fieldsOf(part['__var']) };
}

function texts(value: unknown): string[] {
  return itemsOf(value).map(String);
}
