/** Options of `simulate`, checked before anything is read or run. */
import { parseArgs } from 'node:util';
import { errorText } from '../../base/errorText.ts';
import { EXECUTORS, PRICED } from '../../airflow/scenario.ts';
import type { ExecutorName, PoolSpec, Priced, Prices } from '../../airflow/scenario.ts';
import { AIRFLOW_VERSIONS } from '../../airflow/spec.ts';
import type { AirflowVersion } from '../../airflow/spec.ts';
import { parseOverride } from '../../airflow/config/index.ts';
import { readExecutorList } from '../../airflow/executorList.ts';
import type { PlainFields } from '../../base/plain.ts';
import { parsePrice } from '../../explain/metrics/prices.ts';
import { besides } from '../../interchange/scenarioFile/laneOfFile.ts';
import { parseSpan } from '../../interchange/scenarioFile/span.ts';
import { sentence } from '../sentences.ts';

export const USAGE = `usage: simulate FILE.py [more] [--airflow 3.3.2|2.11.2]
  [--executor sequential@2.11.2,local,celery+kubernetes] [--config section.option=value]...
  [--workers 2] [--concurrency 16] [--pool NAME=SLOTS]... [--dag ID]... [--until 2h] [--seed 1]
  [--action "t=90 clear DAG RUN TASK downstream"]... [--fault "t=120 kill worker-2"]...
  [--logs end|90s] [--format table|json|log] [--metrics csv|json [--price node=0.34]...]
or: simulate --scenario FILE.yaml [the same options, which go before what the file says]`;

/** A message for the person who typed the command. */
export class UsageError extends Error {}

export interface LaneOption {
  executor: ExecutorName;
  airflow: AirflowVersion;
  /** Further executors of the lane, and their aliases. */
  own?: PlainFields;
}

export const FORMATS = ['table', 'json', 'log'] as const;
export type Format = (typeof FORMATS)[number];

const METRICS_FORMATS = ['csv', 'json'] as const;
export type MetricsFormat = (typeof METRICS_FORMATS)[number];

export interface SimulateOptions {
  files: string[];
  /** A scenario file, or null. */
  scenario: string | null;
  /** Null: those of the scenario file, else the usual four. */
  lanes: LaneOption[] | null;
  config: Record<string, string>;
  /** Null: as the scenario file says, else 2. */
  workers: number | null;
  /** Null: celery.worker_concurrency of the lane's configuration. */
  concurrency: number | null;
  pools: Record<string, PoolSpec>;
  dags: string[];
  /** Null: long enough for what the DAGs need. */
  untilS: number | null;
  /** Null: as the scenario file says, else 1. */
  seed: number | null;
  /** User actions and faults, one a line; checked when the scenario is put together. */
  actions: string[];
  faults: string[];
  format: Format;
  /** Where the log of each try is at this moment, seconds (Infinity: the end); null: not asked. */
  logsAtS: number | null;
  /** Metrics in this form instead of the tables. */
  metrics: MetricsFormat | null;
  prices: Prices;
}

export function readOptions(argv: readonly string[]): SimulateOptions {
  const { values, positionals } = parse(argv);
  const { scenario = null } = values;
  if (positionals.length === 0 && scenario === null) {
    throw new UsageError(`No file was named.\n${USAGE}`);
  }
  return {
    files: positionals,
    scenario,
    lanes: lanesOf(values.executor, values.airflow),
    config: configOf(values.config ?? []),
    workers: values.workers === undefined ? null : countOf('--workers', values.workers),
    concurrency: values.concurrency ? countOf('--concurrency', values.concurrency) : null,
    pools: Object.fromEntries((values.pool ?? []).map(poolOf)),
    dags: values.dag ?? [],
    untilS: values.until === undefined ? null : spanOf('--until', values.until),
    seed: values.seed === undefined ? null : seedOf(values.seed),
    actions: values.action ?? [],
    faults: values.fault ?? [],
    format: formatOf(values.format ?? 'table'),
    logsAtS: momentOf(values.logs),
    metrics: values.metrics === undefined ? null : metricsFormatOf(values.metrics),
    prices: Object.fromEntries((values.price ?? []).map(priceOf)),
  };
}

function lanesOf(executors: string | undefined, version: string | undefined): LaneOption[] | null {
  if (executors === undefined && version === undefined) return null;
  const airflow = versionOf(version ?? '3.3.2');
  const names = (executors ?? EXECUTORS.join(',')).split(',');
  return names.map((text) => laneOf(text.trim(), airflow, executors));
}

