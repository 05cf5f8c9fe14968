/**
 * The contract that every lesson keeps. (1) schema, (10) names and half of (9) are checked when it
 * is loaded; the rest by playing it. Each check says in a few words what it saw.
 */
import type { Lesson } from '../lesson.ts';
import type { Check, CheckTools } from './check.ts';
import { checkData } from './data.ts';
import { checkGuards } from './guards.ts';
import { checkPlays } from './plays.ts';

export function checkLesson(lesson: Lesson, tools: CheckTools): Check[] {
  const checks = [
    ...checkData(lesson, tools),
    ...checkPlays(lesson, tools),
    ...checkGuards(lesson, tools),
  ];
  return checks.sort((a, b) => a.number - b.number);
}
