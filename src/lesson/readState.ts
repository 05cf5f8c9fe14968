/** A stored or linked state of a lesson: data from outside, so it is checked before it is used. */
import type { Lesson } from './lesson.ts';
import { isFields } from '../base/plain.ts';
import { MOST_ATTEMPTS, admits, startState } from './state.ts';
import type { Guesses, LessonState, Settings } from './state.ts';

/** Null when it is not a state of this lesson as the lesson is today. */
export function readState(lesson: Lesson, value: unknown): LessonState | null {
  if (!isFields(value) || value.lesson !== lesson.id) return null;
  const phase = (['predict', 'run', 'done'] as const).find((one) => one === value.phase);
  const settings = readSettings(lesson, value.settings);
  const guesses = readGuesses(lesson, value.guesses);
  const attempts = readAttempts(lesson, value.attempts);
  const counts = [value.hintsRead, value.triedAtHint, value.tried].filter(isCount);
  const [hintsRead, triedAtHint, tried] = counts;
  if (!phase || !settings || !guesses || !attempts || counts.length < 3) return null;
  const goals = lesson.goals.map(({ id }) => id);
  const reached = Array.isArray(value.reached) ? goals.filter((id) => has(value.reached, id)) : [];
  const replaying = lesson.solutions.find(({ id }) => id === value.replaying)?.id ?? null;
  return {
    ...startState(lesson),
    phase,
    settings,
    guesses,
    attempts,
    reached,
    hintsRead: Math.min(hintsRead ?? 0, lesson.hints.length),
    triedAtHint: triedAtHint ?? 0,
    tried: tried ?? 0,
    replaying,
    completed: value.completed === true,
  };
}

function has(list: unknown, id: string): boolean {
  return Array.isArray(list) && list.includes(id);
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0;
}

function readSettings(lesson: Lesson, value: unknown): Settings | null {
  if (!isFields(value)) return null;
  const settings: Record<string, number | string> = {};
  for (const control of lesson.controls) {
    const one = value[control.id];
    const known = typeof one === 'number' || typeof one === 'string';
    if (!known || !admits(control, one)) return null;
    settings[control.id] = one;
  }
  return settings;
}

function readGuesses(lesson: Lesson, value: unknown): Guesses | null {
  if (!isFields(value)) return null;
  const guesses: Record<string, number> = {};
  for (const { id } of lesson.predictions) {
    const one = value[id];
    if (one === undefined) continue;
    if (!isCount(one)) return null;
    guesses[id] = one;
  }
  return guesses;
}

function readAttempts(lesson: Lesson, value: unknown): LessonState['attempts'] | null {
  if (!Array.isArray(value) || value.length > MOST_ATTEMPTS) return null;
  const attempts: LessonState['attempts'][number][] = [];
  for (const one of value) {
    const settings = readSettings(lesson, isFields(one) ? one.settings : null);
    const guesses = readGuesses(lesson, isFields(one) ? one.guesses : null);
    if (!settings || !guesses) return null;
    attempts.push({ settings, guesses });
  }
  return attempts;
}
