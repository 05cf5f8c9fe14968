/** Python in its cage, for the page. Loaded when the first file is imported. */
import type { AirflowVersion } from '../../airflow/spec.ts';
import { PythonSandbox } from '../../authoring/pythonSandbox.ts';
import type { BootStep, Imported } from '../../authoring/protocol.ts';
import { STANDARD_START } from '../../interchange/standardScenario.ts';
import type { ImportAnswer, PythonFile, PythonProgress, PythonRemote } from './python.ts';

export function startPython(): PythonRemote {
  let sandbox = new PythonSandbox();
  return {
    async import(files, airflow, progress) {
      await sandbox.boot((step, done, total) => progress(progressOf(step, done, total)));
      progress({ phase: 'importing', loaded: 0, total: 0 });
      return importWith(sandbox, files, airflow);
    },
    cancel() {
      sandbox.dispose();
      sandbox = new PythonSandbox();
    },
  };
}

async function importWith(
  sandbox: PythonSandbox,
  files: readonly PythonFile[],
  airflow: AirflowVersion,
): Promise<ImportAnswer> {
  const sources = files.map(({ name, source }) => ({ name, text: source }));
  return answerOf(await sandbox.importFiles(sources, { airflow, now: STANDARD_START }));
}

function answerOf({ files, problems }: Imported): ImportAnswer {
  const dags = files.flatMap(({ file, dags: specs }) => specs.map((spec) => ({ spec, file })));
  return { dags, problems: [...problems] };
}

function progressOf(step: BootStep, done: number, total: number): PythonProgress {
  if (step === 'fetch') return { phase: 'loading', loaded: done, total };
  return { phase: step === 'ready' ? 'importing' : 'starting', loaded: 0, total: 0 };
}
