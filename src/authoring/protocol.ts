/**
 * What is said between a host and the Python session: plain JSON, the same in Node and in the page.
 * The answer comes from code that a stranger may have written, so readAnswer.ts checks it.
 */
import type { AirflowVersion, DagSpec } from '../airflow/spec.ts';
import type { Problem } from '../base/result.ts';

/** One text file as the person named it; folders are separated by `/`. */
export interface SourceFile {
  readonly name: string;
  readonly text: string;
}

export interface ImportOptions {
  readonly airflow: AirflowVersion;
  /** Files to read as DAG files; all `.py` files when absent. Others lie beside them. */
  readonly entries?: readonly string[];
  readonly variables?: Readonly<Record<string, string>>;
  readonly connections?: Readonly<Record<string, string>>;
  /** Names that tasks may choose their executor by, beside those of the classes: aliases. */
  readonly executors?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** The moment that the files see as now, ISO 8601; the real time when absent. */
  readonly now?: string;
  /** Real seconds that reading one file may take, 30 as in Airflow. */
  readonly limitSeconds?: number;
  /** All entries into one bag (then a second DAG of the same id is an error). */
  readonly together?: boolean;
  /** Try the callables to learn durations, branches and results; on by default. */
  readonly behaviour?: boolean;
}

/** An import error in the form of the recorded set dag-files, with what to do about it. */
export interface ImportError {
  readonly class: string;
  readonly stage: 'import' | 'bag' | 'serialize';
  readonly line: number | null;
  readonly module_line: number | null;
  readonly stmt_lines: readonly [number, number] | null;
  readonly cause: string | null;
  readonly dag_id?: string;
  readonly message: string;
  readonly column: number | null;
  /** `file:line in function` of the person's own files, outermost first. */
  readonly trace: readonly string[];
  readonly advice: Advice;
}

export interface Advice {
  readonly code: string;
  readonly params: Readonly<Record<string, string>>;
}

export type FileStatus = 'dags' | 'partial' | 'error' | 'empty' | 'skipped' | 'process_exit';

/** What one file (or one bag of files) gave. */
export interface ImportedFile {
  readonly file: string;
  readonly status: FileStatus;
  readonly errors: readonly ImportError[];
  readonly dags: readonly DagSpec[];
  readonly notices: readonly Advice[];
  readonly hints: readonly (Advice & { readonly line: number })[];
}

export interface Imported {
  readonly files: readonly ImportedFile[];
  /** All DAGs of all files, in the order of the files. */
  readonly dags: readonly DagSpec[];
  readonly problems: readonly Problem[];
  /** What the files printed, at most 1 MiB. */
  readonly output: string;
}

/** Steps of the start, in order, for a progress display. */
const BOOT_STEPS = ['fetch', 'runtime', 'library', 'package', 'ready'] as const;
export type BootStep = (typeof BOOT_STEPS)[number];
export type OnProgress = (step: BootStep, done: number, total: number) => void;
