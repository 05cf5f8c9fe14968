import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { ok } from '../../src/base/result.ts';
import type { LessonModel } from '../../src/lesson/viewModel.ts';
import type { Result } from '../../src/base/result.ts';
import { placeOf } from '../../src/lesson/course.ts';
import type { LaneFacts } from '../../src/lesson/facts.ts';
import { lanesOf } from '../../src/lesson/lanes.ts';
import { LOCALES } from '../../src/lesson/lesson.ts';
import { moments } from '../../src/lesson/play.ts';
import { readState } from '../../src/lesson/readState.ts';
import { createRunner } from '../../src/lesson/runner.ts';
import type { LessonEngine, Runner } from '../../src/lesson/runner.ts';
import { runLanes } from '../../src/lesson/runScenario.ts';
import { act, startState } from '../../src/lesson/state.ts';
import type { LessonAction, LessonState } from '../../src/lesson/state.ts';
import { noteText } from '../../src/lesson/words.ts';
import { course, lesson as load, PARALLEL } from './lessons.ts';

const US = 1_000_000;
const lesson = load(PARALLEL);
const place = placeOf(course(), lesson, 'en');
const engine: LessonEngine = { run: (lanes) => Promise.resolve(runLanes(lanes)) };

const guess = (id: string, second: number): LessonAction => ({
  do: 'predict',
  id,
  us: second * US,
});
const slots = (value: number): LessonAction => ({ do: 'set', id: 'parallelism', value });

async function runner(...actions: LessonAction[]): Promise<Runner> {
  const one = createRunner(lesson, engine);
  for (const action of actions) await one.act(action);
  return one;
}

const right = [slots(2), guess('sequential', 300), guess('local', 180), { do: 'run' }] as const;

const view = (one: Runner): LessonModel => one.view('en', place);
const end = (one: Runner): number => moments(one.lanes).at(-1) ?? 0;

