/** Goals, hints, traps and the insight, judged on the lanes that ran, as of time t. */
import type { LaneFacts } from './facts.ts';
import type { ErrorHint, Goal, Lesson } from './lesson.ts';
import { evaluate, holds } from './predicates/evaluate.ts';
import type { Outcome } from './predicates/pred.ts';
import type { Scene } from './predicates/scene.ts';
import { changesOf } from './state.ts';
import type { LessonState } from './state.ts';

export interface GoalState {
  readonly goal: Goal;
  readonly outcome: Outcome;
  readonly done: boolean;
}

/** Before the run there are no lanes to look at, whatever the engine knows already. */
export function sceneOf(
  lesson: Lesson,
  state: LessonState,
  lanes: readonly LaneFacts[],
  t: number,
): Scene {
  const seen = state.phase === 'predict' ? [] : lanes;
  return {
    lanes: new Map(seen.map((lane) => [lane.lane, lane])),
    t,
    guesses: new Map(Object.entries(state.guesses)),
    guessLanes: new Map(lesson.predictions.map(({ id, lane }) => [id, lane])),
    settings: new Map(Object.entries(state.settings)),
    changes: changesOf(lesson, state.settings),
  };
}

export function judge(lesson: Lesson, state: LessonState, scene: Scene): GoalState[] {
  return lesson.goals.map((goal) => {
    const outcome = evaluate(goal.check, scene);
    const latched = goal.mode === 'latched' && state.reached.includes(goal.id);
    return { goal, outcome, done: latched || outcome.verdict === 'yes' };
  });
}

/** The state after looking at the run up to t: latched goals stay, all together end the lesson. */
export function observe(lesson: Lesson, state: LessonState, scene: Scene): LessonState {
  const goals = judge(lesson, state, scene);
  const fresh = goals.filter(
    ({ goal, done }) => done && goal.mode === 'latched' && !state.reached.includes(goal.id),
  );
  const finished = state.phase !== 'predict' && goals.every(({ done }) => done);
  if (fresh.length === 0 && !(finished && state.phase === 'run')) return state;
  return {
    ...state,
    reached: [...state.reached, ...fresh.map(({ goal }) => goal.id)],
    phase: finished ? 'done' : state.phase,
    completed: state.completed || (finished && state.replaying === null),
  };
}

/** The explanation of the error that was made, if it is one that the lesson knows. */
export function errorHint(lesson: Lesson, state: LessonState, scene: Scene): ErrorHint | null {
  if (state.phase !== 'run') return null;
  return lesson.onError.find((one) => holds(one.when, scene)) ?? null;
}
