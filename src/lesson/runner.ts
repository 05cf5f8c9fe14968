/**
 * Leads one learner through one lesson: predict, run, explain, goal. It holds the state and asks
 * for runs; the engine is handed in, so that page, tests and command line use the same runner.
 */
import { errorText } from '../base/errorText.ts';
import { problem } from '../base/result.ts';
import type { Problem, Result } from '../base/result.ts';
import type { LaneFacts } from './facts.ts';
import { judge, observe, sceneOf } from './judge.ts';
import type { GoalState } from './judge.ts';
import { lanesOf } from './lanes.ts';
import type { LessonLane } from './lanes.ts';
import type { Lesson, LessonLocale } from './lesson.ts';
import { act, startState } from './state.ts';
import type { LessonAction, LessonState } from './state.ts';
import { lessonView } from './view.ts';
import type { Place } from './view.ts';
import type { LessonModel } from './viewModel.ts';

export interface LessonEngine {
  /** Runs each lane to its end. A later request makes earlier ones pointless. */
  run(lanes: readonly LessonLane[]): Promise<Result<LaneFacts[]>>;
}

export interface Runner {
  readonly state: LessonState;
  readonly lanes: readonly LaneFacts[];
  readonly problems: readonly Problem[];
  /** Resolves when what it asked for has run. */
  act(action: LessonAction): Promise<void>;
  /** The clock was at `t`: goals that are met by then count. */
  see(t: number): void;
  goals(): GoalState[];
  view(locale: LessonLocale, place: Place): LessonModel;
}

export function createRunner(
  lesson: Lesson,
  engine: LessonEngine,
  stored: LessonState = startState(lesson),
): Runner {
  return new LessonRunner(lesson, engine, stored);
}

class LessonRunner implements Runner {
  state: LessonState;
  lanes: readonly LaneFacts[] = [];
  problems: readonly Problem[] = [];
  private t = 0;
  private request = 0;
  private readonly lesson: Lesson;
  private readonly engine: LessonEngine;

  constructor(lesson: Lesson, engine: LessonEngine, state: LessonState) {
    this.lesson = lesson;
    this.engine = engine;
    this.state = state;
  }

  async act(action: LessonAction): Promise<void> {
    const before = this.state;
    this.state = act(this.lesson, before, action);
    if (this.state === before) return;
    const again = this.state.attempts !== before.attempts || action.do === 'restart';
    if (again) this.t = 0;
    if (this.state.phase === 'predict') {
      this.lanes = [];
      this.request++;
    } else if (again || this.state.settings !== before.settings) {
      await this.runLanes();
      // The clock of the run before may have been seen while this one was computed.
      if (again) this.t = 0;
    }
    this.look();
  }

  private async runLanes(): Promise<void> {
    const request = ++this.request;
    this.lanes = [];
    const wanted = lanesOf(this.lesson, this.state.settings);
    const result = await this.engine.run(wanted).catch(asFailure);
    if (request !== this.request) return;
    this.lanes = result.ok ? result.value : [];
    this.problems = result.ok ? [] : result.error;
  }

  see(t: number): void {
    this.t = t;
    this.look();
  }

  private look(): void {
    this.state = observe(this.lesson, this.state, this.scene());
  }

  private scene(): ReturnType<typeof sceneOf> {
    return sceneOf(this.lesson, this.state, this.lanes, this.t);
  }

  goals(): GoalState[] {
    return judge(this.lesson, this.state, this.scene());
  }

  view(locale: LessonLocale, place: Place): LessonModel {
    const { lesson, state, lanes, t } = this;
    return lessonView({ lesson, state, lanes, t, locale, place });
  }
}

function asFailure(error: unknown): Result<LaneFacts[]> {
  const detail = errorText(error);
  return { ok: false, error: [problem('lesson_run_failed', { detail })] };
}
