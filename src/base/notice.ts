/** Problems that are only good to know; the DAG file was read all the same. */
import type { Problem } from './result.ts';

const NOTICES: ReadonlySet<string> = new Set([
  'provider_not_recorded',
  'library_stand_in',
  'name_not_modelled',
  'executor_config_not_read',
  'executor_config_refused',
  'dag_file_without_dag',
  'dag_file_skipped',
  'dag_function_not_called',
]);

export function isNotice({ code }: Problem): boolean {
  return NOTICES.has(code);
}
