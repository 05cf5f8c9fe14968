/**
 * One lesson from its folder: lesson.yaml, text.LOCALE.md, scenario.json, numbers.json,
 * mutants.json, solutions/*.json, traps/*.json, dags/*.py and dags/DAG.VERSION.json (made by the
 * importer from the .py). Gives the checked lesson, or every problem with file and line.
 */
import { problem, err, ok } from '../base/result.ts';
import type { Problem, Result } from '../base/result.ts';
import { AIRFLOW_VERSIONS } from '../airflow/spec.ts';
import type { AirflowVersion, DagSpec } from '../airflow/spec.ts';
import { LOCALES } from './lesson.ts';
import type { Lesson, LessonLocale, Texts } from './lesson.ts';
import { checkParity } from './parity.ts';
import { checkReferences, checkVersions } from './references.ts';
import { isFields } from '../base/plain.ts';
import { Source } from './reader.ts';
import type { Field } from './reader.ts';
import { readMutants, readNumbers, readSetup, readSolution, readTrap } from './readSetup.ts';
import { readStructure } from './readStructure.ts';
import { readTexts } from './textFile.ts';
import type { TextFile } from './textFile.ts';

/** Path inside the lesson's folder -> text. */
export type LessonFiles = Readonly<Record<string, string>>;

const LONGEST_STRUCTURE = 120;
const NEEDED = ['lesson.yaml', 'scenario.json', 'numbers.json', 'mutants.json'];

export function loadLesson(files: LessonFiles, folder = ''): Result<Lesson> {
  const problems: Problem[] = [];
  checkNames(files, folder, problems);
  if (problems.length > 0) return err(problems);
  const open = (name: string): Source => new Source(folder + name, files[name] ?? '', problems);
  const source = open('lesson.yaml');
  const texts = readAllTexts(files, folder, problems);
  const lesson: Lesson = {
    ...readStructure(source.root),
    setup: readSetup(open('scenario.json').root),
    dags: readDags(files, folder, problems),
    solutions: readEach(files, 'solutions/', open, readSolution),
    traps: readEach(files, 'traps/', open, readTrap),
    mutants: readMutants(open('mutants.json').root),
    numbers: readNumbers(open('numbers.json').root),
    texts: textsOf(texts),
  };
  if (problems.length > 0) return err(problems);
  checkReferences(lesson, source);
  checkVersions(lesson, source);
  checkParity(lesson, texts, folder, problems);
  return problems.length > 0 ? err(problems) : ok(lesson);
}

const KNOWN = [
  /^lesson\.yaml$/,
  /^(scenario|numbers|mutants)\.json$/,
  /^(solutions|traps)\/[a-z0-9-]+\.json$/,
  /^dags\/[A-Za-z0-9_]+\.py$/,
  /^dags\/[A-Za-z0-9_.-]+\.json$/,
];

/** A misspelt locale or folder would be ignored in silence otherwise. */
function checkNames(files: LessonFiles, folder: string, problems: Problem[]): void {
  const where = (name: string): { file: string } => ({ file: folder + name });
  for (const name of Object.keys(files)) {
    const locale = /^text\.(.+)\.md$/.exec(name)?.[1];
    if (locale !== undefined) {
      if (LOCALES.some((one) => one === locale)) continue;
      problems.push(problem('lesson_locale_unknown', { locale, known: LOCALES }, where(name)));
    } else if (!KNOWN.some((pattern) => pattern.test(name))) {
      problems.push(problem('lesson_file_unknown', { name }, where(name)));
    }
  }
  for (const name of [...NEEDED, ...LOCALES.map((locale) => `text.${locale}.md`)]) {
    if (!(name in files)) problems.push(problem('lesson_file_missing', { name }, where(name)));
  }
  const lines = (files['lesson.yaml'] ?? '').trimEnd().split('\n').length;
  if (lines <= LONGEST_STRUCTURE) return;
  const params = { lines, limit: LONGEST_STRUCTURE };
  problems.push(problem('lesson_structure_too_long', params, where('lesson.yaml')));
}

function readAllTexts(
  files: LessonFiles,
  folder: string,
  problems: Problem[],
): Record<LessonLocale, TextFile> {
  const read = (locale: LessonLocale): TextFile => {
    const name = `text.${locale}.md`;
    return readTexts(folder + name, files[name] ?? '', problems);
  };
  return { en: read('en'), ko: read('ko') };
}

function textsOf(texts: Record<LessonLocale, TextFile>): Record<LessonLocale, Texts> {
  return { en: texts.en.texts, ko: texts.ko.texts };
}

function readEach<T>(
  files: LessonFiles,
  folder: string,
  open: (name: string) => Source,
  read: (id: string, root: Field) => T,
): T[] {
  const names = Object.keys(files).filter((name) => name.startsWith(folder));
  return names.sort().map((name) => {
    const id = name.slice(folder.length).replace(/\.json$/, '');
    return read(id, open(name).root);
  });
}

/** dags/NAME.VERSION.json: a list of DAGs as `import-dag` prints them. */
function readDags(files: LessonFiles, folder: string, problems: Problem[]): Lesson['dags'] {
  const dags: Partial<Record<AirflowVersion, DagSpec[]>> = {};
  for (const [name, text] of Object.entries(files)) {
    if (!/^dags\/.*\.json$/.test(name)) continue;
    const version = AIRFLOW_VERSIONS.find((one) => name.endsWith(`.${one}.json`));
    const specs = parseDags(text);
    if (version && specs) dags[version] = [...(dags[version] ?? []), ...specs];
    else problems.push(problem('lesson_dag_not_readable', {}, { file: folder + name }));
  }
  return dags;
}

/** Made by the importer, which has checked them; here only that it is such a file. */
function parseDags(text: string): DagSpec[] | null {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) && value.every(isDag) ? value : null;
  } catch {
    return null;
  }
}

function isDag(value: unknown): value is DagSpec {
  return isFields(value) && typeof value.dag_id === 'string' && Array.isArray(value.tasks);
}
