/** The model and who wants to know of its changes: told at most once per picture of the display. */
import type { AppStore } from './context.ts';
import type { AppModel } from './model.ts';
import type { RealTime } from './ports.ts';

export interface ModelStore extends AppStore {
  /** Replaces parts of the model. */
  set(change: Partial<AppModel>): void;
}

export function makeStore(first: AppModel, time: Pick<RealTime, 'nextFrame'>): ModelStore {
  let model = first;
  let waiting = false;
  const listeners = new Set<() => void>();
  const tell = (): void => {
    waiting = false;
    for (const listener of listeners) listener();
  };
  return {
    get: () => model,
    set(change) {
      model = { ...model, ...change };
      if (waiting) return;
      waiting = true;
      time.nextFrame(tell);
    },
    subscribe(changed) {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
  };
}
