/** The lessons' files, as text, loaded when the first lesson is looked at. */
import type { Result } from '../base/result.ts';
import { lessonFolders, loadCourse, placeOf } from '../lesson/course.ts';
import type { Course } from '../lesson/course.ts';
import type { Lesson } from '../lesson/lesson.ts';
import { loadLesson } from '../lesson/lessonFile.ts';
import type { LessonFiles } from '../lesson/lessonFile.ts';
import { readState } from '../lesson/readState.ts';
import { createRunner } from '../lesson/runner.ts';

const ROOT = '../../lessons/';
const texts: Readonly<Record<string, string>> = import.meta.glob(
  [
    '../../lessons/index.yaml',
    '../../lessons/*/**/*.{yaml,md,json,py}',
    '!../../lessons/{examples,scenarios}/**',
  ],
  { query: '?raw', import: 'default', eager: true },
);

export interface LessonContent {
  readonly course: Course;
  readonly lessons: ReadonlyMap<string, Lesson>;
  /** The layer's own functions: they come with the content, not with the page. */
  readonly placeOf: typeof placeOf;
  readonly readState: typeof readState;
  readonly createRunner: typeof createRunner;
}

/** Lessons that are not well formed are left out; the tests of the lessons say why. */
export function readLessons(): LessonContent | null {
  const course = loadCourse(texts[`${ROOT}index.yaml`] ?? '');
  if (!course.ok) return null;
  const lessons = lessonFolders(course.value).flatMap((folder) => {
    const lesson: Result<Lesson> = loadLesson(filesOf(`${ROOT}${folder}/`));
    return lesson.ok ? [[lesson.value.id, lesson.value] as const] : [];
  });
  const tools = { placeOf, readState, createRunner };
  return { course: course.value, lessons: new Map(lessons), ...tools };
}

function filesOf(folder: string): LessonFiles {
  const found = Object.entries(texts).filter(([path]) => path.startsWith(folder));
  return Object.fromEntries(found.map(([path, text]) => [path.slice(folder.length), text]));
}
