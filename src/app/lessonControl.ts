/** Lessons on the page: which there are, and the one that is open. */
import type { Commands } from './model.ts';
import type { Parts } from './createApp.ts';
import type { AppPorts } from './ports.ts';
import type { Session } from './session.ts';
import type { ModelStore } from './store.ts';

export class LessonControl {
  private readonly store: ModelStore;

  constructor(_ports: AppPorts, store: ModelStore, _session: Session) {
    this.store = store;
  }

  async load(): Promise<void> {
    const { can, lessons } = this.store.get();
    this.store.set({ can: { ...can, lessons: lessons.length > 0 } });
  }
}

type Names =
  'openLesson' | 'predict' | 'openHint' | 'setLessonControl' | 'restartLesson' | 'replaySolution';

export function lessonCommands(_parts: Parts): Pick<Commands, Names> {
  const nothing = (): void => undefined;
  return {
    openLesson: nothing,
    predict: nothing,
    openHint: nothing,
    setLessonControl: nothing,
    restartLesson: nothing,
    replaySolution: nothing,
  };
}
