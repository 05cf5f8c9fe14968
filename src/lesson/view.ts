/**
 * One lesson as the page shows it, in the reader's language: a pure function of lesson, state,
 * lanes and time.
 */
import type { DagSpec } from '../airflow/spec.ts';
import type { Lane } from '../airflow/scenario.ts';
import type { LaneFacts } from './facts.ts';
import { stairs } from './gantt.ts';
import { errorHint, judge, sceneOf } from './judge.ts';
import { allLanes, chosenLanes } from './lanes.ts';
import type { Control, Lesson, LessonLocale, TextId } from './lesson.ts';
import { fillIn } from './placeholders.ts';
import type { Lookup } from './placeholders.ts';
import { evaluate, holds } from './predicates/evaluate.ts';
import { limitOf } from './predicates/limits.ts';
import type { Scene } from './predicates/scene.ts';
import { hintOpens } from './state.ts';
import type { LessonState } from './state.ts';
import { paragraphs } from './textFile.ts';
import type {
  GanttLane,
  GoalModel,
  HintModel,
  LessonControl,
  LessonModel,
  PredictionModel,
} from './viewModel.ts';
import { noteText, slotsText, valueText } from './words.ts';

/** Place of the lesson in the course: from lessons/index.yaml. */
export interface Place {
  readonly of: number;
  readonly world: string;
  readonly next: string | null;
}

export interface ViewInput {
  readonly lesson: Lesson;
  readonly state: LessonState;
  /** Lanes that ran under the settings of the state; empty while they are computed. */
  readonly lanes: readonly LaneFacts[];
  readonly t: number;
  readonly locale: LessonLocale;
  readonly place: Place;
}

export function lessonView(input: ViewInput): LessonModel {
  const { lesson, state, lanes, t, place } = input;
  const scene = sceneOf(lesson, state, lanes, t);
  const text = wording(input);
  const trap = errorHint(lesson, state, scene);
  const aha = state.phase !== 'predict' && holds(lesson.aha.at, scene);
  return {
    id: lesson.id,
    number: lesson.number,
    minutes: lesson.minutes,
    ...place,
    title: text('title'),
    phase: state.phase,
    text: lesson.reading[state.phase].flatMap((block) => paragraphs(text(block))),
    predictions: predictionsOf(input, text),
    predictNote: text(lesson.predictNote),
    goals: goalsOf(input, scene, text),
    hints: hintsOf(input, scene, text),
    aha: aha ? text(lesson.aha.text) : null,
    trap: trap && text(trap.text),
    controls: lesson.controls.map((one) => controlOf(one, state, text)),
    dag: dagOf(lesson),
    gantt: ganttOf(input),
    solutions: lesson.solutions.map(({ id, label }) => ({ id, label: text(label) })),
  };
}

type Text = (id: TextId) => string;

function wording({ lesson, state, locale }: ViewInput): Text {
  const lanes = new Map(allLanes(lesson, state.settings).map(({ lane }) => [lane.id, lane]));
  const lookup: Lookup = ({ kind, path }) => {
    if (kind === 'sim') return lesson.numbers[path] ?? null;
    if (kind === 'set') return state.settings[path] ?? null;
    if (kind === 'guess') return state.guesses[path] ?? null;
    if (kind === 'goal') return limitOf(lesson.goals.find(({ id }) => id === path)?.check);
    const lane = lanes.get(path);
    return lane ? shortName(lane, locale) : null;
  };
  return (id) => fillIn(lesson.texts[locale][id] ?? '', lookup);
}

const SHORT = {
  sequential: 'Sequential',
  local: 'Local',
  celery: 'Celery',
  kubernetes: 'Kubernetes',
} as const;

/** How many tasks a lane runs at once as far as its own options say it, null when the fleet does. */
function slotsOf({ executor, patch }: Lane): number | null {
  if (executor === 'sequential') return 1;
  const set = patch.config?.['core.parallelism'];
  return executor === 'local' && typeof set === 'number' ? set : null;
}

function shortName(lane: Lane, locale: LessonLocale): string {
  const slots = lane.executor === 'sequential' ? null : slotsOf(lane);
  const name = SHORT[lane.executor];
  return slots === null ? name : `${name}, ${slotsText(slots, locale)}`;
}

