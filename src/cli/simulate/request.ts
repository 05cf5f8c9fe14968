/**
 * What is to be run, as a scenario file: the one that was named with the options laid over it, or
 * one that stands for the options alone.
 */
import { readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parseFault } from '../../airflow/faults/text.ts';
import { all } from '../../base/result.ts';
import type { Result } from '../../base/result.ts';
import { parseActionText } from '../../interchange/scenarioFile/actionText.ts';
import { readScenarioFile } from '../../interchange/scenarioFile/scenarioFile.ts';
import type { LaneOfFile } from '../../interchange/scenarioFile/laneOfFile.ts';
import { fieldsOf, itemsOf } from '../../base/plain.ts';
import type { PlainFields } from '../../base/plain.ts';
import type { ScenarioFile } from '../../interchange/scenarioFile/scenarioFile.ts';
import { sentence } from '../sentences.ts';
import type { SimulateOptions } from './options.ts';
import { UsageError } from './options.ts';

const USUAL_LANES: readonly LaneOfFile[] = [
  { id: 'lane-1', executor: 'sequential', airflow: '2.11.2', own: {}, dagIds: null },
  { id: 'lane-2', executor: 'local', airflow: '3.3.2', own: {}, dagIds: null },
  { id: 'lane-3', executor: 'celery', airflow: '3.3.2', own: {}, dagIds: null },
  { id: 'lane-4', executor: 'kubernetes', airflow: '3.3.2', own: {}, dagIds: null },
];
const USUAL_WORKERS = 2;

/** The file with the options before it; its DAG files with their place on the disk. */
export function requestOf(options: SimulateOptions): ScenarioFile {
  const file = options.scenario === null ? blank() : readNamed(options.scenario);
  const beside = options.scenario === null ? '.' : dirname(options.scenario);
  const lanes = options.lanes?.map((lane, i) => ({
    ...lane,
    id: `lane-${i + 1}`,
    own: lane.own ?? {},
    dagIds: null,
  }));
  return {
    ...file,
    files: [...file.files.map((name) => resolve(beside, name)), ...options.files],
    versions: Object.fromEntries(
      Object.entries(file.versions).map(([name, path]) => [name, resolve(beside, path)]),
    ),
    lanes: lanes ?? file.lanes,
    common: { ...file.common, ...overrides(options, file.common) },
    moreActions: readLines('--action', options.actions, parseActionText).map((value, i) => ({
      value,
      field: `--action[${i}]`,
    })),
  };
}

function blank(): ScenarioFile {
  const common = { fleet: { workers: [{ count: USUAL_WORKERS }] } };
  const where = (field: string) => ({ field });
  const words = { title: null, about: null };
  return {
    ...words,
    files: [],
    versions: {},
    dags: [],
    lanes: USUAL_LANES,
    common,
    where,
    has: () => false,
    moreActions: [],
  };
}

function readNamed(path: string): ScenarioFile {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat?.isFile()) throw new UsageError(`${path}: there is no such file.`);
  return orRefuse(readScenarioFile(readFileSync(path, 'utf8'), path), '');
}

/** What the options say, laid over the common part. */
function overrides(options: SimulateOptions, common: PlainFields): PlainFields {
  const { config, pools, workers, concurrency, untilS, seed } = options;
  const faults = readLines('--fault', options.faults, (line) => parseFault(line));
  return {
    config: { ...fieldsOf(common['config']), ...config },
    pools: { ...fieldsOf(common['pools']), ...pools },
    ...(untilS === null ? {} : { until_s: untilS }),
    ...(seed === null ? {} : { seed }),
    ...(workers === null && concurrency === null
      ? {}
      : { fleet: { ...fieldsOf(common['fleet']), workers: [workersOf(workers, concurrency)] } }),
    ...(options.faults.length === 0 ? {} : { faults: [...itemsOf(common['faults']), ...faults] }),
  };
}

function workersOf(count: number | null, concurrency: number | null): PlainFields {
  return { count: count ?? USUAL_WORKERS, ...(concurrency === null ? {} : { concurrency }) };
}

function readLines<T>(
  option: string,
  lines: readonly string[],
  parse: (line: string) => Result<T>,
): T[] {
  return orRefuse(all(lines.map((line) => parse(line))), option);
}

function orRefuse<T>(result: Result<T>, option: string): T {
  if (result.ok) return result.value;
  const said = sentence(result.error);
  throw new UsageError(option === '' ? said : `${option}: ${said}`);
}
