/**
 * Set `dag-files`: what our import of a DAG file finds against what real Airflow found in it. The
 * import itself needs an interpreter, which the command gives through the context.
 */
import type { OracleCase } from '../oracleCase.ts';
import type { CheckContext, DagImport, DagImportAnswer, Verdict } from '../verdict.ts';
import { PASSED } from '../verdict.ts';
import { differencesOf } from './dagFilesCompare.ts';
import type { Expected } from './dagFilesCompare.ts';

interface Given {
  file?: string;
  bag_together?: string[];
  with?: string[];
  variables?: Record<string, string>;
  connections?: Record<string, string>;
  env?: Record<string, string>;
  now?: string;
}

/** Real seconds for one file: an endless loop is an import timeout after any time. */
const LIMIT_SECONDS = 5;

export async function check(oracle: OracleCase, context: CheckContext): Promise<Verdict> {
  const { given, expect } = oracle as OracleCase<Given, Expected>;
  const entries = given.bag_together ?? [given.file ?? ''];
  const paths = [...entries, ...(given.with ?? [])];
  const files = paths.map((path) => ({ name: shortOf(path), text: textOf(path, context) }));
  const lost = files.find((file) => file.text === null);
  if (lost) return { outcome: 'failed', expected: lost.name, actual: 'the file is not there' };
  if (!context.importDags) throw new Error('no interpreter to import with');
  const answer = await context.importDags({
    ...environmentOf(given),
    airflow: oracle.airflow,
    files: files.map(({ name, text }) => ({ name, text: text ?? '' })),
    entries: entries.map(shortOf),
    together: given.bag_together !== undefined,
    limitSeconds: LIMIT_SECONDS,
  });
  return verdictOf(expect, answer);
}

function environmentOf(given: Given): Pick<DagImport, 'variables' | 'connections' | 'env' | 'now'> {
  return {
    variables: given.variables ?? {},
    connections: given.connections ?? {},
    env: given.env ?? {},
    ...(given.now === undefined ? {} : { now: given.now }),
  };
}

/** Cases of the set's own folder name their files below `files/`. */
function shortOf(path: string): string {
  return path.startsWith('files/') ? path.slice('files/'.length) : path;
}

function textOf(path: string, context: CheckContext): string | null {
  return context.readFile(path) ?? context.readFile(shortOf(path));
}

function verdictOf(expected: Expected, actual: DagImportAnswer): Verdict {
  const found = differencesOf(expected, actual);
  if (found.length === 0) return PASSED;
  const first = found.slice(0, 8);
  return {
    outcome: 'failed',
    expected: Object.fromEntries(first.map((one) => [one.path, one.expected])),
    actual: Object.fromEntries(first.map((one) => [one.path, one.actual])),
  };
}
