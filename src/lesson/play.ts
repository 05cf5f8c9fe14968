/** Plays a list of actions through a lesson, from the start to the end of its run. */
import { ok } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import type { LaneFacts } from './facts.ts';
import { errorHint, judge, observe, sceneOf } from './judge.ts';
import type { GoalState } from './judge.ts';
import { lanesOf } from './lanes.ts';
import type { LessonLane } from './lanes.ts';
import type { ErrorHint, LearnerAction, Lesson } from './lesson.ts';
import { act, startState } from './state.ts';
import type { LessonState } from './state.ts';

export type RunLanes = (lanes: readonly LessonLane[]) => Result<LaneFacts[]>;

export interface Played {
  readonly state: LessonState;
  readonly lanes: readonly LaneFacts[];
  /** As of the end of all lanes. */
  readonly goals: readonly GoalState[];
  readonly hint: ErrorHint | null;
  /** Goals that were done, at each moment on the way. */
  readonly path: readonly { readonly t: number; readonly done: readonly string[] }[];
}

export function play(
  lesson: Lesson,
  actions: readonly LearnerAction[],
  run: RunLanes,
): Result<Played> {
  const before = actions.reduce<LessonState>(
    (state, action) => act(lesson, state, action),
    startState(lesson),
  );
  const result = before.phase === 'predict' ? ok([]) : run(lanesOf(lesson, before.settings));
  return result.ok ? ok(watch(lesson, before, result.value)) : result;
}

function watch(lesson: Lesson, before: LessonState, lanes: readonly LaneFacts[]): Played {
  let state = before;
  const path: Played['path'][number][] = [];
  for (const t of moments(lanes)) {
    const scene = sceneOf(lesson, state, lanes, t);
    state = observe(lesson, state, scene);
    const done = judge(lesson, state, scene).filter((one) => one.done);
    path.push({ t, done: done.map(({ goal }) => goal.id) });
  }
  const end = path.at(-1)?.t ?? 0;
  // Judged as it stood before the lesson was closed, so that hints of errors are seen too.
  const scene = sceneOf(lesson, state, lanes, end);
  return {
    state,
    lanes,
    goals: judge(lesson, state, scene),
    hint: errorHint(lesson, state, scene),
    path,
  };
}

/** Every time at which something changes in one of the lanes. */
export function moments(lanes: readonly LaneFacts[]): number[] {
  const times = new Set<number>([0]);
  for (const lane of lanes) {
    times.add(lane.makespan ?? lane.end);
    for (const ti of lane.taskInstances) for (const span of ti.spans) times.add(span.from);
  }
  return [...times].sort((a, b) => a - b);
}

export function satisfied({ goals }: Played): boolean {
  return goals.every(({ done }) => done);
}
