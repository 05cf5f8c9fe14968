/** Lessons of this checkout, loaded, for tests. */
import { join } from 'node:path';
import { readLessonFiles, readLessonsFile } from '../../src/cli/lessonFiles.ts';
import { loadCourse } from '../../src/lesson/course.ts';
import type { Course } from '../../src/lesson/course.ts';
import { loadGlossary } from '../../src/lesson/glossary.ts';
import type { Term } from '../../src/lesson/glossary.ts';
import { loadLesson } from '../../src/lesson/lessonFile.ts';
import type { LessonFiles } from '../../src/lesson/lessonFile.ts';
import type { Lesson } from '../../src/lesson/lesson.ts';
import type { Result } from '../../src/base/result.ts';

export const folder = join(import.meta.dirname, '../../lessons');

export function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error, null, 1));
  return result.value;
}

export function course(): Course {
  return must(loadCourse(readLessonsFile(folder, 'index.yaml')));
}

export function terms(): Term[] {
  return must(loadGlossary(readLessonsFile(folder, 'glossary.yaml')));
}

export function filesOf(lesson: string): LessonFiles {
  return readLessonFiles(folder, lesson);
}

export function lesson(path: string): Lesson {
  return must(loadLesson(filesOf(path)));
}

export const PARALLEL = 'c-executors/parallel-dag';
