/** What of a lesson is made by machine: the structures of its DAG files, the numbers of its prose. */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { NodePython } from '../authoring/nodePython.node.ts';
import { AIRFLOW_VERSIONS } from '../airflow/spec.ts';
import { err, ok, problem } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import { loadLesson } from '../lesson/lessonFile.ts';
import type { LessonFiles } from '../lesson/lessonFile.ts';
import { computeNumbers, pathsIn } from '../lesson/numbers.ts';
import { runLanes } from '../lesson/runScenario.ts';

/** Moment that DAG files see as now: one fixed day, so that the structures do not change. */
const NOW = '2026-01-05T00:00:00+00:00';

/** Name inside the lesson's folder -> what the importer makes of its DAG files today. */
export async function importDags(files: LessonFiles): Promise<Result<Record<string, string>>> {
  const python = await NodePython.boot();
  const made: Record<string, string> = {};
  for (const [name, text] of Object.entries(files)) {
    if (!name.endsWith('.py')) continue;
    for (const airflow of AIRFLOW_VERSIONS) {
      const source = { name: name.replace(/^.*\//, ''), text };
      const found = await python.importFiles([source], { airflow, now: NOW });
      if (!found.ok) return found;
      const [wrong] = found.value.files.flatMap((file) => file.errors);
      if (wrong) {
        const where = { file: name, ...(wrong.line === null ? {} : { line: wrong.line }) };
        return err([problem('lesson_dag_wrong', { message: wrong.message }, where)]);
      }
      const path = name.replace(/\.py$/, `.${airflow}.json`);
      made[path] = `${JSON.stringify(found.value.dags, null, 1)}\n`;
    }
  }
  return ok(made);
}

/** numbers.json as the engine computes it now. */
export function numbersFile(files: LessonFiles): Result<string> {
  // Any number will do to be read: the texts must only not name what is nowhere.
  const paths = pathsIn(
    Object.entries(files).flatMap(([name, text]) => (isText(name) ? [text] : [])),
  );
  const blank = JSON.stringify(Object.fromEntries(paths.map((path) => [path, 0])));
  const lesson = loadLesson({ ...files, 'numbers.json': blank });
  if (!lesson.ok) return lesson;
  const numbers = computeNumbers(lesson.value, runLanes);
  return numbers.ok ? ok(`${JSON.stringify(numbers.value, null, 2)}\n`) : numbers;
}

function isText(name: string): boolean {
  return name.startsWith('text.');
}

/** Writes what has changed and returns the names. */
export async function writeMade(root: string, files: LessonFiles): Promise<Result<string[]>> {
  const dags = await importDags(files);
  if (!dags.ok) return dags;
  const numbers = numbersFile({ ...files, ...dags.value });
  if (!numbers.ok) return numbers;
  const made = { ...dags.value, 'numbers.json': numbers.value };
  const changed = Object.entries(made).filter(([name, text]) => files[name] !== text);
  for (const [name, text] of changed) {
    if (existsSync(root)) writeFileSync(join(root, name), text);
  }
  return ok(changed.map(([name]) => name));
}