/** As it goes: what the engine has found, once the guess is made. */
function predictionsOf({ lesson, state, lanes }: ViewInput, text: Text): PredictionModel[] {
  return lesson.predictions.map(({ id, label, lane: name }) => {
    const lane = state.phase === 'predict' ? undefined : lanes.find((one) => one.lane === name);
    const actual = lane?.makespan ?? null;
    const guess = state.guesses[id] ?? null;
    const error = actual === null || guess === null ? null : Math.abs(guess - actual) / actual;
    return { id, label: text(label), guess, actual, error };
  });
}

function goalsOf(input: ViewInput, scene: Scene, text: Text): GoalModel[] {
  const { lesson, state, locale } = input;
  const lanes = new Map(allLanes(lesson, state.settings).map(({ lane }) => [lane.id, lane]));
  const names = (id: string): string => {
    const lane = lanes.get(lesson.predictions.find((one) => one.id === id)?.lane ?? id);
    return lane ? shortName(lane, locale) : id;
  };
  return judge(lesson, state, scene).map(({ goal, outcome, done }) => ({
    id: goal.id,
    text: text(goal.text),
    done,
    progress: done ? 1 : outcome.progress,
    value: valueText(outcome.value, locale),
    note: done || !outcome.note ? null : noteText(outcome.note, locale, names),
  }));
}

/** The text of a locked rung is not handed out. */
function hintsOf({ lesson, state }: ViewInput, scene: Scene, text: Text): HintModel[] {
  return lesson.hints.map((hint, rung) => {
    const open = rung < state.hintsRead;
    const may = hintOpens(lesson, state, rung);
    const fitting = hint.texts.find(
      ({ when }) => when === null || evaluate(when, scene).verdict === 'yes',
    );
    return {
      label: text(hint.label),
      text: open || may ? text(fitting?.text ?? '') : '',
      state: open ? 'open' : may ? 'closed' : 'locked',
    };
  });
}

function controlOf(control: Control, { settings }: LessonState, text: Text): LessonControl {
  const { id, kind } = control;
  const shared = { id, kind, label: text(control.label), value: settings[id] ?? control.value };
  if (control.kind === 'slider') {
    const { option, min, max } = control;
    return { ...shared, option, min, max, ticks: [...control.ticks], choices: [] };
  }
  const choices = control.choices.map(({ value, label }) => ({ value, label: text(label) }));
  return { ...shared, option: null, min: 0, max: 0, ticks: [], choices };
}

function dagOf(lesson: Lesson): DagSpec {
  const [version = '3.3.2'] = lesson.versions;
  const dag = lesson.dags[version]?.find((one) => one.dag_id === lesson.setup.dagIds[0]);
  if (!dag) throw new Error(`lesson ${lesson.id} has no DAG`);
  return dag;
}

/** Nothing is drawn before the guess: the stairs would give it away. */
function ganttOf({ lesson, state, lanes, locale }: ViewInput): GanttLane[] {
  const shown = chosenLanes(lesson, state.settings);
  const facts = new Map(lanes.map((lane) => [lane.lane, lane]));
  return allLanes(lesson, state.settings)
    .filter(({ lane }) => shown.includes(lane.id))
    .map(({ lane }) => {
      const run = state.phase === 'predict' ? undefined : facts.get(lane.id);
      const prediction = lesson.predictions.find((one) => one.lane === lane.id);
      const slots = slotsOf(lane) ?? run?.slots ?? null;
      const parts = [slots === null ? '' : slotsText(slots, locale), `Airflow ${lane.airflow}`];
      return {
        lane: lane.id,
        title: `${SHORT[lane.executor]}Executor`,
        subtitle: parts.filter((part) => part !== '').join(' · '),
        rows: run ? stairs(run) : [],
        end: run?.makespan ?? null,
        guess: (prediction && state.guesses[prediction.id]) ?? null,
        goal: goalMark(lesson, lane.id),
      };
    });
}

function goalMark(lesson: Lesson, lane: string): number | null {
  const goal = lesson.goals.find(({ check }) => check.kind === 'makespan' && check.lane === lane);
  return limitOf(goal?.check);
}
