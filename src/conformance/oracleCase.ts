/** One recorded case: what real Airflow was given and what it computed. */
import { err, fail, ok, problem, type Problem, type Result } from '../base/result.ts';
import type { AirflowVersion } from '../airflow/spec.ts';
import { AIRFLOW_VERSIONS } from '../airflow/spec.ts';

export interface OracleCase<Given = unknown, Expect = unknown> {
  readonly id: string;
  readonly set: string;
  readonly airflow: AirflowVersion;
  readonly given: Given;
  readonly expect: Expect;
  readonly tags: readonly string[];
}

/**
 * Reads JSON Lines: one case a line, empty lines are passed over. A line that is no case is a
 * Problem with its file and line, and all such lines are reported, not only the first.
 */
export function parseCases(text: string, file: string): Result<OracleCase[]> {
  const cases: OracleCase[] = [];
  const problems: Problem[] = [];
  text.split('\n').forEach((line, index) => {
    if (line.trim() === '') return;
    const one = parseCase(line, file, index + 1);
    if (one.ok) cases.push(one.value);
    else problems.push(...one.error);
  });
  return problems.length > 0 ? err(problems) : ok(cases);
}

function parseCase(line: string, file: string, number: number): Result<OracleCase> {
  const where = { file, line: number };
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    return fail('case_not_json', { message: String(error) }, where);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return fail('case_not_object', {}, where);
  }
  const missing = faultyField(value as Record<string, unknown>);
  if (missing !== null) return err([problem('case_field', { field: missing }, where)]);
  return ok(value as OracleCase);
}

/** Name of the first field that is missing or of the wrong type, or null. */
function faultyField(value: Record<string, unknown>): string | null {
  if (typeof value['id'] !== 'string') return 'id';
  if (typeof value['set'] !== 'string') return 'set';
  if (!AIRFLOW_VERSIONS.includes(value['airflow'] as AirflowVersion)) return 'airflow';
  if (typeof value['given'] !== 'object' || value['given'] === null) return 'given';
  if (!('expect' in value)) return 'expect';
  if (!Array.isArray(value['tags'])) return 'tags';
  return null;
}
