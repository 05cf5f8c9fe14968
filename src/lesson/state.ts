/**
 * Where a learner stands in a lesson, as plain data: it is stored, undone, linked and replayed.
 * `act` is the only way from one state to the next.
 */
import type { Control, LearnerAction, Lesson, LessonPhase } from './lesson.ts';

/** Older ones are forgotten. */
export const MOST_ATTEMPTS = 200;

export type Settings = Readonly<Record<string, number | string>>;
/** Prediction -> microseconds. */
export type Guesses = Readonly<Record<string, number>>;

export interface LessonState {
  readonly lesson: string;
  readonly phase: LessonPhase;
  readonly settings: Settings;
  readonly guesses: Guesses;
  /** Every run so far, with what was set and guessed. */
  readonly attempts: readonly { readonly settings: Settings; readonly guesses: Guesses }[];
  /** Latched goals that were reached. */
  readonly reached: readonly string[];
  /** Rungs of the hint ladder that were read, and how much had been tried at the last of them. */
  readonly hintsRead: number;
  readonly triedAtHint: number;
  /** Changes, guesses and runs so far. */
  readonly tried: number;
  /** The solution that is being replayed: it does not count as the learner's own. */
  readonly replaying: string | null;
  /** All goals were reached once by the learner. */
  readonly completed: boolean;
}

export type LessonAction =
  | LearnerAction
  | { do: 'hint'; rung: number }
  | { do: 'restart' }
  | { do: 'replay'; solution: string };

export function startState(lesson: Lesson): LessonState {
  return {
    lesson: lesson.id,
    phase: 'predict',
    settings: Object.fromEntries(lesson.controls.map((one) => [one.id, one.value])),
    guesses: {},
    attempts: [],
    reached: [],
    hintsRead: 0,
    triedAtHint: 0,
    tried: 0,
    replaying: null,
    completed: false,
  };
}

/** Actions that do not fit (an unknown id, a value out of range) change nothing. */
export function act(lesson: Lesson, state: LessonState, action: LessonAction): LessonState {
  switch (action.do) {
    case 'predict':
      return predict(lesson, state, action.id, action.us);
    case 'set':
      return set(lesson, state, action.id, action.value);
    case 'run':
      return run(lesson, state);
    case 'hint':
      return readHint(lesson, state, action.rung);
    case 'restart':
      return restart(lesson, state);
    case 'replay':
      return replay(lesson, state, action.solution);
  }
}

/** A run that missed goes back to its guesses with everything kept; else the lesson begins anew. */
function restart(lesson: Lesson, state: LessonState): LessonState {
  if (state.phase === 'run' && state.replaying === null) return { ...state, phase: 'predict' };
  return { ...startState(lesson), completed: state.completed };
}

/** A new guess is always welcome; it is judged by the next run. */
function predict(lesson: Lesson, state: LessonState, id: string, us: number): LessonState {
  if (!lesson.predictions.some((one) => one.id === id) || !(us >= 0 && us < Infinity)) return state;
  // The larger of the two also turns -0, which JSON does not know, into 0.
  const guesses = { ...state.guesses, [id]: Math.max(0, Math.round(us)) };
  return { ...state, phase: 'predict', guesses, tried: state.tried + 1 };
}

/** Another setting asks for another guess; choosing what to look at does not. */
function set(lesson: Lesson, state: LessonState, id: string, value: number | string): LessonState {
  const control = lesson.controls.find((one) => one.id === id);
  if (!control || !admits(control, value) || state.settings[id] === value) return state;
  const looks = control.kind === 'segments' && control.chooses === 'lanes';
  return {
    ...state,
    phase: looks ? state.phase : 'predict',
    settings: { ...state.settings, [id]: value },
    tried: state.tried + (looks ? 0 : 1),
  };
}

export function admits(control: Control, value: number | string): boolean {
  if (control.kind === 'segments') return control.choices.some((one) => one.value === value);
  return (
    typeof value === 'number' &&
    Number.isInteger(value) &&
    value >= control.min &&
    value <= control.max
  );
}

/** Predict first: without all guesses nothing runs. */
function run(lesson: Lesson, state: LessonState): LessonState {
  if (state.phase !== 'predict' || !canRun(lesson, state)) return state;
  const { settings, guesses } = state;
  const attempts = [...state.attempts, { settings, guesses }].slice(-MOST_ATTEMPTS);
  return { ...state, phase: 'run', attempts, tried: state.tried + 1 };
}

function canRun(lesson: Lesson, state: LessonState): boolean {
  return lesson.predictions.every(({ id }) => state.guesses[id] !== undefined);
}

function readHint(lesson: Lesson, state: LessonState, rung: number): LessonState {
  if (rung !== state.hintsRead || !hintOpens(lesson, state, rung)) return state;
  return { ...state, hintsRead: rung + 1, triedAtHint: state.tried };
}

/** The first is always there; each other one after the one before was read and something tried. */
export function hintOpens(lesson: Lesson, state: LessonState, rung: number): boolean {
  if (rung < 0 || rung >= lesson.hints.length) return false;
  if (rung < state.hintsRead || rung === 0) return true;
  return rung === state.hintsRead && state.tried > state.triedAtHint;
}

function replay(lesson: Lesson, state: LessonState, id: string): LessonState {
  const solution = lesson.solutions.find((one) => one.id === id);
  if (!solution) return state;
  const { completed, attempts, hintsRead, tried, triedAtHint } = state;
  const fresh = { ...startState(lesson), completed, attempts, hintsRead, tried, triedAtHint };
  const end = solution.actions.reduce((now, action) => act(lesson, now, action), fresh);
  return { ...end, replaying: id };
}

/** How many controls stand elsewhere than at the start; what is merely looked at does not count. */
export function changesOf(lesson: Lesson, settings: Settings): number {
  return lesson.controls.filter(
    (control) =>
      !(control.kind === 'segments' && control.chooses === 'lanes') &&
      settings[control.id] !== control.value,
  ).length;
}
