/** Importing DAG files with real Python, as the page sees it. */
import type { AirflowVersion, DagSpec } from '../../airflow/spec.ts';
import type { Problem } from '../../base/result.ts';

export interface PythonFile {
  name: string;
  source: string;
}

export interface ImportedDag {
  spec: DagSpec;
  file: string;
}

export interface ImportAnswer {
  dags: ImportedDag[];
  problems: Problem[];
}

export interface PythonProgress {
  phase: 'loading' | 'starting' | 'importing';
  loaded: number;
  total: number;
  /** While a file's own code runs: the file, and the seconds that it may take. */
  reading: { file: string; limit_s: number } | null;
}

export interface PythonRemote {
  /** Fetches and starts Python, so that the first import waits less. Says nothing when it fails. */
  prepare(): void;
  import(
    files: readonly PythonFile[],
    airflow: AirflowVersion,
    progress: (progress: PythonProgress) => void,
  ): Promise<ImportAnswer>;
  /** Ends what runs; the next import starts anew. */
  cancel(): void;
}
