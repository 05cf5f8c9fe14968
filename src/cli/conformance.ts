/**
 * `npm run --silent conformance -- --cases DIR [--set S] [--airflow V] [--id ID] [--files DIR]
 * [--json]`: replays recorded Airflow cases and shows every difference.
 * Exit code 0: nothing failed; 1: something did; 2: the cases or the options could not be read.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { parseArgs } from 'node:util';
import type { OracleCase } from '../conformance/oracleCase.ts';
import { toJson, toText } from '../conformance/report.ts';
import { runCases } from '../conformance/run.ts';
import { ON_REQUEST } from '../conformance/sets/index.ts';
import type { CheckContext } from '../conformance/verdict.ts';
import { casesFolder, complain, optionsOr } from './caseCommand.ts';
import { dagImporter } from './dagImporter.ts';
import { readCases, setFolder } from './oracleFiles.ts';

const USAGE =
  'usage: conformance --cases DIR [--set SET] [--airflow VERSION] [--id CASE] ' +
  '[--files DIR] [--json]';

const OPTIONS = {
  cases: { type: 'string' },
  set: { type: 'string' },
  airflow: { type: 'string' },
  id: { type: 'string' },
  files: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

interface Options {
  cases: string;
  set?: string | undefined;
  airflow?: string | undefined;
  id?: string | undefined;
  files?: string | undefined;
  json: boolean;
}

export async function main(argv: readonly string[]): Promise<number> {
  const options = readOptions(argv);
  if (options === null) return 2;
  const cases = readCases(options.cases, options);
  if (!cases.ok) return complain(cases.error, MESSAGES);
  const rows = await runCases(cases.value, contextOf(options), options.set);
  const text = options.json ? toJson(rows) : toText(rows, elsewhere(cases.value, options.set));
  process.stdout.write(`${text}\n`);
  return rows.some((row) => row.failed > 0) ? 1 : 0;
}

function readOptions(argv: readonly string[]): Options | null {
  return optionsOr(USAGE, () => {
    const { values } = parseArgs({ args: [...argv], options: OPTIONS, strict: true });
    return { ...values, cases: casesFolder(values.cases) };
  });
}

const MESSAGES: Readonly<Record<string, string>> = {
  cases_none: 'no recorded case here fits',
  case_not_json: 'this line is not JSON; a case is one JSON object on one line',
  case_not_object: 'this line is no JSON object; a case is one JSON object on one line',
  case_field: 'a field of the case is missing or of the wrong type',
};

function elsewhere(cases: readonly OracleCase[], asked: string | undefined): string[] {
  return [...ON_REQUEST].flatMap(([set, command]) => {
    if (set === asked) return [];
    const count = cases.filter((oracle) => oracle.set === set).length;
    return count === 0 ? [] : [`${set}: ${count} cases, judged by ${command}`];
  });
}

/** Files that cases name are read from one folder only, never from outside it. */
function contextOf(options: Options): CheckContext {
  const folder = resolve(options.files ?? join(setFolder(options.cases, 'dag-files'), 'files'));
  return {
    importDags: dagImporter(),
    readFile(path) {
      const full = resolve(folder, path);
      if (!full.startsWith(folder + sep) || !existsSync(full)) return null;
      return readFileSync(full, 'utf8');
    },
  };
}
