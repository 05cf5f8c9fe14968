/** Finds and reads recorded cases on the disk: plain or compressed JSON Lines, a folder per set. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { all, fail, ok, type Result } from '../base/result.ts';
import { type OracleCase, parseCases } from '../conformance/oracleCase.ts';

/** `3.3.2.jsonl`, `3.3.2.jsonl.gz`, `3.3.2-2.jsonl.gz`: version, then anything, then the form. */
const CASE_FILE = /^(\d+\.\d+\.\d+)(-[^/]*)?\.jsonl(\.gz)?$/;

export interface CaseFilter {
  readonly set?: string | undefined;
  readonly airflow?: string | undefined;
  readonly id?: string | undefined;
}

/**
 * Every case below `dir` that the filter lets through. `dir` holds a folder per set, or is itself
 * the folder of one set. Files are read in the order of their names.
 */
export function readCases(dir: string, filter: CaseFilter): Result<OracleCase[]> {
  const files = caseFiles(dir, filter);
  if (!files.ok) return files;
  const parsed = all(files.value.map(readFile));
  if (!parsed.ok) return parsed;
  const wanted = parsed.value.flat().filter((oracle) => matches(oracle, filter));
  if (wanted.length === 0) return fail('cases_none', { dir, ...shown(filter) });
  return ok(wanted);
}

/** The folder of one set below `dir`, or `dir` itself when it is that folder. */
export function setFolder(dir: string, set: string): string {
  return basename(resolve(dir)) === set ? dir : join(dir, set);
}

function caseFiles(dir: string, filter: CaseFilter): Result<string[]> {
  if (!existsSync(dir)) return fail('cases_dir_missing', { dir });
  const folders = [dir, ...subfolders(dir)];
  const files = folders.flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => isWanted(name, filter))
      .sort()
      .map((name) => join(folder, name)),
  );
  return files.length === 0 ? fail('cases_none', { dir, ...shown(filter) }) : ok(files);
}

function subfolders(dir: string): string[] {
  const entries = readdirSync(dir, { withFileTypes: true });
  return entries
    .filter((e) => e.isDirectory())
    .map((e) => join(dir, e.name))
    .sort();
}

function isWanted(name: string, filter: CaseFilter): boolean {
  const version = CASE_FILE.exec(name)?.[1];
  return version !== undefined && (filter.airflow === undefined || filter.airflow === version);
}

function readFile(path: string): Result<OracleCase[]> {
  let text: string;
  try {
    const bytes = readFileSync(path);
    text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  } catch (error) {
    return fail('cases_unreadable', { message: String(error) }, { file: path });
  }
  return parseCases(text, path);
}

function matches(oracle: OracleCase, filter: CaseFilter): boolean {
  if (filter.set !== undefined && oracle.set !== filter.set) return false;
  if (filter.airflow !== undefined && oracle.airflow !== filter.airflow) return false;
  return filter.id === undefined || oracle.id === filter.id;
}

function shown(filter: CaseFilter): Record<string, string> {
  const entries = Object.entries(filter).filter((entry) => entry[1] !== undefined);
  return Object.fromEntries(entries.map(([name, value]) => [name, String(value)]));
}
