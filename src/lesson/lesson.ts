/** A lesson as checked data: structure without words, and the words of each language beside it. */
import type { AirflowVersion, DagSpec } from '../airflow/spec.ts';
import type { ExecutorName, Lane, Scenario } from '../airflow/scenario.ts';
import type { Pred } from './predicates/pred.ts';

export const LOCALES = ['en', 'ko'] as const;
export type LessonLocale = (typeof LOCALES)[number];

/** Name of a block of text. */
export type TextId = string;

export interface Lesson {
  id: string;
  number: number;
  world: string;
  minutes: number;
  versions: readonly AirflowVersion[];
  teaches: readonly string[];
  /** Ids of lessons that come first. */
  needs: readonly string[];
  misconceptions: readonly { id: string; trap: string }[];
  /** Blocks that are read before the run, during it, and when the goals are reached. */
  reading: Readonly<Record<LessonPhase, readonly TextId[]>>;
  controls: readonly Control[];
  predictions: readonly PredictionSpec[];
  predictNote: TextId;
  goals: readonly Goal[];
  hints: readonly Hint[];
  onError: readonly ErrorHint[];
  aha: { at: Pred; text: TextId };
  setup: Setup;
  /** The DAGs of a version, as the importer gives them. */
  dags: Readonly<Partial<Record<AirflowVersion, readonly DagSpec[]>>>;
  solutions: readonly ActionList[];
  traps: readonly Trap[];
  /** Planted errors of the engine, of which each must make the lesson fail. */
  mutants: readonly Mutant[];
  /** Numbers of the prose, as the engine computed them: path -> value. */
  numbers: Readonly<Record<string, LessonNumber>>;
  texts: Readonly<Record<LessonLocale, Texts>>;
}

export type LessonPhase = 'predict' | 'run' | 'done';
/** Microseconds, a plain number, or the ids along a path. */
export type LessonNumber = number | string[];
export type Texts = Readonly<Record<TextId, string>>;

export interface Choice {
  value: string;
  label: TextId;
}

/** What the learner may change. */
export type Control =
  | {
      kind: 'slider';
      id: string;
      label: TextId;
      option: string;
      /** Lanes whose configuration it sets. */
      lanes: readonly string[];
      min: number;
      max: number;
      value: number;
      ticks: readonly number[];
    }
  | {
      kind: 'segments';
      id: string;
      label: TextId;
      /** `lanes`: which lanes run (a lane's id, or `both`); `variant`: name of a variant. */
      chooses: 'lanes' | 'variant';
      value: string;
      choices: readonly Choice[];
    };

export interface PredictionSpec {
  id: string;
  label: TextId;
  /** The makespan of this lane. */
  lane: string;
}

export interface Goal {
  id: string;
  text: TextId;
  /** `latched`: once reached it stays; `final`: it must hold at the end of the run. */
  mode: 'latched' | 'final';
  check: Pred;
}

export interface Hint {
  label: TextId;
  /** The first whose condition holds gives the text; the last has none. */
  texts: readonly { when: Pred | null; text: TextId }[];
}

export interface ErrorHint {
  id: string;
  when: Pred;
  text: TextId;
}

/** The start: scenario without executor, lanes, and what a variant changes in them. */
export interface Setup {
  base: Omit<Scenario, 'executor' | 'airflow' | 'dags'>;
  dagIds: readonly string[];
  lanes: readonly Lane[];
  variants: Readonly<Record<string, Readonly<Record<string, LaneVariant>>>>;
}

export interface LaneVariant {
  executor: ExecutorName;
  airflow: AirflowVersion;
  /** Options that hold whatever the controls say. */
  fixed: Readonly<Record<string, string | number | boolean>>;
}

export type LearnerAction =
  | { do: 'predict'; id: string; us: number }
  | { do: 'set'; id: string; value: number | string }
  | { do: 'run' };

export interface ActionList {
  id: string;
  label: TextId;
  actions: readonly LearnerAction[];
}

export interface Trap {
  id: string;
  /** The goal that it misses. */
  goal: string;
  /** The error hint that explains it. */
  hint: string;
  actions: readonly LearnerAction[];
}

export type Mutant =
  | { id: string; plant: 'option'; lane: string; option: string; value: number | string }
  | { id: string; plant: 'no_upstream'; task: string };
