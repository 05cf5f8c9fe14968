/**
 * `npm run --silent import-dag -- FILE.py... [--airflow 3.3.2|2.11.2]`: prints what Airflow makes
 * of the files, in the form of the recorded set dag-files: `[{file, airflow, status, errors, dags}]`.
 * Files that are no `.py` lie beside the others. Exit code 0; 2 when options, files or their
 * Python are bad, with one message on stderr.
 */
import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { AIRFLOW_VERSIONS } from '../airflow/spec.ts';
import type { AirflowVersion } from '../airflow/spec.ts';
import { MAX_FILE_BYTES } from '../authoring/limits.ts';
import { NodePython } from '../authoring/nodePython.node.ts';
import { isNotice } from '../authoring/problems.ts';
import type { ImportedFile, SourceFile } from '../authoring/protocol.ts';
import { placeOf } from '../base/result.ts';
import type { Problem } from '../base/result.ts';

const USAGE = 'usage: import-dag FILE.py [more] [--airflow 3.3.2|2.11.2]';

export async function main(argv: readonly string[]): Promise<number> {
  try {
    const { airflow, paths } = readOptions(argv);
    const python = await NodePython.boot();
    const found = python.importFiles(paths.map(readSource), { airflow });
    if (!found.ok) return complain(found.error);
    const rows = found.value.files.map((file) => rowOf(file, airflow));
    process.stdout.write(`${JSON.stringify(rows, null, 1)}\n`);
    const errors = found.value.problems.filter((one) => !isNotice(one));
    return errors.length > 0 ? complain(errors) : 0;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return 2;
  }
}

function readOptions(argv: readonly string[]): { airflow: AirflowVersion; paths: string[] } {
  const options = { airflow: { type: 'string', default: '3.3.2' } } as const;
  const { values, positionals } = parseArgs({
    args: [...argv],
    options,
    allowPositionals: true,
    strict: true,
  });
  const airflow = AIRFLOW_VERSIONS.find((version) => version === values.airflow);
  if (!airflow) {
    const known = AIRFLOW_VERSIONS.join(' and ');
    throw new Error(`Airflow ${values.airflow} is not modelled, only ${known}\n${USAGE}`);
  }
  if (positionals.length === 0) throw new Error(`No file was named\n${USAGE}`);
  return { airflow, paths: positionals };
}

function readSource(path: string): SourceFile {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat?.isFile()) throw new Error(`${path}: there is no such file`);
  if (stat.size > MAX_FILE_BYTES) {
    const limit = MAX_FILE_BYTES / 1024;
    throw new Error(`${path}: ${stat.size} bytes; a file may hold ${limit} KiB`);
  }
  return { name: basename(path), text: readFileSync(path, 'utf8') };
}

function rowOf(file: ImportedFile, airflow: AirflowVersion): unknown {
  const { status, errors, dags } = file;
  return { file: file.file, airflow, status, errors, dags };
}

/** The first problem in words, and how many more there are. */
function complain(problems: readonly Problem[]): number {
  const [first, ...more] = problems;
  if (first) {
    const rest = more.length > 0 ? ` (and ${more.length} more)` : '';
    process.stderr.write(`${placeOf(first.where)}: ${wordsOf(first)}${rest}\n`);
  }
  return 2;
}

function wordsOf({ code, params }: Problem): string {
  const message = params['message'] ?? params['class'];
  const instead = params['instead'] ? `; today: ${String(params['instead'])}` : '';
  const named = Object.entries(params)
    .filter(([name]) => !['message', 'class', 'stage', 'instead'].includes(name))
    .map(([name, value]) => `${name} ${String(value)}`);
  const facts = message === undefined ? named.join(', ') : String(message);
  return `${code}: ${facts}${instead}`;
}
