/** Python in its cage, for the page. Loaded when the first file is imported. */
import type { AirflowVersion } from '../../airflow/spec.ts';
import { PythonSandbox } from '../../authoring/pythonSandbox.ts';
import type { BootStep, Imported } from '../../authoring/protocol.ts';
import { STANDARD_START } from '../../interchange/standardScenario.ts';
import type { ImportAnswer, PythonFile, PythonProgress, PythonRemote } from './python.ts';

type OnProgress = (progress: PythonProgress) => void;

export function startPython(): PythonRemote {
  let sandbox = new PythonSandbox();
  /** One import at a time: the interpreter has one thread, and one line of answers. */
  let last: Promise<unknown> = Promise.resolve();
  return {
    prepare: () => void sandbox.boot(),
    import(files, airflow, progress) {
      const mine = sandbox;
      const work = last.then(() => importWith(mine, files, airflow, progress));
      last = work.catch(() => undefined);
      return work;
    },
    cancel() {
      sandbox.dispose();
      sandbox = sandbox.another();
      last = Promise.resolve();
    },
  };
}

async function importWith(
  sandbox: PythonSandbox,
  files: readonly PythonFile[],
  airflow: AirflowVersion,
  progress: OnProgress,
): Promise<ImportAnswer> {
  await sandbox.boot((step, done, total) => progress(progressOf(step, done, total)));
  progress(IMPORTING);
  const sources = files.map(({ name, source }) => ({ name, text: source }));
  const options = { airflow, now: STANDARD_START };
  return answerOf(
    await sandbox.importFiles(sources, options, (limit_s, file) =>
      progress({ ...IMPORTING, reading: file === '' ? null : { file, limit_s } }),
    ),
  );
}

const IMPORTING: PythonProgress = { phase: 'importing', loaded: 0, total: 0, reading: null };

function answerOf({ files, problems }: Imported): ImportAnswer {
  const dags = files.flatMap(({ file, dags: specs }) => specs.map((spec) => ({ spec, file })));
  return { dags, problems: [...problems] };
}

function progressOf(step: BootStep, done: number, total: number): PythonProgress {
  const none = { loaded: 0, total: 0, reading: null };
  if (step === 'fetch') return { ...none, phase: 'loading', loaded: done, total };
  return { ...none, phase: step === 'ready' ? 'importing' : 'starting' };
}
