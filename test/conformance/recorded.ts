/** Runs one recorded set of test/oracle and gives its rows, for a test to assert on. */
import { fileURLToPath } from 'node:url';
import { readCases } from '../../src/cli/oracleFiles.ts';
import { runCases, type SetRow } from '../../src/conformance/run.ts';

export const ORACLE = fileURLToPath(new URL('../oracle', import.meta.url));

export async function runSet(set: string, airflow: string): Promise<SetRow> {
  const cases = readCases(`${ORACLE}/${set}`, { set, airflow });
  if (!cases.ok) throw new Error(JSON.stringify(cases.error.slice(0, 3)));
  const [row] = await runCases(cases.value, { readFile: () => null });
  if (!row) throw new Error(`no row for ${set} ${airflow}`);
  return row;
}
