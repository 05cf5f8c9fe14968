/**
 * Checks what the Python side answers. Its code may be a stranger's and may have replaced any part
 * of the session, so every field that is read later is looked at here; unknown fields stay inert.
 */
import type { DagSpec } from '../airflow/spec.ts';
import { err, ok, problem } from '../base/result.ts';
import type { Problem, Result } from '../base/result.ts';
import { dagShape } from '../airflow/specShape.ts';
import { MAX_DAGS, MAX_TASKS } from './limits.ts';
import { problemsOf } from './problems.ts';
import type { Imported, ImportedFile } from './protocol.ts';
import { listOf, mapOf, oneOf, optional, or, nil, record, text, integer } from '../base/shape.ts';
import type { Check } from '../base/shape.ts';

const advice = { code: text, params: mapOf(or(text, nil)) };

const errorShape = record({
  class: text,
  stage: oneOf('import', 'bag', 'serialize'),
  line: or(integer, nil),
  module_line: or(integer, nil),
  stmt_lines: or(listOf(integer), nil),
  cause: or(text, nil),
  dag_id: optional(text),
  message: text,
  column: or(integer, nil),
  trace: listOf(text),
  advice: record(advice),
});

const fileShape = record({
  file: text,
  status: oneOf('dags', 'partial', 'error', 'empty', 'skipped', 'process_exit'),
  errors: listOf(errorShape),
  dags: listOf(dagShape),
  notices: listOf(record(advice)),
  hints: listOf(record({ ...advice, line: integer })),
});

const answerShape: Check = record({ files: listOf(fileShape), output: text });

/** The checked answer, or python_answer_invalid with the path of the first wrong field. */
export function readAnswer(json: string): Result<Imported> {
  const parsed = parse(json);
  if (parsed === undefined) return err([problem('python_answer_invalid', { field: 'JSON' })]);
  const wrong = answerShape(parsed, '');
  if (wrong !== null) return err([problem('python_answer_invalid', { field: wrong.path })]);
  const { files, output } = parsed as { files: ImportedFile[]; output: string };
  const dags = files.flatMap((file) => file.dags);
  const tooMany = sizeProblems(dags);
  if (tooMany.length > 0) return err(tooMany);
  return ok({ files, dags, problems: problemsOf(files), output });
}

/** JSON without `__proto__` keys, which would be the one way for data to change behaviour. */
function parse(json: string): unknown {
  try {
    return JSON.parse(json, (key, value: unknown) => (key === '__proto__' ? undefined : value));
  } catch {
    return undefined;
  }
}

function sizeProblems(dags: readonly DagSpec[]): Problem[] {
  const found: Problem[] = [];
  if (dags.length > MAX_DAGS) {
    found.push(problem('dag_count_too_large', { count: dags.length, limit: MAX_DAGS }));
  }
  for (const dag of dags) {
    const count = dag.tasks.length;
    if (count > MAX_TASKS) {
      const params = { dag_id: dag.dag_id, count, limit: MAX_TASKS };
      found.push(problem('dag_tasks_too_many', params));
    }
  }
  return found;
}
