/** Set `assets`: asset conditions, names and URIs. */
import { profileOf, type Profile } from '../../airflow/profile/index.ts';
import {
  assetCondition,
  assetUri,
  isAssetIdentifier,
  isAssetName,
  joinAssets,
  type PyValue,
} from '../../airflow/rules/index.ts';
import type { AssetCondition, AssetRef } from '../../airflow/spec.ts';
import type { OracleCase } from '../oracleCase.ts';
import { judge, type Verdict } from '../verdict.ts';
import { isTruthy, pythonStr } from './pythonText.ts';

type Tree = Record<string, unknown>;

interface Known {
  name: string | null;
  uri: string;
  active?: boolean;
}

interface ConditionGiven {
  schedule: Tree;
  assets: Record<string, Known>;
  aliases: Record<string, string[]>;
  queued: string[];
}

interface AssetGiven {
  form: 'uri' | 'name' | 'both' | 'group' | 'alias' | 'ref' | 'neither';
  value: unknown;
  scheme_handlers: string[];
}

export function check(oracle: OracleCase): Verdict {
  const profile = profileOf(oracle.airflow);
  const { op } = oracle.given as { op: string };
  if (op === 'condition') {
    return judge(oracle.expect, checkCondition(profile, oracle.given as ConditionGiven));
  }
  const made = makeAsset(profile, oracle.given as AssetGiven);
  const refused = typeof made === 'string';
  return judge(oracle.expect, refused ? { error: made, name: null, uri: null } : made);
}

function checkCondition(profile: Profile, given: ConditionGiven): object {
  const list = given.schedule['list'] as Tree[] | undefined;
  const isPlain = (part: Tree): boolean => 'asset' in part || 'alias' in part;
  if (list && !profile.assetListTakesConditions && !list.every(isPlain)) {
    return { condition: null, error: 'ValueError', holds: null };
  }
  const condition = build(given, list ? { all: list } : given.schedule);
  const queued = new Set(given.queued.map((key) => given.assets[key]?.uri));
  const known = Object.values(given.assets);
  const holds = assetCondition(condition, {
    isQueued: (asset) => queued.has(asset.uri),
    underAlias: (alias) => aliased(given, alias),
    resolve: (ref) => {
      const found = known.find((one) => one.name === ref['name'] || one.uri === ref['uri']);
      return found?.active ? refOf(found) : null;
    },
  });
  return { condition: shown(profile, given, condition), error: null, holds };
}

function build(given: ConditionGiven, tree: Tree): AssetCondition {
  const parts = (key: string): AssetCondition[] =>
    (tree[key] as Tree[]).map((part) => build(given, part));
  const text = (key: string): string => String(tree[key]);
  if ('asset' in tree) return { asset: refOf(given.assets[text('asset')]) };
  if ('alias' in tree) return { alias: text('alias') };
  if ('ref_name' in tree) return { ref: { name: text('ref_name') } };
  if ('ref_uri' in tree) return { ref: { uri: text('ref_uri') } };
  if ('and' in tree) return parts('and').reduce((a, b) => joinAssets(a, b, 'all'));
  if ('or' in tree) return parts('or').reduce((a, b) => joinAssets(a, b, 'any'));
  return 'all' in tree ? { all: parts('all') } : { any: parts('any') };
}

function refOf(known: Known | undefined): AssetRef {
  const uri = known?.uri ?? '';
  const name = known?.name ?? null;
  return name === null ? { uri } : { uri, name };
}

function aliased(given: ConditionGiven, alias: string): AssetRef[] {
  return (given.aliases[alias] ?? []).map((key) => refOf(given.assets[key]));
}

/** The stored form; 2.x puts what an alias stands for in its place. */
function shown(profile: Profile, given: ConditionGiven, condition: AssetCondition): unknown {
  const inside = (parts: readonly AssetCondition[]): unknown[] =>
    parts.map((part) => shown(profile, given, part));
  if ('all' in condition) return { all: inside(condition.all) };
  if ('any' in condition) return { any: inside(condition.any) };
  if ('ref' in condition) {
    const { name, uri } = condition.ref;
    return name === undefined ? { ref_uri: uri } : { ref_name: name };
  }
  if ('alias' in condition && !profile.assetsHaveNames) {
    return { any: aliased(given, condition.alias).map((asset) => ({ asset })) };
  }
  return condition;
}

/** The fields of the object, or the class of the exception. */
function makeAsset(profile: Profile, given: AssetGiven): object | string {
  const { form, value } = given;
  if (form === 'alias') return makeAlias(profile, value);
  if (form === 'ref') return makeRef(value as { name?: unknown; uri?: unknown });
  if (!profile.assetsHaveNames) return makeDataset(profile, given);
  const both = form === 'both' ? (value as { name: unknown; uri: unknown }) : null;
  if (form === 'neither') return 'TypeError';
  if (form === 'group') return namedAsset(profile, given, 'n', 'n', value ?? 'asset');
  const name = both ? both.name : form === 'name' ? value : null;
  const uri = both ? both.uri : form === 'uri' ? value : null;
  if (name === null && uri === null) return 'TypeError';
  return namedAsset(profile, given, name ?? pythonStr(uri as PyValue), uri ?? name, 'asset');
}

function namedAsset(
  profile: Profile,
  given: AssetGiven,
  name: unknown,
  uri: unknown,
  group: unknown,
): object | string {
  const stored = assetUri(profile, pythonStr(uri as PyValue), new Set(given.scheme_handlers));
  if (stored === null || typeof name !== 'string' || !isAssetName(profile, name)) {
    return 'ValueError';
  }
  if (typeof group !== 'string' || !isAssetIdentifier(profile, group)) return 'ValueError';
  return { error: null, group, name, uri: stored };
}

function makeDataset(profile: Profile, given: AssetGiven): object | string {
  if (!isTruthy(given.value)) return 'ValueError';
  if (typeof given.value !== 'string') return 'AttributeError';
  const uri = assetUri(profile, given.value, new Set(given.scheme_handlers));
  return uri === null ? 'ValueError' : { error: null, uri };
}

function makeAlias(profile: Profile, name: unknown): object | string {
  if (!profile.assetAliasNameChecked) return { error: null, name };
  const good = typeof name === 'string' && name !== '' && isAssetIdentifier(profile, name);
  return good ? { error: null, group: 'asset', name } : 'ValueError';
}

function makeRef(value: { name?: unknown; uri?: unknown }): object | string {
  const { name = '', uri = '' } = value ?? {};
  if (isTruthy(name) === isTruthy(uri)) return 'TypeError';
  return isTruthy(name)
    ? { class: 'AssetNameRef', error: null, name }
    : { class: 'AssetUriRef', error: null, uri };
}