function parse(argv: readonly string[]) {
  const text = { type: 'string' } as const;
  const texts = { type: 'string', multiple: true } as const;
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      strict: true,
      options: {
        airflow: text,
        executor: text,
        config: texts,
        workers: text,
        concurrency: text,
        pool: texts,
        dag: texts,
        until: text,
        seed: text,
        format: text,
        scenario: text,
        action: texts,
        fault: texts,
        logs: text,
        metrics: text,
        price: texts,
      },
    });
  } catch (error) {
    throw new UsageError(`${errorText(error)}\n${USAGE}`);
  }
}

/** Infinity for `end`. */
function momentOf(value: string | undefined): number | null {
  if (value === undefined) return null;
  return value === 'end' ? Infinity : spanOf('--logs', value);
}

function versionOf(text: string): AirflowVersion {
  const found = AIRFLOW_VERSIONS.find((version) => version === text);
  if (found) return found;
  throw new UsageError(`Airflow ${text} is not modelled, only ${AIRFLOW_VERSIONS.join(' and ')}.`);
}

/** `celery` or `celery@2.11.2`. Asked for by name, SequentialExecutor must have a version with it. */
function laneOf(text: string, airflow: AirflowVersion, asked: string | undefined): LaneOption {
  const [name = '', version] = text.split('@');
  const chosen = version === undefined ? airflow : versionOf(version);
  const list = readExecutorList(name, chosen);
  if (!list.ok) throw new UsageError(`--executor ${text}: ${sentence(list.error)}`);
  const { executor } = list.value;
  const lane = { executor, airflow: chosen, own: besides(list.value) };
  if (executor !== 'sequential' || lane.airflow !== '3.3.2') return lane;
  if (asked === undefined) return { executor, airflow: '2.11.2', own: {} };
  throw new UsageError(
    'Airflow 3.3.2 has no SequentialExecutor: it is gone since 3.0. Say sequential@2.11.2, ' +
      'or local with --config core.parallelism=1.',
  );
}

function configOf(texts: readonly string[]): Record<string, string> {
  const entries = texts.map((text) => {
    const parsed = parseOverride(text);
    if (parsed.ok) return parsed.value;
    throw new UsageError(`--config ${text}: write section.option=value.`);
  });
  return Object.fromEntries(entries);
}

function countOf(name: string, text: string): number {
  const count = Number(text);
  if (Number.isSafeInteger(count) && count >= 1 && count <= 5_000) return count;
  throw new UsageError(`${name} ${text}: write a whole number from 1 to 5000.`);
}

function seedOf(text: string): number {
  const seed = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(seed)) return seed;
  throw new UsageError(`--seed ${text}: write a whole number from 0 on.`);
}

function poolOf(text: string): [string, PoolSpec] {
  const at = text.lastIndexOf('=');
  const slots = Number(text.slice(at + 1));
  if (at > 0 && /^-?\d+$/.test(text.slice(at + 1)) && slots >= -1) {
    return [text.slice(0, at), { slots, include_deferred: false }];
  }
  throw new UsageError(`--pool ${text}: write NAME=SLOTS, with -1 for no limit.`);
}

/** `90`, `90s`, `15m`, `2h`, `1d`. */
function spanOf(option: string, text: string): number {
  const seconds = parseSpan(text);
  if (seconds !== null && seconds > 0 && seconds <= 366 * 86_400) return seconds;
  throw new UsageError(`${option} ${text}: write a time such as 90s, 15m, 2h or 1d, at most 366d.`);
}

function formatOf(text: string): Format {
  const found = FORMATS.find((format) => format === text);
  if (found) return found;
  throw new UsageError(`--format ${text}: choose from ${FORMATS.join(', ')}.`);
}

function metricsFormatOf(text: string): MetricsFormat {
  const found = METRICS_FORMATS.find((format) => format === text);
  if (found) return found;
  throw new UsageError(`--metrics ${text}: choose from ${METRICS_FORMATS.join(', ')}.`);
}

/** Per hour. */
function priceOf(text: string): readonly [Priced, number] {
  const price = parsePrice(text);
  if (price.ok) return price.value;
  throw new UsageError(
    `--price ${text}: write PART=PRICE an hour, with a part of ${PRICED.join(', ')}.`,
  );
}