describe('runner: predict, run, explain, goal', () => {
  test('no guess yet -> nothing runs and nothing is drawn', async () => {
    const one = await runner({ do: 'run' });
    expect(one.state.phase).toBe('predict');
    expect(one.lanes).toEqual([]);
    expect(view(one).gantt.map(({ rows, end: at }) => [rows, at])).toEqual([
      [[], null],
      [[], null],
    ]);
    expect(view(one).predictions.map(({ actual }) => actual)).toEqual([null, null]);
  });

  test('right guesses -> goals open on the way, all reached at the end', async () => {
    const one = await runner(...right);
    expect(view(one).goals.map(({ done }) => done)).toEqual([true, false, false]);
    one.see(100 * US);
    const fast = view(one).goals[2];
    expect(fast?.value).toMatch(/^3:0\d expected$/);
    expect(fast?.note).toMatch(/^Now 1:40, still to finish: `load_a`, `load_b`, `transform`$/);
    expect(view(one).goals[1]).toMatchObject({
      done: false,
      value: expect.stringMatching(/^\d %$/),
    });
    one.see(end(one));
    expect(view(one).goals.map(({ done }) => done)).toEqual([true, true, true]);
    expect(one.state).toMatchObject({ phase: 'done', completed: true });
    expect(view(one).text.join()).toContain('critical path');
    expect(view(one).predictions.every(({ error }) => error !== null && error < 0.1)).toBe(true);
  });

  test('half way -> the insight comes when the second lane is in time', async () => {
    const one = await runner(...right);
    expect(view(one).aha).toBeNull();
    one.see(190 * US);
    expect(view(one).aha).toContain('two stairs');
    expect(one.state.phase).toBe('run');
  });

  test('the trap of one slot -> its own words, no goal lost', async () => {
    const one = await runner(guess('sequential', 300), guess('local', 180), { do: 'run' });
    expect(view(one).trap).toBeNull();
    one.see(end(one));
    expect(view(one).trap).toContain('not parallel by itself');
    expect(view(one).goals[0]?.done).toBe(true);
    expect(view(one).goals[1]?.note).toMatch(/^Local, 1 slot: you said 3:00, it took 5:\d\d$/);
    expect(view(one).goals[2]?.note).toMatch(/too long$/);
  });

  test('another setting after a run -> asks for another guess, keeps what was latched', async () => {
    const one = await runner(
      guess('sequential', 300),
      guess('local', 180),
      { do: 'run' },
      slots(4),
    );
    expect(one.state).toMatchObject({ phase: 'predict', reached: ['predict'] });
    expect(one.lanes).toEqual([]);
    await one.act({ do: 'run' });
    expect(one.state.attempts).toHaveLength(2);
    one.see(end(one));
    expect(one.state.completed).toBe(true);
  });

  test('one lane chosen -> only that one runs, the phase stays', async () => {
    const one = await runner(...right);
    await one.act({ do: 'set', id: 'executor', value: 'local' });
    expect(one.state.phase).toBe('run');
    expect(one.lanes.map(({ lane }) => lane)).toEqual(['local']);
    expect(view(one).gantt).toHaveLength(1);
  });

  test('a solution replayed -> shown to its end, but not the own success', async () => {
    const one = await runner({ do: 'replay', solution: 'best' });
    one.see(end(one));
    expect(one.state).toMatchObject({ phase: 'done', replaying: 'best', completed: false });
  });

  test('start again -> as at first, the success is remembered', async () => {
    const one = await runner(...right);
    one.see(end(one));
    await one.act({ do: 'restart' });
    expect(one.state).toEqual({ ...startState(lesson), completed: true });
    expect(view(one).goals.some(({ done }) => done)).toBe(false);
  });

  test('start again after a miss -> back to the guesses, with what was set and read', async () => {
    const one = await runner(slots(2), guess('sequential', 300), guess('local', 150), {
      do: 'run',
    });
    await one.act({ do: 'hint', rung: 0 });
    one.see(end(one));
    expect(view(one).trap).toContain('lower bound');
    await one.act({ do: 'restart' });
    expect(one.state).toMatchObject({ phase: 'predict', hintsRead: 1, reached: ['predict'] });
    expect(one.state.settings.parallelism).toBe(2);
    expect(one.lanes).toEqual([]);
    await one.act(guess('local', 180));
    await one.act({ do: 'run' });
    one.see(end(one));
    expect(one.state.completed).toBe(true);
    await one.act({ do: 'restart' });
    await one.act({ do: 'restart' });
    expect(one.state).toEqual({ ...startState(lesson), completed: true });
  });

  test('an answer that comes late -> is dropped', async () => {
    const waiting: ((result: Result<LaneFacts[]>) => void)[] = [];
    const slow: LessonEngine = { run: () => new Promise((resolve) => waiting.push(resolve)) };
    const one = createRunner(lesson, slow);
    const first = [...right].map((action) => one.act(action));
    const again = [slots(3), { do: 'run' } as const].map((action) => one.act(action));
    const lanes = runLanes(lanesOf(lesson, one.state.settings));
    waiting[1]?.(lanes);
    waiting[0]?.(ok([]));
    await Promise.all([...first, ...again]);
    expect(one.lanes).toHaveLength(2);
  });

  test('an engine that fails -> a problem, no throw', async () => {
    const broken: LessonEngine = { run: () => Promise.reject(new Error('gone')) };
    const one = createRunner(lesson, broken);
    for (const action of right) await one.act(action);
    expect(one.problems.map(({ code }) => code)).toEqual(['lesson_run_failed']);
    expect(view(one).goals[2]?.done).toBe(false);
  });
});

describe('hints: a ladder by what was done', () => {
  test('the next rung opens after reading one and trying something', async () => {
    const one = await runner();
    const states = (): string[] => view(one).hints.map(({ state }) => state);
    expect(states()).toEqual(['closed', 'locked', 'locked']);
    await one.act({ do: 'hint', rung: 1 });
    expect(states()).toEqual(['closed', 'locked', 'locked']);
    await one.act({ do: 'hint', rung: 0 });
    expect(states()).toEqual(['open', 'locked', 'locked']);
    await one.act(slots(2));
    expect(states()).toEqual(['open', 'closed', 'locked']);
    await one.act({ do: 'hint', rung: 1 });
    await one.act(guess('local', 100));
    await one.act({ do: 'hint', rung: 2 });
    expect(states()).toEqual(['open', 'open', 'open']);
  });

  test('what was set -> changes the words; a locked rung gives none away', async () => {
    const one = await runner();
    expect(view(one).hints.map(({ text }) => text !== '')).toEqual([true, false, false]);
    const before = view(one).hints[0]?.text;
    await one.act(slots(2));
    expect(view(one).hints[0]?.text).not.toBe(before);
  });
});

