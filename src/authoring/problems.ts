/**
 * The import's findings as `Problem`s with file, line and what to do. Codes:
 *
 * - before Python: dag_files_none, dag_files_too_many, dag_file_too_large, dag_file_name
 * - errors of a file: dag_syntax_error, dag_import_timeout, dag_module_gone, dag_module_newer,
 *   dag_module_unknown, dag_library_missing, dag_name_gone, dag_name_unknown, dag_argument_gone,
 *   dag_argument_unknown, dag_argument_missing, dag_list_to_list, dag_context_default,
 *   dag_trigger_rule_unknown, dag_id_character, dag_cycle, dag_duplicate_id, dag_duplicate_dag,
 *   dag_schedule_invalid, dag_executor_unknown, dag_not_serializable, dag_connection_missing,
 *   dag_exits, dag_import_error
 * - no error, but nothing came of it: dag_file_without_dag, dag_file_skipped,
 *   dag_function_not_called
 * - to know: provider_not_recorded, library_stand_in, name_not_modelled, executor_config_not_read,
 *   executor_config_refused
 * - the session itself: python_silent, python_crashed, python_out_of_memory,
 *   python_answer_too_large, python_answer_invalid, python_not_started
 *
 * `params.instead` is the name or form of today.
 */
import { problem } from '../base/result.ts';
import type { Problem, Where } from '../base/result.ts';
import type { ImportedFile, ImportError } from './protocol.ts';

/** All problems of all files, in their order. */
export function problemsOf(files: readonly ImportedFile[]): Problem[] {
  return files.flatMap((file) => [
    ...file.errors.map((error) => fromError(file.file, error)),
    ...nothingFound(file),
    ...file.notices.map((notice) => problem(notice.code, notice.params, { file: file.file })),
  ]);
}

function fromError(file: string, error: ImportError): Problem {
  const params: Record<string, string> = {
    ...error.advice.params,
    class: error.class,
    stage: error.stage,
  };
  if (error.dag_id !== undefined) params['dag_id'] = error.dag_id;
  if (error.message !== '') params['message'] ??= error.message;
  return problem(error.advice.code, params, whereOf(file, error));
}

function whereOf(file: string, error: ImportError): Where {
  const line = error.line ?? error.module_line;
  if (line === null) return { file };
  return error.column === null ? { file, line } : { file, line, column: error.column };
}

function nothingFound(file: ImportedFile): Problem[] {
  if (file.status === 'skipped') return [problem('dag_file_skipped', {}, { file: file.file })];
  if (file.status !== 'empty') return [];
  const hints = file.hints.map((hint) =>
    problem(hint.code, hint.params, { file: file.file, line: hint.line }),
  );
  return hints.length > 0 ? hints : [problem('dag_file_without_dag', {}, { file: file.file })];
}
