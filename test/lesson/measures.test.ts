import { describe, expect, test } from 'vitest';
import { loadCourse, placeOf } from '../../src/lesson/course.ts';
import { criticalPath, longestChain } from '../../src/lesson/criticalPath.ts';
import { checkTerms, loadGlossary } from '../../src/lesson/glossary.ts';
import { lanesOf } from '../../src/lesson/lanes.ts';
import type { Lesson } from '../../src/lesson/lesson.ts';
import { numberAt } from '../../src/lesson/measures.ts';
import { fillIn, formatted, placeholdersOf, strayBraces } from '../../src/lesson/placeholders.ts';
import { runLanes } from '../../src/lesson/runScenario.ts';
import { startState } from '../../src/lesson/state.ts';
import { readTexts, paragraphs } from '../../src/lesson/textFile.ts';
import { lesson as load, must, PARALLEL, terms } from './lessons.ts';

const lesson = load(PARALLEL);
const [dag] = lesson.dags['2.11.2'] ?? [];
const US = 1_000_000;

function lanes(parallelism: number): ReturnType<typeof runLanes> {
  return runLanes(lanesOf(lesson, { ...startState(lesson).settings, parallelism }));
}

describe('measures: the engine under the settings of the lesson', () => {
  const [sequential, one] = must(lanes(1));
  const [, two] = must(lanes(2));

  test('one slot -> the critical path is every task; two -> the longest chain', () => {
    if (!dag || !sequential || !one || !two) throw new Error('no run');
    expect(criticalPath(sequential, dag)).toHaveLength(5);
    expect(criticalPath(one, dag)).toHaveLength(5);
    const path = criticalPath(two, dag);
    expect(path).toHaveLength(3);
    expect([path[0]?.at(-1), path[2]]).toEqual([path[1]?.at(-1), 'transform']);
  });

  test('paths of numbers -> values that fit together, null for what is unknown', () => {
    if (!dag || !two) throw new Error('no run');
    const runs = new Map([['best', new Map([['local', two]])]]);
    const at = (path: string): unknown => numberAt(path, runs, dag);
    expect([at('dag.tasks'), at('dag.work'), at('dag.chain')]).toEqual([5, 300 * US, 180 * US]);
    expect(at('best.local.makespan')).toBe(two.makespan);
    expect(at('best.local.over_chain')).toBe((two.makespan ?? 0) - 180 * US);
    expect(at('best.local.over_work')).toBe((two.makespan ?? 0) - 300 * US);
    expect([at('best.local.peak'), at('best.local.slots'), at('best.local.steps')]).toEqual([
      2, 2, 3,
    ]);
    expect([at('best.local.wrong'), at('none.local.makespan'), at('dag.wrong')]).toEqual([
      null,
      null,
      null,
    ]);
  });

  test('SequentialExecutor -> holds the loop nearly all the time, LocalExecutor never', () => {
    if (!dag || !sequential || !two) throw new Error('no run');
    const runs = new Map([
      [
        'r',
        new Map([
          ['a', sequential],
          ['b', two],
        ]),
      ],
    ]);
    const held = Number(numberAt('r.a.held', runs, dag));
    expect(held / (sequential.makespan ?? 1)).toBeGreaterThan(0.9);
    expect(numberAt('r.b.held', runs, dag)).toBe(0);
    expect(sequential.loops).toBeLessThan(two.loops / 10);
  });

  test('longest chain -> by lengths, not by number of tasks', () => {
    if (!dag) throw new Error('no DAG');
    const lengths: Record<string, number> = { extract_b: 100 };
    expect(longestChain(dag, (task) => lengths[task] ?? 1)).toBe(102);
  });
});

describe('placeholders', () => {
  test('formats -> as the voice of the page has them', () => {
    expect(formatted(185_473_970, 's')).toBe('185');
    expect(formatted(185_473_970, 's1')).toBe('185.5');
    expect(formatted(185_473_970, 'clock')).toBe('3:05');
    expect(formatted(3_723 * US, 'clock')).toBe('1:02:03');
    expect(formatted(0.1, 'percent')).toBe('10 %');
    expect(formatted(['a', 'b'], 'path')).toBe('`a` → `b`');
    expect(formatted(4, 'n')).toBe('4');
  });

  test('text -> filled in, unknown ones as a dash, unknown formats left to the check', () => {
    const text = '{{sim:a.b|s}} of {{set:slots}}, {{sim:gone}}';
    expect(placeholdersOf(text)).toHaveLength(3);
    const lookup = ({ kind }: { kind: string }): number | null => (kind === 'set' ? 2 : null);
    expect(fillIn(text, lookup)).toBe('– of 2, –');
    expect(strayBraces(text)).toBe(false);
    expect(strayBraces('{{sim:a|miles}}')).toBe(true);
  });
});

test('texts: lines of a paragraph -> joined; empty lines part them', () => {
  const { texts, lines } = readTexts('t.md', '# a\none\ntwo\n\nthree\n\n# b\nx\n', []);
  expect(paragraphs(texts.a ?? '')).toEqual(['one two', 'three']);
  expect(lines).toEqual({ a: 1, b: 7 });
});

test('glossary: words to avoid -> found in prose, not in code or inside longer words', () => {
  const text = (en: string, ko: string): Lesson => ({
    ...lesson,
    texts: { en: { a: en }, ko: { a: ko } },
  });
  const found = (one: Lesson): unknown[] =>
    checkTerms(one, terms()).map(({ params }) => params.word);
  expect(found(text('its makespan', '작업은'))).toEqual(['makespan', '작업']);
  expect(found(text('`makespan` and makespans', '`작업` {{sim:작업}} 태스크'))).toEqual([]);
});

test('glossary and index: broken ones -> problems with lines', () => {
  const glossary = loadGlossary('- id: task\n  en: task\n');
  expect(glossary.ok ? [] : glossary.error.map(({ where }) => where?.line)).toContain(1);
  const course = loadCourse('of: 32\nworlds:\n  - id: x\n    en: X\n    lessons: [a]\n');
  expect(course.ok ? [] : course.error.map(({ where }) => where?.field)).toEqual(['worlds[0].ko']);
});

test('place: order of the index -> next lesson, none after the last', () => {
  const text = 'of: 3\nworlds:\n  - { id: w, en: W, ko: 월, lessons: [parallel-dag, other] }\n';
  const course = must(loadCourse(text));
  expect(placeOf(course, { ...lesson, world: 'w' }, 'ko')).toEqual({
    of: 3,
    world: '월',
    next: 'other',
  });
  expect(placeOf(course, { ...lesson, id: 'other' }, 'en').next).toBeNull();
});
