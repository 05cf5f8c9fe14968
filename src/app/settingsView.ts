/** The settings as the drawer shows them: each with its default and what it means. Pure. */
import type { Problem } from '../base/result.ts';
import { problem } from '../base/result.ts';
import type { Catalog } from '../host/protocol.ts';
import { appliesTo, startOf } from './comparison.ts';
import type { Source } from './comparison.ts';
import type { SettingsModel } from './model.ts';
import { FIELDS } from './settingFields.ts';
import type { FieldSpec, NumberSpec } from './settingFields.ts';
import { laneId } from './settings.ts';
import type { Settings } from './settings.ts';
import { assetsOf, questionsOf } from './sourceFacts.ts';
import type {
  DurationSetting,
  LatencySetting,
  PoolSetting,
  SettingField,
} from './settingsModel.ts';

const DEFAULT_POOL = 'default_pool';
const DEFAULT_POOL_SLOTS = 128;

export function settingsView(
  settings: Settings,
  source: Source | null,
  catalog: Catalog | null,
): SettingsModel {
  const lanes = settings.lanes.map((lane, at) => ({ id: laneId(at), ...lane }));
  const shown = FIELDS.filter((field) => settings.lanes.some((lane) => appliesTo(field, lane)));
  return {
    lanes,
    fields: catalog ? shown.map((field) => fieldView(field, settings, source, catalog)) : [],
    workers: settings.workers,
    pools: poolsView(settings, source),
    durations: catalog ? durationsView(settings, source, catalog) : [],
    latencies: catalog ? latenciesView(settings, catalog) : [],
    prices: settings.prices,
    arrivals: settings.arrivals,
    machines: settings.machines,
    assets: assetsOf(source),
    questions: questionsOf(source),
    faults: settings.faults,
    actions: settings.actions,
    faultKinds: catalog?.faults ?? [],
    problems: settingProblems(settings),
  };
}

function fieldView(
  field: FieldSpec,
  settings: Settings,
  source: Source | null,
  catalog: Catalog,
): SettingField {
  const { id, group, option } = field;
  const given = settings.options[id];
  const executors = field.executors ? [...field.executors] : null;
  const base = { id, group, option, executors, changed: given !== undefined };
  const fallback = defaultOf(field, settings, source, catalog);
  if (field.kind === 'toggle') {
    const value = typeof given === 'boolean' ? given : fallback === true;
    return { ...base, kind: 'toggle', value, default: fallback === true };
  }
  if (field.kind === 'choice') {
    const value = typeof given === 'string' ? given : field.start;
    return { ...base, kind: 'choice', value, default: field.start, choices: [...field.choices] };
  }
  const standard = typeof fallback === 'number' ? fallback : null;
  const value = typeof given === 'number' ? given : (field.start ?? standard ?? field.min);
  const { min, max, step, unit } = field;
  return { ...base, kind: 'number', value, default: standard, min, max, step, unit };
}

/** In the version of the first lane that it has an effect on. */
function defaultOf(
  field: FieldSpec,
  settings: Settings,
  source: Source | null,
  catalog: Catalog,
): number | string | boolean | null {
  if (field.id === 'max_active_tasks') return source?.dags[0]?.max_active_tasks ?? 16;
  const lane = settings.lanes.find((one) => appliesTo(field, one));
  const version = lane?.airflow ?? '3.3.2';
  if (field.option === null) return startOf(field);
  const value = catalog.options[version][field.option] ?? null;
  if (field.kind !== 'number' || typeof value !== 'string') return value;
  return Number.isFinite(Number(value)) ? Number(value) : null;
}

function poolsView(settings: Settings, source: Source | null): PoolSetting[] {
  const used = new Map<string, number>();
  for (const task of source?.dags.flatMap((dag) => dag.tasks) ?? []) {
    used.set(task.pool, (used.get(task.pool) ?? 0) + 1);
  }
  const names = new Set([DEFAULT_POOL, ...used.keys(), ...Object.keys(settings.pools)]);
  return [...names].flatMap((name) => {
    const set = settings.pools[name];
    const fixed = name === DEFAULT_POOL;
    if (!set && !fixed) return [];
    const { slots, include_deferred } = set ?? {
      slots: DEFAULT_POOL_SLOTS,
      include_deferred: false,
    };
    return [{ name, slots, include_deferred, used_by: used.get(name) ?? 0, fixed }];
  });
}

function durationsView(
  settings: Settings,
  source: Source | null,
  catalog: Catalog,
): DurationSetting[] {
  const tasks = new Map<string, number>();
  for (const task of source?.dags.flatMap((dag) => dag.tasks) ?? []) {
    if (typeof task.behaviour?.duration_s === 'number') continue;
    const kind = task.behaviour?.kind ?? 'unknown';
    tasks.set(kind, (tasks.get(kind) ?? 0) + 1);
  }
  return Object.entries(catalog.durations).flatMap(([kind, standard]) => {
    const count = tasks.get(kind) ?? 0;
    const seconds = settings.durations[kind] ?? standard;
    if (count === 0 && settings.durations[kind] === undefined) return [];
    return [{ kind, seconds, default: standard, tasks: count }];
  });
}

/** Every entry that one of the lanes uses, with what the tables of the lanes say. */
function latenciesView(settings: Settings, catalog: Catalog): LatencySetting[] {
  const found = new Map<string, LatencySetting>();
  settings.lanes.forEach(({ executor, airflow }, at) => {
    for (const { name, unit, value, source, reference } of catalog.latencies[airflow][executor]) {
      const own = settings.latencies[name] ?? null;
      const entry = found.get(name) ?? { name, unit, tables: [], own };
      entry.tables.push({ lane: laneId(at), value, source, reference });
      found.set(name, entry);
    }
  });
  return [...found.values()];
}

/** Values outside of their range: they are shown, and the lanes run with the nearest good one. */
function settingProblems(settings: Settings): Problem[] {
  return FIELDS.flatMap((field) => {
    const value = settings.options[field.id];
    if (field.kind !== 'number' || typeof value !== 'number' || inRange(field, value)) return [];
    const { min, max } = field;
    return [problem('setting_out_of_range', { value, min, max }, { field: field.id })];
  });
}

function inRange(field: NumberSpec, value: number): boolean {
  return Number.isFinite(value) && value >= field.min && value <= field.max;
}
