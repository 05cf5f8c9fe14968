/**
 * The contract that every lesson keeps. (1) schema, (10) names and half of (9) are checked when it
 * is loaded; the rest by playing it. Each check says in a few words what it saw.
 */
import type { Lesson } from '../lesson.ts';
import { checkData } from './data.ts';
import { checkGuards } from './guards.ts';
import { checkPlays } from './plays.ts';
import type { RunLanes } from '../play.ts';
import type { Term } from '../glossary.ts';

export interface Check {
  /** As the list of the contract counts them; 13 is ours. */
  readonly number: number;
  readonly name: string;
  readonly ok: boolean;
  readonly seen: string;
}

export interface CheckTools {
  readonly run: RunLanes;
  /** Milliseconds of a real clock; the pure layers have none. */
  readonly now: () => number;
  readonly terms: readonly Term[];
}

export function checkLesson(lesson: Lesson, tools: CheckTools): Check[] {
  const checks = [
    ...checkData(lesson, tools),
    ...checkPlays(lesson, tools),
    ...checkGuards(lesson, tools),
  ];
  return checks.sort((a, b) => a.number - b.number);
}
