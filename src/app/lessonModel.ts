/** What the page shows of lessons: the list, and the one that is open. */
export type {
  GanttBar,
  GanttLane,
  GoalModel,
  HintModel,
  LessonControl,
  LessonModel,
  PredictionModel,
} from '../lesson/viewModel.ts';

/** A card in the list of lessons. */
export interface LessonCard {
  id: string;
  number: number;
  world: string;
  title: string;
  summary: string;
  minutes: number;
  state: 'new' | 'started' | 'done';
}
