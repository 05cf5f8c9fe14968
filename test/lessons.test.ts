import { describe, expect, test } from 'vitest';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { importDags, numbersFile } from '../src/cli/lessonWrite.ts';
import { checkLesson } from '../src/lesson/checks/contract.ts';
import { lessonFolders, placeOf } from '../src/lesson/course.ts';
import { runLanes } from '../src/lesson/runScenario.ts';
import { course, filesOf, folder, lesson, must, terms } from './lesson/lessons.ts';

const folders = lessonFolders(course());

test('index: folders on disk -> each is in the order of the course, and none else', () => {
  const worlds = readdirSync(folder).filter((name) => /^[a-z]-/.test(name));
  const found = worlds.flatMap((world) =>
    readdirSync(join(folder, world)).map((id) => `${world}/${id}`),
  );
  expect(found.sort()).toEqual([...folders].sort());
  expect(folders.length).toBeGreaterThan(0);
});

describe.each(folders)('lesson %s', (path) => {
  test('id and world -> are those of its folder', () => {
    const { id, world } = lesson(path);
    expect(`${world}/${id}`).toBe(path);
    expect(placeOf(course(), lesson(path), 'ko').world).not.toBe(world);
  });

  const tools = { run: runLanes, now: () => performance.now(), terms: terms() };
  const checks = checkLesson(lesson(path), tools);

  test.each(checks)('contract $number, $name -> holds', ({ ok, seen }) => {
    expect(ok, seen).toBe(true);
  });

  test('contract -> all twelve points and the numbers were looked at', () => {
    expect(checks.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]);
  });

  test('files made by machine -> as importer and engine make them today', async () => {
    const files = filesOf(path);
    const dags = must(await importDags(files));
    expect(Object.keys(dags).length).toBeGreaterThan(0);
    for (const [name, text] of Object.entries(dags)) expect(files[name], name).toBe(text);
    expect(files['numbers.json']).toBe(must(numbersFile(files)));
  });
});
