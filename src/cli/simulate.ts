/**
 * `npm run --silent simulate -- FILE.py [more] [options]`: runs DAG files headless, with the same
 * Python import and the same engine as the page, under one executor or several. Prints a table,
 * JSON or the log; exit code 2 and one message on stderr for bad options, files or Python.
 */
import { readAll } from './simulate/dags.ts';
import { runLanes } from './simulate/lanes.ts';
import { fieldsOf } from '../base/plain.ts';
import { readOptions, UsageError } from './simulate/options.ts';
import { print } from './simulate/print.ts';
import { requestOf } from './simulate/request.ts';

export async function main(argv: readonly string[]): Promise<number> {
  try {
    const options = readOptions(argv);
    const note = (text: string): void => void process.stderr.write(`${text}\n`);
    const request = requestOf(options);
    const versions = new Set(request.lanes.map((lane) => lane.airflow));
    const executors = request.lanes.flatMap(({ own }) =>
      Object.keys(fieldsOf(own['executor_aliases'])),
    );
    const named = { files: [...request.files], dags: options.dags, executors };
    const dags = await readAll(named, request.versions, versions, note);
    process.stdout.write(print(runLanes(request, dags, note), options));
    return 0;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
}
