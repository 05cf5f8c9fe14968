/** Checks that guard the machinery: same log twice, budgets, latches, planted errors, stored states. */
import type { DagSpec } from '../../airflow/spec.ts';
import { hashOf, keyOf } from './stable.ts';
import { observe, judge, sceneOf } from '../judge.ts';
import { lanesOf } from '../lanes.ts';
import type { LessonLane } from '../lanes.ts';
import type { Lesson, Mutant } from '../lesson.ts';
import { play, satisfied } from '../play.ts';
import { readState } from '../readState.ts';
import { act, startState } from '../state.ts';
import type { LessonState } from '../state.ts';
import type { Check, CheckTools } from './check.ts';

const MOST_MS = 500;
const MOST_RECORDS = 20_000;

export function checkGuards(lesson: Lesson, tools: CheckTools): Check[] {
  return [
    sameTwice(lesson, tools),
    withinBudget(lesson, tools),
    latchesHold(lesson, tools),
    mutantsDie(lesson, tools),
    statesReturn(lesson, tools),
  ];
}

function sameTwice(lesson: Lesson, { run }: CheckTools): Check {
  const hashes = (): string => {
    const result = run(lanesOf(lesson, startState(lesson).settings));
    return result.ok ? hashOf(result.value) : 'no run';
  };
  const [first, second] = [hashes(), hashes()];
  const ok = first === second && first !== 'no run';
  return { number: 6, name: 'same seed, same log', ok, seen: first };
}

function withinBudget(lesson: Lesson, { run, now }: CheckTools): Check {
  const begin = now();
  const result = run(lanesOf(lesson, startState(lesson).settings));
  const took = now() - begin;
  const records = result.ok ? result.value.reduce((sum, lane) => sum + lane.records, 0) : Infinity;
  return {
    number: 7,
    name: 'quick and small',
    ok: took <= MOST_MS && records <= MOST_RECORDS,
    seen: `${Math.ceil(took)} ms, ${records} records`,
  };
}

/** Played to the end and wound back to the start: what was latched is still reached. */
function latchesHold(lesson: Lesson, { run }: CheckTools): Check {
  const lost = [...lesson.solutions, ...lesson.traps].flatMap(({ id, actions }) => {
    const played = play(lesson, actions, run);
    if (!played.ok) return [id];
    const { state, lanes, path } = played.value;
    const latched = lesson.goals.filter(({ mode }) => mode === 'latched').map((goal) => goal.id);
    const ways = path.map(({ done }) => latched.filter((goal) => done.includes(goal)).join());
    const falls = ways.some((now, i) => i > 0 && now.length < (ways[i - 1] ?? '').length);
    const scene = sceneOf(lesson, state, lanes, 0);
    const back = judge(lesson, observe(lesson, state, scene), scene);
    const gone = back.some(({ goal, done }) => state.reached.includes(goal.id) && !done);
    return falls || gone ? [id] : [];
  });
  const seen = lost.length === 0 ? 'forwards and back' : `lost in ${lost.join(', ')}`;
  return { number: 8, name: 'latched goals stay', ok: lost.length === 0, seen };
}

/** With a planted error in the engine one of the solutions must not pass any more. */
function mutantsDie(lesson: Lesson, { run }: CheckTools): Check {
  const alive = lesson.mutants.filter((mutant) => {
    const broken: CheckTools['run'] = (lanes) => run(lanes.map((lane) => plant(lane, mutant)));
    return lesson.solutions.every(({ actions }) => {
      const played = play(lesson, actions, broken);
      return played.ok && satisfied(played.value);
    });
  });
  return {
    number: 11,
    name: 'planted errors are noticed',
    ok: alive.length === 0 && lesson.mutants.length > 0,
    seen:
      alive.length === 0
        ? lesson.mutants.map(({ id }) => id).join(', ')
        : `unnoticed: ${alive.map(({ id }) => id).join(', ')}`,
  };
}

export function plant(lane: LessonLane, mutant: Mutant): LessonLane {
  const { scenario } = lane;
  if (mutant.plant === 'no_upstream') {
    return {
      ...lane,
      scenario: { ...scenario, dags: scenario.dags.map((dag) => cut(dag, mutant.task)) },
    };
  }
  if (lane.lane.id !== mutant.lane) return lane;
  const config = { ...scenario.config, [mutant.option]: mutant.value };
  return { ...lane, scenario: { ...scenario, config } };
}

function cut(dag: DagSpec, task: string): DagSpec {
  const tasks = dag.tasks.map((one) => ({
    ...one,
    upstream_task_ids: one.task_id === task ? [] : one.upstream_task_ids,
    downstream_task_ids: one.downstream_task_ids.filter((id) => id !== task),
  }));
  return { ...dag, tasks };
}

/** Written as JSON and read again, at the start, on the way and at the end. */
function statesReturn(lesson: Lesson, { run }: CheckTools): Check {
  const best = lesson.solutions.find(({ id }) => id === 'best') ?? lesson.solutions[0];
  const actions = best?.actions ?? [];
  const played = play(lesson, actions, run);
  const states: LessonState[] = [startState(lesson)];
  for (const action of actions)
    states.push(act(lesson, states.at(-1) ?? startState(lesson), action));
  if (played.ok) states.push(played.value.state);
  const lost = states.filter((state) => {
    const again = readState(lesson, JSON.parse(JSON.stringify(state)));
    return again === null || keyOf(again) !== keyOf(state);
  });
  return {
    number: 12,
    name: 'states survive storage',
    ok: played.ok && lost.length === 0,
    seen: `${states.length} states there and back`,
  };
}
