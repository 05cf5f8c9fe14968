/**
 * `npm run lesson -- [ID]... [--write]`: checks lessons against their contract and prints each
 * check by name. `--write` first makes anew what is made by machine (DAG structures, numbers).
 * Exit code 0 when all hold, 1 when one does not, 2 when there is no such lesson.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { errorText } from '../base/errorText.ts';
import { placeOf } from '../base/result.ts';
import type { Problem } from '../base/result.ts';
import { checkLesson } from '../lesson/checks/contract.ts';
import { lessonFolders, loadCourse } from '../lesson/course.ts';
import { loadGlossary } from '../lesson/glossary.ts';
import type { Term } from '../lesson/glossary.ts';
import { loadLesson } from '../lesson/lessonFile.ts';
import { runLanes } from '../lesson/runScenario.ts';
import { readLessonFiles, readLessonsFile } from './lessonFiles.ts';
import { writeMade } from './lessonWrite.ts';

export async function main(argv: readonly string[]): Promise<number> {
  try {
    const options = { write: { type: 'boolean', default: false } } as const;
    const { values, positionals } = parseArgs({
      args: [...argv],
      options,
      allowPositionals: true,
      strict: true,
    });
    return await checkAll(positionals, values.write);
  } catch (error) {
    process.stderr.write(`${errorText(error)}\n`);
    return 2;
  }
}

async function checkAll(ids: readonly string[], write: boolean): Promise<number> {
  const lessons = join(process.env.WINDTUNNEL_ROOT ?? '.', 'lessons');
  const course = loadCourse(readLessonsFile(lessons, 'index.yaml'));
  const glossary = loadGlossary(readLessonsFile(lessons, 'glossary.yaml'));
  if (!course.ok) return complain(course.error);
  if (!glossary.ok) return complain(glossary.error);
  const folders = lessonFolders(course.value);
  const unknown = ids.find((id) => !folders.some((folder) => folder.endsWith(`/${id}`)));
  if (unknown !== undefined) {
    throw new Error(`There is no lesson "${unknown}". Lessons: ${folders.map(idOf).join(', ')}`);
  }
  let failed = 0;
  for (const folder of folders) {
    if (ids.length > 0 && !ids.includes(idOf(folder))) continue;
    if (write && !(await rewrite(lessons, folder))) return 1;
    failed += checkOne(lessons, folder, glossary.value);
  }
  return failed > 0 ? 1 : 0;
}

function idOf(folder: string): string {
  return folder.replace(/^.*\//, '');
}

async function rewrite(lessons: string, folder: string): Promise<boolean> {
  const made = await writeMade(join(lessons, folder), readLessonFiles(lessons, folder));
  if (!made.ok) return complain(made.error) === 0;
  for (const name of made.value) process.stdout.write(`${folder}/${name} written\n`);
  return true;
}

/** Prints the checks of one lesson; how many failed. */
function checkOne(lessons: string, folder: string, terms: readonly Term[]): number {
  process.stdout.write(`${folder}\n`);
  const lesson = loadLesson(readLessonFiles(lessons, folder), `lessons/${folder}/`);
  if (!lesson.ok) return complain(lesson.error);
  const tools = { run: runLanes, now: () => performance.now(), terms };
  const checks = checkLesson(lesson.value, tools);
  for (const { number, name, ok, seen } of checks) {
    const mark = ok ? 'ok  ' : 'FAIL';
    process.stdout.write(`  ${mark} ${String(number).padStart(2)} ${name}: ${seen}\n`);
  }
  return checks.filter((check) => !check.ok).length;
}

function complain(problems: readonly Problem[]): number {
  for (const { code, params, where } of problems) {
    const facts = Object.entries(params).map(([name, value]) => `${name} ${String(value)}`);
    process.stderr.write(`${placeOf(where)}: ${code} ${facts.join(', ')}\n`);
  }
  return problems.length;
}
