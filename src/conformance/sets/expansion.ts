/** Set `expansion`: lengths and arguments of mapped tasks, and what return values they take. */
import { profileOf, type Profile } from '../../airflow/profile/index.ts';
import {
  expandArguments,
  expandKwargs,
  expandLength,
  isExpandable,
  isFilledByPartial,
  isHeldByPartial,
  isKwargsList,
  isOperatorArgument,
  mappableLength,
  type MapExpression,
  offeredLength,
  parseTimeLength,
  pushReturnValue,
  PyError,
  type PyValue,
  sourceOf,
  type UpstreamValues,
} from '../../airflow/rules/index.ts';
import type { OracleCase } from '../oracleCase.ts';
import { judge, type Verdict } from '../verdict.ts';
import { MAP_FUNCTIONS } from './mapFunctions.ts';

type Tree = Record<string, unknown>;

interface Given {
  form: 'expand' | 'expand_kwargs';
  args: [string, Tree][] | Tree;
  partial: [string, PyValue][];
  sources: Record<string, { mapped: boolean; value?: PyValue; values?: PyValue[] }>;
  strict?: boolean | null;
  try_indexes?: number;
  over?: number;
}

/** Arguments of the recorded operator itself. */
const OWN = ['a', 'b', 'c', 'd'];
const MOST_INDEXES = 60;

export function check(oracle: OracleCase): Verdict {
  const profile = profileOf(oracle.airflow);
  const { op } = oracle.given as { op: string };
  if (op === 'push') return judge(oracle.expect, push(profile, oracle.given as PushGiven));
  return judge(oracle.expect, expand(profile, oracle.given as Given));
}

function expand(profile: Profile, given: Given): object {
  const written = writtenArguments(given);
  const refused = refusal(profile, given, written);
  if (refused !== null) {
    const nothing = { length: null, length_error: null, parse_time_length: null };
    return { error: refused, indexes: [], ...nothing };
  }
  const upstream = upstreamOf(given);
  const sources = written.map(([, expression]) => sourceOf(expression));
  const length = expandLength(sources, (task) => offeredLength(upstream, task));
  const tried = Math.min(length ?? Infinity, given.try_indexes ?? MOST_INDEXES);
  const count = tried + (given.over ?? 0);
  return {
    error: null,
    indexes: Array.from({ length: count }, (_, i) => index(profile, given, written, upstream, i)),
    length,
    length_error: length === null ? 'NotFullyPopulated' : null,
    parse_time_length: parseTimeLength(sources),
  };
}

function writtenArguments(given: Given): [string, MapExpression][] {
  if (!Array.isArray(given.args)) return [['', expressionOf(given.args)]];
  return given.args.map(([name, tree]) => [name, expressionOf(tree)]);
}

function expressionOf(tree: Tree): MapExpression {
  const parts = (key: string): MapExpression[] => (tree[key] as Tree[]).map(expressionOf);
  if ('literal' in tree) return { literal: tree['literal'] as PyValue };
  if ('xcom' in tree) return { xcom: String(tree['xcom']) };
  if ('list_of' in tree) return { listOf: parts('list_of') };
  if ('concat' in tree) return { concat: parts('concat') };
  if ('zip' in tree) {
    const zip = parts('zip');
    return 'fillvalue' in tree ? { zip, fill: tree['fillvalue'] as PyValue } : { zip };
  }
  const [inner, name] = tree['map'] as [Tree, string];
  const by = MAP_FUNCTIONS[name];
  if (!by) throw new Error(`unknown function: ${name}`);
  return { map: expressionOf(inner), by };
}

function upstreamOf(given: Given): UpstreamValues {
  return new Map(
    Object.entries(given.sources).map(([task, source]) => [
      task,
      source.mapped ? { values: source.values ?? [] } : { value: source.value ?? null },
    ]),
  );
}

/** What Airflow refuses when the file is read. */
function refusal(
  profile: Profile,
  given: Given,
  written: readonly [string, MapExpression][],
): string | null {
  const usesKey = JSON.stringify(given.args).includes('"key":');
  if (given.form === 'expand_kwargs') {
    if (!written.every(([, expression]) => isKwargsList(expression))) return 'TypeError';
    return usesKey ? 'ValueError' : null;
  }
  const known = written.filter(([name]) => isKnown(profile, name));
  if (!known.every(([, expression]) => isExpandable(expression))) return 'ValueError';
  const partial = new Set(given.partial.map(([name]) => name));
  const isTaken = (name: string): boolean => partial.has(name) || isFilledByPartial(profile, name);
  if (known.length < written.length || written.some(([name]) => isTaken(name))) return 'TypeError';
  return usesKey ? 'ValueError' : null;
}

function isKnown(profile: Profile, name: string): boolean {
  return OWN.includes(name) || isOperatorArgument(profile, name);
}

function index(
  profile: Profile,
  given: Given,
  written: readonly [string, MapExpression][],
  upstream: UpstreamValues,
  mapIndex: number,
): object {
  try {
    const values = resolved(profile, given, written, upstream, mapIndex);
    const held = new Map([...given.partial, ...values]);
    const named = OWN.map((name) => [name, held.has(name) ? held.get(name) : 'unset']);
    return { arguments: Object.fromEntries(named), error: null };
  } catch (error) {
    if (error instanceof PyError) return { arguments: null, error: error.exception };
    throw error;
  }
}

function resolved(
  profile: Profile,
  given: Given,
  written: readonly [string, MapExpression][],
  upstream: UpstreamValues,
  mapIndex: number,
): [string, PyValue][] {
  if (given.form === 'expand') return expandArguments(profile, written, upstream, mapIndex);
  const [, expression] = written[0] ?? ['', { literal: [] }];
  const values = expandKwargs(expression, upstream, mapIndex);
  const partial = new Set(given.partial.map(([name]) => name));
  for (const [name] of values) {
    const isTaken = partial.has(name) || isHeldByPartial(profile, name);
    if (given.strict !== false && isTaken) throw new PyError('TypeError');
    if (!isKnown(profile, name)) throw new PyError(profile.unknownKwargError);
  }
  return values;
}

interface PushGiven {
  value: PyValue | { list_of_length: number } | { dict_of_length: number };
  downstream_maps_over_it: boolean;
  task_is_mapped: boolean;
  do_xcom_push: boolean;
  'core.max_map_length': number;
}

function push(profile: Profile, given: PushGiven): object {
  const length = pushedLength(given.value);
  const answer = pushReturnValue(profile, {
    value: given.value === null ? 'nothing' : length === null ? 'other' : 'mappable',
    length: length ?? 0,
    isMapped: given.task_is_mapped,
    isMappedOver: given.downstream_maps_over_it,
    doXcomPush: given.do_xcom_push,
    maxMapLength: given['core.max_map_length'],
  });
  const { error, mappedLength, pushed, reason } = answer;
  if (!profile.serverRefusesLongValues) return { error, mapped_length: mappedLength };
  const http_status = reason === null ? null : 400;
  return { error, http_status, mapped_length: mappedLength, pushed, reason };
}

function pushedLength(value: PushGiven['value']): number | null {
  if (typeof value !== 'object' || value === null) return null;
  if ('list_of_length' in value) return value.list_of_length;
  return 'dict_of_length' in value ? value.dict_of_length : mappableLength(value);
}
