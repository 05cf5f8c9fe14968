/** Lessons on the page: which there are, and the one that is open. */
import { problem } from '../base/result.ts';
import type { LaneFacts } from '../lesson/facts.ts';
import type { Lesson } from '../lesson/lesson.ts';
import type { LessonEngine, Runner } from '../lesson/runner.ts';
import type { LessonAction, LessonState } from '../lesson/state.ts';
import type { LessonContent } from './lessonContent.ts';
import type { LessonCard } from './lessonModel.ts';
import { notify } from './notices.ts';
import type { Persistence } from './persistence.ts';
import type { Session } from './session.ts';
import type { ModelStore } from './store.ts';

export class LessonControl {
  private readonly store: ModelStore;
  private readonly session: Session;
  private readonly persistence: Persistence;
  private content: LessonContent | null = null;
  private kept: Record<string, unknown> = {};
  private open: { lesson: Lesson; runner: Runner } | null = null;
  private locale: string;
  /** The lesson that was asked for before its files were here. */
  private wanted: string | null = null;

  constructor(store: ModelStore, session: Session, persistence: Persistence) {
    this.store = store;
    this.session = session;
    this.persistence = persistence;
    this.locale = store.get().prefs.locale;
    store.subscribe(() => this.follow());
  }

  /** True while the clock belongs to a lesson whose guesses are asked for. */
  get waitsForGuesses(): boolean {
    return this.open?.runner.state.phase === 'predict';
  }

  async load(): Promise<void> {
    const { readLessons } = await import('./lessonContent.ts');
    this.content = readLessons();
    const kept = await this.persistence.read('lessons');
    if (typeof kept === 'object' && kept !== null) this.kept = { ...kept };
    this.showCards();
    const { can, lessons } = this.store.get();
    this.store.set({ can: { ...can, lessons: lessons.length > 0 } });
    if (this.wanted !== null) this.choose(this.wanted);
  }

  /** Opens a lesson, or leaves the one that is open. */
  choose(id: string | null): void {
    this.wanted = id;
    if (id === (this.open?.lesson.id ?? null)) return;
    const { content } = this;
    const lesson = id === null ? undefined : content?.lessons.get(id);
    if (id !== null && !lesson) return;
    this.open = null;
    if (!lesson || !content) {
      this.store.set({ lesson: null });
      this.session.leaveLesson();
      return;
    }
    const state = content.readState(lesson, this.kept[lesson.id]) ?? undefined;
    // A run is not kept, only what was guessed and set: it is asked for again.
    const runner = content.createRunner(
      lesson,
      this.engine(),
      state && { ...state, phase: 'predict' },
    );
    this.open = { lesson, runner };
    this.session.enterLesson();
    this.show();
  }

  async act(action: LessonAction): Promise<void> {
    const { open } = this;
    if (!open) return;
    const work = open.runner.act(action);
    this.show();
    await work;
    const [wrong] = open.runner.problems;
    if (wrong) notify(this.store, { level: 'fault', code: wrong.code });
    this.show();
  }

  /** The clock was at `t`: goals may be reached by now. */
  see(t: number): void {
    if (!this.open) return;
    this.open.runner.see(t);
    this.show();
  }

  private engine(): LessonEngine {
    return {
      run: async (lanes) => {
        const run = this.session.playLesson(lanes);
        await this.session.whenDone(run);
        const facts: LaneFacts[] | null = await this.session.simulation.facts(run);
        if (facts) return { ok: true, value: facts };
        return { ok: false, error: [problem('lesson_run_failed', { detail: '' })] };
      },
    };
  }

  private show(): void {
    const { open, content } = this;
    if (!open || !content) return;
    const { locale } = this.store.get().prefs;
    const place = content.placeOf(content.course, open.lesson, locale);
    this.store.set({ lesson: open.runner.view(locale, place) });
    this.keep(open.lesson.id, open.runner.state);
  }

  private keep(id: string, state: LessonState): void {
    if (this.kept[id] === state) return;
    this.kept = { ...this.kept, [id]: state };
    this.persistence.keep('lessons', this.kept);
    this.showCards();
  }

  private follow(): void {
    const { locale } = this.store.get().prefs;
    if (locale === this.locale) return;
    this.locale = locale;
    this.showCards();
    this.show();
  }

  private showCards(): void {
    const { content } = this;
    if (!content) return;
    const { locale } = this.store.get().prefs;
    const cards = [...content.lessons.values()].map((lesson): LessonCard => {
      const texts = lesson.texts[locale];
      const { id, number, minutes } = lesson;
      const { world } = content.placeOf(content.course, lesson, locale);
      const title = texts['title'] ?? id;
      const summary = texts['summary'] ?? '';
      return { id, number, minutes, world, title, summary, state: this.progress(lesson) };
    });
    this.store.set({ lessons: cards });
  }

  private progress(lesson: Lesson): LessonCard['state'] {
    const state = this.content?.readState(lesson, this.kept[lesson.id]);
    if (!state) return 'new';
    if (state.completed) return 'done';
    return state.tried > 0 ? 'started' : 'new';
  }
}
