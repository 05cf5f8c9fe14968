/** Checks that play the lesson: start, solutions, traps, versions. */
import { lanesOf } from '../lanes.ts';
import type { LearnerAction, Lesson } from '../lesson.ts';
import { evaluate } from '../predicates/evaluate.ts';
import { sceneOf } from '../judge.ts';
import { play, satisfied } from '../play.ts';
import type { Played } from '../play.ts';
import { act, changesOf, startState } from '../state.ts';
import type { Check, CheckTools } from './check.ts';

export function checkPlays(lesson: Lesson, tools: CheckTools): Check[] {
  return [
    startFails(lesson, tools),
    solutionsHold(lesson, tools),
    trapsFail(lesson, tools),
    versionsHold(lesson, tools),
  ];
}

/** Neither before the run nor, whatever was guessed, by the start's own settings. */
function startFails(lesson: Lesson, { run }: CheckTools): Check {
  const state = startState(lesson);
  const result = run(lanesOf(lesson, state.settings));
  const lanes = result.ok ? result.value : [];
  const end = Math.max(0, ...lanes.map((lane) => lane.end));
  const scene = sceneOf(lesson, { ...state, phase: 'run' }, lanes, end);
  const open = lesson.goals.filter(({ check }) => evaluate(check, scene).verdict !== 'yes');
  return {
    number: 2,
    name: 'start does not satisfy',
    ok: result.ok && open.length > 0,
    seen: `open at the start: ${open.map(({ id }) => id).join(', ') || 'nothing'}`,
  };
}

function solutionsHold(lesson: Lesson, { run }: CheckTools): Check {
  const missed = lesson.solutions.flatMap(({ id, actions }) => {
    const played = play(lesson, actions, run);
    return played.ok ? missedOf(id, played.value) : [`${id}: ${played.error[0]?.code}`];
  });
  const changes = lesson.solutions.map(({ id, actions }) => ({
    id,
    changes: changesOf(lesson, settingsAfter(lesson, actions)),
  }));
  const best = changes.find(({ id }) => id === 'best');
  const fewest = Math.min(...changes.map((one) => one.changes));
  const par = best !== undefined && best.changes === fewest;
  return {
    number: 3,
    name: 'solutions satisfy',
    ok: missed.length === 0 && par && changes.length >= 2,
    seen: missed.join('; ') || `${changes.length} solutions, par ${fewest}`,
  };
}

function missedOf(id: string, played: Played): string[] {
  const open = played.goals.filter(({ done }) => !done).map(({ goal }) => goal.id);
  return satisfied(played) ? [] : [`${id} misses ${open.join(', ')}`];
}

function settingsAfter(
  lesson: Lesson,
  actions: readonly LearnerAction[],
): Record<string, number | string> {
  const end = actions.reduce((state, action) => act(lesson, state, action), startState(lesson));
  return end.settings;
}

/** Each misses the goal that it names and is told what is wrong. */
function trapsFail(lesson: Lesson, { run }: CheckTools): Check {
  const wrong = lesson.traps.flatMap(({ id, goal, hint, actions }) => {
    const played = play(lesson, actions, run);
    if (!played.ok) return [`${id}: ${played.error[0]?.code}`];
    const named = played.value.goals.find((one) => one.goal.id === goal);
    const told = played.value.hint?.id ?? 'nothing';
    if (named?.outcome.verdict === 'no' && told === hint) return [];
    return [`${id}: ${goal} is ${named?.outcome.verdict}, told ${told}`];
  });
  return {
    number: 4,
    name: 'traps fail and are explained',
    ok: wrong.length === 0 && lesson.traps.length >= 2,
    seen: wrong.join('; ') || `${lesson.traps.length} traps`,
  };
}

/** The solutions hold under every variant, and the variants cover the versions of the lesson. */
function versionsHold(lesson: Lesson, { run }: CheckTools): Check {
  const control = lesson.controls.find(
    (one) => one.kind === 'segments' && one.chooses === 'variant',
  );
  const choices = control?.kind === 'segments' ? control.choices.map(({ value }) => value) : [''];
  const seen = new Set<string>();
  const missed = choices.flatMap((value) =>
    lesson.solutions.flatMap((solution) => {
      const others = solution.actions.filter((one) => one.do !== 'set' || one.id !== control?.id);
      const first: LearnerAction[] = control ? [{ do: 'set', id: control.id, value }] : [];
      const played = play(lesson, [...first, ...others], run);
      if (!played.ok) return [`${value}: ${played.error[0]?.code}`];
      for (const lane of played.value.lanes) seen.add(lane.airflow);
      return missedOf(`${solution.id} under ${value}`, played.value);
    }),
  );
  const uncovered = lesson.versions.filter((version) => !seen.has(version));
  const problems = [...missed, ...uncovered.map((version) => `${version} never runs`)];
  return {
    number: 5,
    name: 'all versions',
    ok: problems.length === 0,
    seen: problems.join('; ') || [...seen].sort().join(', '),
  };
}
