import { describe, expect, test } from 'vitest';
import { placeOf } from '../../src/base/result.ts';
import type { Problem } from '../../src/base/result.ts';
import { loadLesson } from '../../src/lesson/lessonFile.ts';
import type { LessonFiles } from '../../src/lesson/lessonFile.ts';
import { typedNumbers } from '../../src/lesson/parity.ts';
import { filesOf, PARALLEL } from './lessons.ts';

const files = filesOf(PARALLEL);

function problemsOf(changed: Record<string, string | null>): readonly Problem[] {
  const all: LessonFiles = Object.fromEntries(
    Object.entries({ ...files, ...changed }).flatMap(([name, text]) =>
      text === null ? [] : [[name, text]],
    ),
  );
  const result = loadLesson(all);
  return result.ok ? [] : result.error;
}

function edit(name: string, from: string, to: string): Record<string, string> {
  const text = files[name] ?? '';
  expect(text).toContain(from);
  return { [name]: text.replace(from, () => to) };
}

const codes = (problems: readonly Problem[]): string[] => problems.map(({ code }) => code);

test('lesson: as it is -> loads', () => {
  expect(problemsOf({})).toEqual([]);
});

describe('lesson files: one thing wrong -> a problem that names file and line', () => {
  const yaml = 'lesson.yaml';
  const cases: [string, Record<string, string | null>, string, RegExp][] = [
    [
      'unknown field',
      edit(yaml, 'minutes: 8', 'minuets: 8'),
      'lesson_field_unknown',
      /yaml:4 minuets/,
    ],
    [
      'wrong number',
      edit(yaml, 'minutes: 8', 'minutes: 90'),
      'lesson_field_wrong',
      /yaml:4 minutes/,
    ],
    ['broken YAML', { [yaml]: 'id: [1,' }, 'lesson_not_readable', /yaml:1/],
    [
      'unknown version',
      edit(yaml, '3.3.2]', '3.0.1]'),
      'lesson_field_wrong',
      /yaml:5 versions\[1\]/,
    ],
    [
      'unknown predicate',
      edit(yaml, '{ guessed:', '{ gessed:'),
      'lesson_predicate_unknown',
      /yaml:\d+ goals\[0\]\.check/,
    ],
    [
      'unknown lane',
      edit(yaml, 'makespanOf: local', 'makespanOf: lokal'),
      'lesson_name_unknown',
      /yaml:\d+ predict\[1\]\.makespanOf/,
    ],
    [
      'no such block',
      edit(yaml, 'text: g-close', 'text: g-cloze'),
      'lesson_name_unknown',
      /goals\[1\]\.text/,
    ],
    ['id twice', edit(yaml, 'id: close', 'id: predict'), 'lesson_id_twice', /goals\[1\]\.id/],
    [
      'two rungs',
      edit(yaml, '  - label: h-nearly\n    texts:\n      - { text: h-nearly-all }\n', ''),
      'lesson_hints_not_three',
      /hints/,
    ],
    [
      'locale nobody knows',
      { 'text.kr.md': '# title\nx' },
      'lesson_locale_unknown',
      /text\.kr\.md/,
    ],
    ['a locale missing', { 'text.ko.md': null }, 'lesson_file_missing', /text\.ko\.md/],
    ['a stray file', { 'notes.txt': 'x' }, 'lesson_file_unknown', /notes\.txt/],
    [
      'block in one language',
      edit('text.ko.md', '# c-both\n둘 다\n', ''),
      'lesson_block_missing',
      /text\.en\.md:\d+/,
    ],
    [
      'block twice',
      edit('text.en.md', '# loop', '# watch'),
      'lesson_block_twice',
      /text\.en\.md:\d+/,
    ],
    [
      'code in one language',
      edit('text.ko.md', '`load_a`와', 'load_a와'),
      'lesson_languages_differ',
      /text\.en\.md:\d+/,
    ],
    [
      'typed number',
      edit('text.en.md', 'With two slots the', 'In 185 s the'),
      'lesson_number_typed',
      /text\.en\.md:\d+/,
    ],
    [
      'number nobody computes',
      edit('text.en.md', 'sim:dag.work', 'sim:dag.wrok'),
      'lesson_placeholder_unknown',
      /text\.en\.md:\d+/,
    ],
    [
      'placeholder cut short',
      edit('text.en.md', '{{sim:dag.work|s}}', '{{sim:dag.work|s}'),
      'lesson_placeholder_wrong',
      /text\.en\.md:\d+/,
    ],
    [
      'unknown action',
      edit('solutions/best.json', '"run": true', '"go": true'),
      'lesson_action_unknown',
      /best\.json:\d+ actions\[3\]/,
    ],
    [
      'DAG file cut off',
      { 'dags/parallel_dag.3.3.2.json': '[{' },
      'lesson_dag_not_readable',
      /parallel_dag/,
    ],
    [
      'a version without structures',
      { 'dags/parallel_dag.3.3.2.json': null },
      'lesson_dag_missing',
      /yaml:5 versions\[1\]/,
    ],
    [
      'a version that no lane may use',
      edit(yaml, 'versions: [2.11.2, 3.3.2]', 'versions: [2.11.2]'),
      'lesson_version_unlisted',
      /yaml:5 versions/,
    ],
    [
      'unknown option value',
      edit('scenario.json', '"seed": 14', '"seed": -1'),
      'lesson_field_wrong',
      /scenario\.json:\d+ base\.seed/,
    ],
  ];
  test.each(cases)('%s', (_, changed, code, place) => {
    const problems = problemsOf(changed);
    const one = problems.find((each) => each.code === code);
    expect(codes(problems)).toContain(code);
    expect(placeOf(one?.where)).toMatch(place);
  });

  test('structure longer than a page or two', () => {
    const long = `${files[yaml]}${'\n# more'.repeat(120)}`;
    expect(codes(problemsOf({ [yaml]: long }))).toContain('lesson_structure_too_long');
  });
});

test('typed numbers: figures with a unit -> found; in code, words and placeholders -> not', () => {
  expect(typedNumbers('after 60 s, in 3분, 10 % off')).toEqual(['60 s', '3분', '10 %']);
  expect(typedNumbers('`sleep 60 s`, two slots, {{sim:a|s}} s, Airflow 3.3.2')).toEqual([]);
});
