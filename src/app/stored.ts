/** Reads kept values with care: whoever can write the database can write anything into it. */
import type { ExecutorName, Fault, MachineSpec, UserAction } from '../airflow/scenario.ts';
import type { AirflowVersion } from '../airflow/spec.ts';
import type { Preferences, SourceFile } from './model.ts';
import { defaultSettings, MAX_LANES } from './settings.ts';
import type { LaneChoice, Settings } from './settings.ts';
import type { ArrivalSetting, FleetGroup } from './settingsModel.ts';

type Plain = Record<string, unknown>;

const MOST_EDITS = 500;
const MOST_ARRIVALS = 20;
const MOST_MACHINES = 20;

const EXECUTORS: readonly ExecutorName[] = ['sequential', 'local', 'celery', 'kubernetes'];
const VERSIONS: readonly AirflowVersion[] = ['3.3.2', '2.11.2'];

export function readFiles(value: unknown): SourceFile[] | null {
  if (!Array.isArray(value)) return null;
  const files = value
    .filter(isPlain)
    .flatMap(({ name, source }) =>
      typeof name === 'string' && typeof source === 'string' ? [{ name, source, dirty: true }] : [],
    );
  return files.length > 0 ? files : null;
}

export function readPreferences(value: unknown): Partial<Preferences> | null {
  if (!isPlain(value)) return null;
  const { locale, theme, shortcuts } = value;
  return {
    ...(locale === 'en' || locale === 'ko' ? { locale } : {}),
    ...(theme === 'system' || theme === 'light' || theme === 'dark' ? { theme } : {}),
    ...(typeof shortcuts === 'boolean' ? { shortcuts } : {}),
  };
}

export function readSettings(value: unknown): Settings | null {
  if (!isPlain(value) || typeof value['source'] !== 'string') return null;
  const base = defaultSettings(value['source']);
  const lanes = list(value['lanes']).flatMap(readLane).slice(0, MAX_LANES);
  const seed = value['seed'];
  const workers = list(value['workers']).flatMap(readGroup);
  return {
    ...base,
    seed: typeof seed === 'number' && Number.isSafeInteger(seed) && seed >= 0 ? seed : base.seed,
    lanes: lanes.length > 0 ? lanes : base.lanes,
    workers: workers.length > 0 ? workers : base.workers,
    options: pick(value['options'], isOption),
    durations: pick(value['durations'], isCount),
    pools: pick(value['pools'], isPool),
    latencies: pick(value['latencies'], isCount),
    prices: pick(value['prices'], isCount),
    arrivals: list(value['arrivals']).flatMap(readArrival).slice(0, MOST_ARRIVALS),
    machines: list(value['machines']).flatMap(readMachine).slice(0, MOST_MACHINES),
    faults: list(value['faults']).flatMap(readFault).slice(0, MOST_EDITS),
    actions: list(value['actions']).filter(isAction).slice(0, MOST_EDITS),
  };
}

function readLane({ executor, airflow, beside, hybrid }: Plain): LaneChoice[] {
  const e = EXECUTORS.find((one) => one === executor);
  const v = VERSIONS.find((one) => one === airflow);
  const b = EXECUTORS.find((one) => one === beside);
  if (!e || !v) return [];
  const lane: LaneChoice = { executor: e, airflow: v };
  if (b) lane.beside = b;
  if (hybrid === true) lane.hybrid = true;
  return [lane];
}

function readGroup({ name, count, concurrency, queues, ...more }: Plain): FleetGroup[] {
  if (typeof name !== 'string' || !isCount(count) || !isCount(concurrency)) return [];
  const texts = Array.isArray(queues) ? queues.filter((one) => typeof one === 'string') : null;
  const { prefetch_multiplier: ahead } = more;
  const autoscale = readRange(more['autoscale']);
  const keda = readRange(more['keda']);
  return [
    {
      name,
      count,
      concurrency,
      queues: texts,
      ...(isCount(ahead) ? { prefetch_multiplier: ahead } : {}),
      ...(autoscale ? { autoscale } : {}),
      ...(keda ? { keda } : {}),
    },
  ];
}

function readRange(value: unknown): { min: number; max: number } | null {
  const { min, max } = isPlain(value) ? value : {};
  return isCount(min) && isCount(max) ? { min, max } : null;
}

function readArrival({ dag_id, asset, per_hour, every_s }: Plain): ArrivalSetting[] {
  const of = typeof dag_id === 'string' ? { dag_id } : typeof asset === 'string' ? { asset } : null;
  if (!of) return [];
  if (isCount(per_hour)) return [{ ...of, per_hour }];
  return isCount(every_s) ? [{ ...of, every_s }] : [];
}

function readMachine({ name, runs, cores, memory_mb, containers }: Plain): MachineSpec[] {
  if (typeof name !== 'string' || !Array.isArray(runs)) return [];
  return [
    {
      name,
      runs: runs.filter((one) => typeof one === 'string'),
      ...(isCount(cores) ? { cores } : {}),
      ...(isCount(memory_mb) ? { memory_mb } : {}),
      ...(containers === true ? { containers } : {}),
    },
  ];
}

function list(value: unknown): Plain[] {
  return Array.isArray(value) ? value.filter(isPlain) : [];
}

function pick<T>(value: unknown, fits: (value: unknown) => value is T): Record<string, T> {
  if (!isPlain(value)) return {};
  const entries = Object.entries(value).flatMap(([key, one]) =>
    fits(one) && key !== '__proto__' ? [[key, one] as const] : [],
  );
  return Object.fromEntries(entries);
}

function isPlain(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

function isOption(value: unknown): value is number | string | boolean {
  return typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);
}

function isPool(value: unknown): value is { slots: number; include_deferred: boolean } {
  if (!isPlain(value)) return false;
  return Number.isSafeInteger(value['slots']) && typeof value['include_deferred'] === 'boolean';
}

/** The engine checks what a fault means; here only that it has the form of one. */
function readFault({ at_s, what, part, args }: Plain): Fault[] {
  if (!isCount(at_s) || typeof what !== 'string' || typeof part !== 'string') return [];
  const values = pick(args, isArgument);
  return [{ at_s, what, part, ...(Object.keys(values).length > 0 ? { args: values } : {}) }];
}

/** Likewise: the engine names every field that is not as it should be. */
function isAction(value: Plain): value is Plain & UserAction {
  return isCount(value['at_s']) && typeof value['action'] === 'string';
}

function isArgument(value: unknown): value is number | string {
  return typeof value === 'string' || Number.isFinite(value);
}
