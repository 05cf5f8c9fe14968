/** lessons/index.yaml: the worlds, the order of lessons and the planned length of the course. */
import { err, ok } from '../base/result.ts';
import type { Problem, Result } from '../base/result.ts';
import type { Lesson, LessonLocale } from './lesson.ts';
import { Source } from './reader.ts';
import type { Place } from './view.ts';

export interface Course {
  readonly of: number;
  readonly worlds: readonly World[];
}

export interface World {
  readonly id: string;
  readonly names: Readonly<Record<LessonLocale, string>>;
  /** Ids of lessons; a lesson's folder is `WORLD/ID`. */
  readonly lessons: readonly string[];
}

export function loadCourse(text: string): Result<Course> {
  const problems: Problem[] = [];
  const root = new Source('index.yaml', text, problems).root.only(['of', 'worlds']);
  const course: Course = {
    of: root.get('of').number({ least: 1, whole: true }),
    worlds: root
      .get('worlds')
      .list()
      .map((one) => {
        one.only(['id', 'en', 'ko', 'lessons']);
        const names = { en: one.get('en').text(), ko: one.get('ko').text() };
        return { id: one.get('id').text(), names, lessons: one.get('lessons').texts() };
      }),
  };
  return problems.length > 0 ? err(problems) : ok(course);
}

/** Folders of all lessons in their order. */
export function lessonFolders(course: Course): string[] {
  return course.worlds.flatMap((world) => world.lessons.map((id) => `${world.id}/${id}`));
}

export function placeOf(course: Course, lesson: Lesson, locale: LessonLocale): Place {
  const order = course.worlds.flatMap((world) => world.lessons);
  const at = order.indexOf(lesson.id);
  const world = course.worlds.find((one) => one.id === lesson.world)?.names[locale] ?? lesson.world;
  return { of: course.of, world, next: at < 0 ? null : (order[at + 1] ?? null) };
}
