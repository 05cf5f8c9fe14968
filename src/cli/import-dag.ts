/**
 * `npm run --silent import-dag -- FILE.py... [--airflow 3.3.2|2.11.2]`: prints what Airflow makes
 * of the files, in the form of the recorded set dag-files: `[{file, airflow, status, errors, dags}]`.
 * Files that are no `.py` lie beside the others. Exit code 0; 2 when options, files or their
 * Python are bad, with one message on stderr.
 */
import { parseArgs } from 'node:util';
import { errorText } from '../base/errorText.ts';
import { AIRFLOW_VERSIONS } from '../airflow/spec.ts';
import type { AirflowVersion } from '../airflow/spec.ts';
import { NodePython } from '../authoring/nodePython.node.ts';
import { isNotice } from '../base/notice.ts';
import type { ImportedFile } from '../authoring/protocol.ts';
import type { Problem } from '../base/result.ts';
import { sentence } from './sentences.ts';
import { readSourceFile } from './sourceFile.ts';

const USAGE = 'usage: import-dag FILE.py [more] [--airflow 3.3.2|2.11.2]';

export async function main(argv: readonly string[]): Promise<number> {
  try {
    const { airflow, paths } = readOptions(argv);
    const python = await NodePython.boot();
    const found = await python.importFiles(paths.map(readSourceFile), { airflow });
    if (!found.ok) return complain(found.error);
    const rows = found.value.files.map((file) => rowOf(file, airflow));
    process.stdout.write(`${JSON.stringify(rows, null, 1)}\n`);
    const errors = found.value.problems.filter((one) => !isNotice(one));
    return errors.length > 0 ? complain(errors) : 0;
  } catch (error) {
    process.stderr.write(`${errorText(error)}\n`);
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

function rowOf(file: ImportedFile, airflow: AirflowVersion): unknown {
  const { status, errors, dags } = file;
  return { file: file.file, airflow, status, errors, dags };
}

/** The first problem in words, and how many more there are. */
function complain(problems: readonly Problem[]): number {
  process.stderr.write(`${sentence(problems)}\n`);
  return 2;
}
