import type { Problem } from '../../base/result.ts';

/** Good to know; the file was read all the same (src/authoring/problems.ts names them too). */
const NOTICES: ReadonlySet<string> = new Set([
  'provider_not_recorded',
  'library_stand_in',
  'name_not_modelled',
  'dag_file_without_dag',
  'dag_file_skipped',
  'dag_function_not_called',
]);

export function severityOf(problem: Problem): 'error' | 'warning' {
  return NOTICES.has(problem.code) ? 'warning' : 'error';
}
