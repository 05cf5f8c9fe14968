/** Computes the numbers that the prose of a lesson names: they are written to its numbers.json. */
import { err, ok, problem } from '../base/result.ts';
import type { Problem, Result } from '../base/result.ts';
import type { LaneFacts } from './facts.ts';
import { lanesOf } from './lanes.ts';
import type { Lesson, LessonNumber } from './lesson.ts';
import { LOCALES } from './lesson.ts';
import { numberAt } from './measures.ts';
import { placeholdersOf } from './placeholders.ts';
import type { RunLanes } from './play.ts';
import { act, startState } from './state.ts';

/** Paths of all `sim` placeholders of some texts, in order of the alphabet. */
export function pathsIn(texts: readonly string[]): string[] {
  const all = texts.flatMap(placeholdersOf).filter(({ kind }) => kind === 'sim');
  return [...new Set(all.map(({ path }) => path))].sort();
}

export function computeNumbers(
  lesson: Lesson,
  run: RunLanes,
): Result<Record<string, LessonNumber>> {
  const paths = pathsIn(LOCALES.flatMap((locale) => Object.values(lesson.texts[locale])));
  const runs = runsFor(lesson, paths, run);
  if (!runs.ok) return runs;
  const dag = Object.values(lesson.dags)[0]?.find((one) => one.dag_id === lesson.setup.dagIds[0]);
  const numbers: Record<string, LessonNumber> = {};
  const problems: Problem[] = [];
  for (const path of paths) {
    const value = dag ? numberAt(path, runs.value, dag) : null;
    if (value === null) problems.push(problem('lesson_number_unknown', { path }));
    else numbers[path] = value;
  }
  return problems.length > 0 ? err(problems) : ok(numbers);
}

type Runs = Map<string, ReadonlyMap<string, LaneFacts>>;

/** `start` and the solutions and traps by name, as far as a path begins with them. */
function runsFor(lesson: Lesson, paths: readonly string[], run: RunLanes): Result<Runs> {
  const lists = [{ id: 'start', actions: [] }, ...lesson.solutions, ...lesson.traps];
  const runs: Runs = new Map();
  for (const { id, actions } of lists) {
    if (!paths.some((path) => path.startsWith(`${id}.`))) continue;
    const state = actions.reduce((now, action) => act(lesson, now, action), startState(lesson));
    const result = run(lanesOf(lesson, state.settings));
    if (!result.ok) return result;
    runs.set(id, new Map(result.value.map((lane) => [lane.lane, lane])));
  }
  return ok(runs);
}
