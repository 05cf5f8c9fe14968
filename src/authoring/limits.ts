/**
 * Limits on what is read, checked before Python sees anything (reliability.md section 6), and the
 * problems that say so.
 */
import { problem } from '../base/result.ts';
import type { Problem } from '../base/result.ts';
import type { SourceFile } from './protocol.ts';

export const MAX_FILE_BYTES = 256 * 1024;
export const MAX_FILES = 20;
export const MAX_TASKS = 5_000;
export const MAX_DAGS = 500;
/** Airflow's own limit for reading one file. */
export const IMPORT_SECONDS = 30;

/** Why these files are refused; empty when they may be read. */
export function checkFiles(files: readonly SourceFile[]): Problem[] {
  const problems: Problem[] = [];
  if (files.length === 0) problems.push(problem('dag_files_none'));
  if (files.length > MAX_FILES) {
    problems.push(problem('dag_files_too_many', { count: files.length, limit: MAX_FILES }));
  }
  for (const file of files) problems.push(...checkFile(file));
  return problems;
}

function checkFile(file: SourceFile): Problem[] {
  const where = { file: file.name };
  const size = byteLength(file.text);
  if (size > MAX_FILE_BYTES) {
    return [problem('dag_file_too_large', { bytes: size, limit: MAX_FILE_BYTES }, where)];
  }
  const parts = file.name.split('/');
  if (
    file.name.length > 250 ||
    parts.some((part) => part === '' || part === '..' || part === '.')
  ) {
    return [problem('dag_file_name', { name: file.name.slice(0, 250) }, where)];
  }
  return [];
}

/** Bytes of the text in UTF-8, without building a copy of a huge text. */
function byteLength(text: string): number {
  if (text.length > 4 * MAX_FILE_BYTES) return text.length;
  return new TextEncoder().encode(text).length;
}
