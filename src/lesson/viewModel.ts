/** One lesson as the page shows it, in the reader's language, with live values. */
import type { DagSpec } from '../airflow/spec.ts';
import type { LessonPhase } from './lesson.ts';

export interface LessonModel {
  id: string;
  number: number;
  of: number;
  world: string;
  title: string;
  minutes: number;
  phase: LessonPhase;
  /** Paragraphs; `code` in backticks, **strong** in double stars, numbers already filled in. */
  text: string[];
  predictions: PredictionModel[];
  /** Assumption under the predictions, for example "5 tasks, 60 s each". */
  predictNote: string;
  goals: GoalModel[];
  hints: HintModel[];
  /** The insight, shown when its moment is reached. */
  aha: string | null;
  /** A trap that the learner walked into, explained. */
  trap: string | null;
  controls: LessonControl[];
  dag: DagSpec;
  gantt: GanttLane[];
  solutions: { id: string; label: string }[];
  /** Id of the next lesson, null when there is none yet. */
  next: string | null;
}

/** A guess of how long a lane takes. Times are simulated microseconds. */
export interface PredictionModel {
  id: string;
  label: string;
  guess: number | null;
  /** Null until the run has shown it (or until a guess was made). */
  actual: number | null;
  /** |guess - actual| / actual, null when it does not apply. */
  error: number | null;
}

export interface GoalModel {
  id: string;
  text: string;
  done: boolean;
  /** From 0 to 1. */
  progress: number;
  /** Live value beside the goal, for example "4 %". */
  value: string;
  /** What it waits for, or the witness of a miss. */
  note: string | null;
}

export interface HintModel {
  label: string;
  text: string;
  state: 'locked' | 'closed' | 'open';
}

export interface LessonControl {
  id: string;
  kind: 'slider' | 'segments';
  label: string;
  option: string | null;
  value: number | string;
  /** Of a slider. */
  min: number;
  max: number;
  /** Ticks: the default and the values that matter. */
  ticks: number[];
  /** Of segments. */
  choices: { value: string; label: string }[];
}

/** One stair of bars. Times are simulated microseconds. */
export interface GanttLane {
  lane: string;
  title: string;
  subtitle: string;
  rows: GanttBar[][];
  end: number | null;
  /** A guess of the end, drawn as a mark. */
  guess: number | null;
  /** A limit that a goal sets, drawn as a dashed line. */
  goal: number | null;
}

export interface GanttBar {
  ti: number;
  label: string;
  state: string;
  from: number;
  to: number;
}
