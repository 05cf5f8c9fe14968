/** The lessons of a checkout, read from its folder `lessons`. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { LessonFiles } from '../lesson/lessonFile.ts';

/** Path inside the lesson's folder -> text. */
export function readLessonFiles(lessons: string, folder: string): LessonFiles {
  const root = join(lessons, folder);
  const names = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));
  const sorted = names.map((name) => name.replaceAll('\\', '/')).sort();
  return Object.fromEntries(sorted.map((name) => [name, readFileSync(join(root, name), 'utf8')]));
}

export function readLessonsFile(lessons: string, name: string): string {
  return readFileSync(join(lessons, name), 'utf8');
}
