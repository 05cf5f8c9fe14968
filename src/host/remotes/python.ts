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
}

export interface PythonRemote {
  import(
    files: readonly PythonFile[],
    airflow: AirflowVersion,
    progress: (progress: PythonProgress) => void,
  ): Promise<ImportAnswer>;
  /** Ends what runs; the next import starts anew. */
  cancel(): void;
}