describe('view: in both languages', () => {
  test.each(LOCALES)(
    '%s: at every step -> no placeholder left, all texts there',
    async (locale) => {
      const one = await runner();
      const shown: string[] = [];
      const look = (): void => void shown.push(JSON.stringify(one.view(locale, place)));
      look();
      for (const action of right) {
        await one.act(action);
        look();
      }
      one.see(end(one));
      look();
      for (const text of shown) expect(text).not.toMatch(/\{\{[a-z]+:|undefined|NaN/);
      expect(one.view(locale, place).text.every((text) => text.length > 20)).toBe(true);
    },
  );

  test('right guesses -> the lane with its goal and the guess of its end', async () => {
    const page = view(await runner(...right));
    expect(page.gantt[1]).toMatchObject({
      title: 'LocalExecutor',
      goal: 200 * US,
      guess: 180 * US,
    });
    expect(page.gantt[0]?.rows.map((row) => row.length)).toEqual([1, 1, 1, 1, 1]);
    expect(page.gantt[1]?.rows.map((row) => row.length).sort((a, b) => a - b)).toEqual([2, 3]);
  });

  test('Airflow 3 -> the first lane is LocalExecutor with one slot', async () => {
    const one = await runner({ do: 'set', id: 'airflow', value: 'airflow-3' }, slots(2));
    expect(view(one).gantt[0]).toMatchObject({
      title: 'LocalExecutor',
      subtitle: '1 slot · Airflow 3.3.2',
    });
    expect(view(one).predictions.map(({ label }) => label)).toEqual([
      'Local, 1 slot',
      'Local, 2 slots',
    ]);
  });
});

const anyAction: fc.Arbitrary<LessonAction> = fc.oneof(
  fc.record({
    do: fc.constant('predict' as const),
    id: fc.constantFrom('local', 'sequential', 'x'),
    us: fc.double({ min: -1, noNaN: false }),
  }),
  fc.record({
    do: fc.constant('set' as const),
    id: fc.constantFrom('parallelism', 'airflow', 'x'),
    value: fc.oneof(fc.integer({ min: -2, max: 12 }), fc.constantFrom('airflow-3', 'both')),
  }),
  fc.record({ do: fc.constantFrom('run' as const, 'restart' as const) }),
  fc.record({ do: fc.constant('hint' as const), rung: fc.integer({ min: -1, max: 4 }) }),
  fc.record({ do: fc.constant('replay' as const), solution: fc.constantFrom('best', 'x') }),
);

test('state: any actions -> a state that survives storage, hints and latches never go back', () => {
  fc.assert(
    fc.property(fc.array(anyAction, { maxLength: 30 }), (actions) => {
      let state: LessonState = startState(lesson);
      for (const action of actions) {
        const next = act(lesson, state, action);
        if (action.do !== 'restart') expect(next.hintsRead).toBeGreaterThanOrEqual(state.hintsRead);
        expect(next.completed).toBe(state.completed);
        state = next;
        expect(readState(lesson, JSON.parse(JSON.stringify(state)))).toEqual(state);
      }
    }),
  );
});

test('stored state: damaged or of another lesson -> refused', () => {
  const good = startState(lesson);
  expect(readState(lesson, good)).toEqual(good);
  const bad: unknown[] = [
    null,
    'x',
    { ...good, lesson: 'other' },
    { ...good, phase: 'end' },
    { ...good, settings: { ...good.settings, parallelism: 99 } },
    { ...good, settings: {} },
    { ...good, guesses: { local: 'soon' } },
    { ...good, attempts: [{}] },
    { ...good, tried: -1 },
  ];
  for (const value of bad) expect(readState(lesson, value)).toBeNull();
});

test('words: every note of a predicate -> has a sentence in both languages', () => {
  const codes = ['effort', 'states'].flatMap((name) => {
    const path = join(import.meta.dirname, `../../src/lesson/predicates/${name}.ts`);
    return [...readFileSync(path, 'utf8').matchAll(/code: '([a-z_]+)'/g)].map((match) => match[1]);
  });
  expect(codes.length).toBeGreaterThan(5);
  for (const code of codes) {
    for (const locale of LOCALES) {
      const said = noteText({ code: code ?? '', params: { us: US } }, locale, (id) => id);
      expect(said, `${locale} ${code}`).not.toBeNull();
    }
  }
});
